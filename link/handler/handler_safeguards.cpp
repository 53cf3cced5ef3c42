// Merges what a layer is told itself with static configurations, finds its table, and asks the role
// for the rights that it needs.

#include "link/handler/handler_safeguards.h"

#include "core/text.h"
#include "flow/engine/library_call.h"
#include "flow/models/library_guards.h"
#include "flow/models/library_select.h"
#include "link/handler/call_places.h"
#include "link/handler/handler_calls.h"
#include "link/handler/value_sites.h"
#include "link/stacks/names.h"

#include <algorithm>

namespace fnlint {

namespace {

// The one table of a name that is sure.
void find_table(ValuePool& pool, const Stacks& stacks, Safeguard& safeguard) {
  const ValueId name = named_entry(pool, safeguard.told, "table");
  if (!name.exists()) return;
  const std::vector<Match> matches = find_resource(pool, stacks, name, ResourceKind::Table);
  if (matches.size() != 1) return;
  safeguard.table = matches[0].resource;
  safeguard.uncertainty = static_cast<std::uint8_t>(safeguard.uncertainty | matches[0].uncertainty |
                                                    pool[name].uncertainty);
}

// What was said to all layers, where this one was told nothing else. Said twice and not alike: the
// last call decides, which one that is, is not known.
void configure(ValuePool& pool, const Safeguard& configuration, Safeguard& layer) {
  std::vector<NamedValue> rows;
  bool is_open = pool[configuration.told].ref == 1;
  const auto add = [&](ValueId told, bool differs_opens) {
    for (std::size_t i = 0; i < pool.operands(told).size(); ++i) {
      const NamedValue one{pool.names(told)[i], pool.operands(told)[i]};
      const auto before = std::ranges::find(rows, one.name, &NamedValue::name);
      if (before == rows.end())
        rows.push_back(one);
      else if (differs_opens && before->value != one.value)
        is_open = true;
    }
  };
  add(layer.told, false);
  add(configuration.told, true);
  if (layer.table.exists() && layer.table != configuration.table) is_open = true;
  layer.told = pool.record(rows, is_open || pool[layer.told].ref == 1);
  layer.table = configuration.table;
  layer.uncertainty |= configuration.uncertainty;
  if (!configuration.holds.empty()) layer.uncertainty |= kConditional;
}

// What the layer does in its table and the role does not allow. A table may have a policy of its
// own that does.
std::vector<MissingRight> missing_rights(ValuePool& pool, const Stacks& stacks,
                                         const CallPermissions& permissions,
                                         const LambdaFunction& function, const Safeguard& layer) {
  std::vector<MissingRight> missing;
  if (!layer.table.exists() || stacks[layer.table].external ||
      find_property(pool, stacks, layer.table, "ResourcePolicy") != nullptr)
    return missing;
  for (const std::string_view purpose : {"records", "completes", "forgets", "looks_up"}) {
    const ValueId told = named_entry(pool, layer.told, purpose);
    const Operation* operation =
        told.exists() ? find_operation(as_text(pool, told).value_or("")) : nullptr;
    if (operation == nullptr) continue;
    for (std::string& action :
         permissions.missing_actions(stacks.functions[function.declared], *operation, layer.table))
      missing.push_back({std::string(purpose), std::move(action)});
  }
  return missing;
}

}  // namespace

Safeguard* add_safeguard(const HandlerContext& context, const Step& step,
                         std::uint8_t uncertainty) {
  ValuePool& pool = context.engine.pool();
  const auto parts = pool.operands(step.value);
  if (parts.size() < 3) return nullptr;
  const ValueId said = parts[2];
  const LibraryModel* row = find_model_any(Language::Unknown, pool.text(said));
  if (row == nullptr) return nullptr;
  Safeguard safeguard;
  safeguard.library = static_cast<std::uint32_t>(row - library_models().data());
  safeguard.uncertainty = uncertainty;
  safeguard.where = span_of_call(context.modules, call_site(pool[said].ref));
  safeguard.called = span_of_call(context.modules, step.at);
  safeguard.path = path_of_step(context.modules, step);
  FactSet holds;
  for (const Fact& fact : step.holds)
    if (!assume(pool, holds, context.scope.settle_test(fact.test), fact.holds)) return nullptr;
  safeguard.holds = std::move(holds);
  safeguard.told = finished(pool, context.scope.settle(pool.operands(step.value)[1]));
  safeguard.layer = said;
  safeguard.arguments = context.scope.settle(step.arguments);
  find_table(pool, context.stacks, safeguard);
  ValueMemo seen;
  add_value_sites(pool, context.modules, safeguard.told, seen, context.function);
  for (const ValueId one : pool.operands(safeguard.told))
    add_value_site(pool, context.modules, one, context.function);
  return &context.function.safeguards.emplace_back(std::move(safeguard));
}

void settle_safeguards(ValuePool& pool, const Stacks& stacks, const CallPermissions& permissions,
                       LambdaFunction& function) {
  const auto is_configuration = [](const Safeguard& one) {
    return library_models()[one.library].guard.ends_with(kConfigures);
  };
  std::vector<Safeguard> said;
  for (const Safeguard& one : function.safeguards)
    if (is_configuration(one)) said.push_back(one);
  std::erase_if(function.safeguards, is_configuration);
  for (const Safeguard& configuration : said)
    for (Safeguard& layer : function.safeguards)
      if (library_models()[configuration.library].guard ==
          cat(library_models()[layer.library].guard, kConfigures))
        configure(pool, configuration, layer);
  for (Safeguard& layer : function.safeguards)
    layer.missing_rights = missing_rights(pool, stacks, permissions, function, layer);
  std::ranges::sort(function.value_sites, {}, &std::pair<std::uint64_t, Span>::first);
  const auto [first, last] =
      std::ranges::unique(function.value_sites, {}, &std::pair<std::uint64_t, Span>::first);
  function.value_sites.erase(first, last);
}

}  // namespace fnlint
