#include "link/handler_safeguards.h"

#include "flow/library_call.h"
#include "flow/library_select.h"
#include "link/handler_calls.h"
#include "link/names.h"

namespace fnlint {

namespace {

constexpr CallSite site(std::uint64_t ref) {
  return {ModuleId{static_cast<std::uint32_t>(ref >> 32U)}, OpId{static_cast<std::uint32_t>(ref)}};
}

bool has_place(const ValuePool& pool, ValueId id) {
  const Value& value = pool[id];
  if (value.kind == ValueKind::Hole)
    return value.origin == Origin::Fresh || value.origin == Origin::Clock;
  if (value.kind != ValueKind::Object) return false;
  return library_class(std::string(pool.text(id))) == LibraryClass::Idempotency;
}

// The one table of a name that is sure.
void find_table(ValuePool& pool, const Stacks& stacks, Safeguard& safeguard) {
  const ValueId name = named_entry(pool, safeguard.told, "table");
  if (!name.exists()) return;
  const std::vector<Match> matches = find_resource(pool, stacks, name, ResourceKind::Table);
  if (matches.size() != 1) return;
  safeguard.table = matches[0].resource;
  safeguard.evidence =
      static_cast<std::uint8_t>(safeguard.evidence | matches[0].evidence | pool[name].evidence);
}

}  // namespace

void add_value_sites(const ValuePool& pool, std::span<const ModuleInfo> modules, ValueId value,
                     LambdaFunction& function) {
  if (!value.exists()) return;
  for_each_below(pool, value, [&](ValueId id) {
    if (!has_place(pool, id)) return;
    const Span where = span_of_call(modules, site(pool[id].ref));
    if (where.file.exists()) function.value_sites.push_back({pool[id].ref, where});
  });
}

std::optional<Safeguard> safeguard_of_step(Engine& engine, const FunctionScope& scope,
                                           std::span<const ModuleInfo> modules,
                                           const Stacks& stacks, const Step& step,
                                           std::uint8_t evidence) {
  ValuePool& pool = engine.pool();
  const auto parts = pool.operands(step.value);
  if (parts.size() < 3) return std::nullopt;
  const ValueId said = parts[2];
  const LibraryModel* row = find_model_any(Language::Unknown, pool.text(said));
  if (row == nullptr) return std::nullopt;
  Safeguard safeguard;
  safeguard.library = static_cast<std::uint32_t>(row - library_models().data());
  safeguard.evidence = evidence;
  safeguard.where = span_of_call(modules, site(pool[said].ref));
  safeguard.called = span_of_call(modules, step.at);
  safeguard.path = path_of_step(modules, step);
  FactSet holds;
  for (const Fact& fact : step.holds)
    if (!assume(pool, holds, scope.settle(engine, fact.test), fact.holds)) return std::nullopt;
  safeguard.holds = std::move(holds);
  safeguard.told = finished(pool, scope.settle(engine, pool.operands(step.value)[1]));
  safeguard.arguments = scope.settle(engine, step.arguments);
  find_table(pool, stacks, safeguard);
  return safeguard;
}

}  // namespace fnlint
