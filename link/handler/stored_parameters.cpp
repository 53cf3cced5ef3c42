// Matches the names that a call reads with the run's own parameters, if it always reads one.

#include "link/handler/stored_parameters.h"

#include "link/stacks/names.h"
#include "tables/models.h"
#include "values/properties.h"

#include <array>

namespace fnlint {

// A library's own row gives the value itself, an SDK {Parameter: {Value: it}}.
std::optional<ValueId> StoredParameters::held_by(const Step& read) {
  ValuePool& pool = engine_.pool();
  if (!read.value.exists()) return std::nullopt;
  const auto matches =
      find_resource(pool, stacks_, scope_.settle(read.value), ResourceKind::Parameter);
  if (matches.size() != 1) return std::nullopt;
  const Property* held = find_property(pool, stacks_, matches.front().resource, "Value");
  if (held == nullptr) return std::nullopt;
  const bool of_sdk =
      read.library == UINT32_MAX || library_models()[read.library].target.empty();
  if (!of_sdk) return held->value;
  const NamedValue value{pool.string("Value"), held->value};
  const NamedValue parameter{pool.string("Parameter"), pool.record(std::span(&value, 1), true)};
  return pool.record(std::span(&parameter, 1), true);
}

void StoredParameters::note(std::span<const Step> steps) {
  for (const Step& step : steps) {
    if (step.kind != StepKind::Effect || operations()[step.model].id != "ssm.GetParameter") continue;
    const ValueId given = held_by(step).value_or(ValueId{});
    const auto [known, is_new] = given_.try_emplace(pack(step.at), given);
    if (!is_new && known->second != given) known->second = {};
  }
}

ValueId StoredParameters::put_in(ValueId value) {
  if (given_.empty() || !value.exists()) return value;
  const ValuePool& pool = engine_.pool();
  const Substitution substitution{
      .leaf =
          [&](ValueId hole) {
            if (!pool.is(hole, ValueKind::Hole) || pool[hole].origin != Origin::Secret)
              return ValueId{};
            const auto found = given_.find(pool[hole].ref);
            return found == given_.end() ? ValueId{} : found->second;
          },
      .recompute =
          [&](std::string_view name, std::span<const ValueId> operands) {
            return engine_.recompute(name, operands, 0);
          }};
  return Substituter(engine_.pool(), substitution)(value);
}

}  // namespace fnlint
