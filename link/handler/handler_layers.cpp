// Takes hooks from the layers that a handler's value keeps, and intersects the facts of all ways on
// which one of them gives nothing.

#include "link/handler/handler_layers.h"

#include "flow/state/layers.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// A layer, or a list of them.
void add_hooks(Engine& engine, ValueId layer, std::string_view name, std::vector<ValueId>& hooks) {
  const ValuePool& pool = engine.pool();
  if (pool.is(layer, ValueKind::List)) {
    const std::vector<ValueId> all(pool.operands(layer).begin(), pool.operands(layer).end());
    for (const ValueId one : all) add_hooks(engine, one, name, hooks);
    return;
  }
  if (!pool.is(layer, ValueKind::Record) && !pool.is(layer, ValueKind::Object)) return;
  const ValueId hook = engine.member_of(layer, name);
  if (pool.is(hook, ValueKind::Function)) hooks.push_back(hook);
}

}  // namespace

HandlerLayers handler_layers(Engine& engine, ValueId handler) {
  HandlerLayers all;
  for (const ValueId layer : layers_of(engine.pool(), handler)) {
    add_hooks(engine, layer, "before", all.before);
    add_hooks(engine, layer, "after", all.after);
  }
  std::ranges::reverse(all.after);
  return all;
}

FactSet facts_without_answer(const ValuePool& pool, std::span<const Step> steps) {
  FactSet facts;
  bool is_first = true;
  for (const Step& step : steps) {
    const bool passes = step.kind == StepKind::Return &&
                        (!step.value.exists() || pool.is(step.value, ValueKind::Null) ||
                         pool.is(step.value, ValueKind::Absent));
    if (!passes) continue;
    facts = is_first ? step.holds : common(facts, step.holds);
    is_first = false;
  }
  return facts;
}

ValueId layer_arguments(ValuePool& pool) {
  const std::array<NamedValue, 2> given{
      NamedValue{pool.string("event"), pool.hole(Origin::Event, "")},
      NamedValue{pool.string("context"), pool.hole(Origin::Context, "")}};
  const NamedValue request{pool.string("0"), pool.record(given, true)};
  return pool.record(std::span(&request, 1));
}

}  // namespace fnlint
