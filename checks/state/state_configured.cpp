// What is the same in every invocation of an environment: made of what its deployment says.

#include "checks/state/state_configured.h"

#include "checks/state/state_view.h"
#include "checks/view/project_view.h"
#include "tables/models.h"
#include "values/request_data.h"

#include <algorithm>

namespace fnlint {

bool is_made_of(const ValuePool& pool, ValueId value, std::initializer_list<Origin> allowed) {
  if (!value.exists()) return false;
  bool whole = true;
  for_each_below(pool, value, [&](ValueId id) {
    const Value& row = pool[id];
    if (row.kind == ValueKind::Unknown || pool.opcode(id) == Opcode::Call ||
        (row.kind == ValueKind::Object && pool.text(id).find(':') != std::string_view::npos) ||
        (row.kind == ValueKind::Hole &&
         std::find(allowed.begin(), allowed.end(), row.origin) == allowed.end()))
      whole = false;
  });
  return whole;
}

bool is_configuration(const ValuePool& pool, ValueId value) {
  return is_made_of(pool, value,
                    {Origin::Environment, Origin::TemplateInput, Origin::Pseudo, Origin::Attribute,
                     Origin::Library});
}

namespace {

constexpr std::initializer_list<Origin> kSettings{Origin::Secret,        Origin::Environment,
                                                  Origin::TemplateInput, Origin::Pseudo,
                                                  Origin::Attribute,     Origin::Library};

// Whether it is there, which is asked of a setting that a deployment makes, or what a deployment
// says; not what it is.
bool asks_for_setting(const ValuePool& pool, const Fact& fact) {
  if (pool.opcode(fact.test) == Opcode::Asked) return !is_request_data(pool, fact.test);
  if (!has_origin(pool, fact.test, Origin::Secret)) return is_configuration(pool, fact.test);
  const Opcode opcode = pool.opcode(fact.test);
  const bool is_part = pool.is(fact.test, ValueKind::Hole) || opcode == Opcode::Index ||
                       opcode == Opcode::Member || opcode == Opcode::Get;
  return fact.holds && is_part && is_made_of(pool, fact.test, kSettings);
}

// What a store gives does not tell what it was asked for: the call does.
bool reads_by_request(const ValuePool& pool, const Effect& effect) {
  const auto is_it = [&](ValueId value) { return value.exists() && is_request_data(pool, value); };
  return effect.library != UINT32_MAX &&
         library_models()[effect.library].origin == Origin::Secret &&
         (is_it(effect.target_value) || is_it(effect.arguments));
}

}  // namespace

bool is_stored_setting(const ValuePool& pool, const LambdaFunction& function,
                       const StateChange& change) {
  const auto asks_by_request = [&](const Effect& one) { return reads_by_request(pool, one); };
  if (std::ranges::any_of(function.effects, asks_by_request) ||
      std::ranges::any_of(function.unknown_calls, asks_by_request))
    return false;
  return change.how == StoreKind::Assign && !change.of_request && change.value.exists() &&
         has_origin(pool, change.value, Origin::Secret) &&
         is_made_of(pool, change.value, kSettings) &&
         std::ranges::all_of(change.holds,
                             [&](const Fact& fact) { return asks_for_setting(pool, fact); });
}

namespace {

// A deployment says what it is.
bool is_configured(const ValuePool& pool, ValueId value) {
  return has_origin(pool, value, Origin::Environment) ||
         has_origin(pool, value, Origin::TemplateInput) ||
         has_origin(pool, value, Origin::Pseudo) || has_origin(pool, value, Origin::Attribute);
}

// Of several invocations of one environment all come here, or none.
bool is_of_all_or_none(const ValuePool& pool, const StateChange& change) {
  return std::ranges::all_of(change.holds, [&](const Fact& fact) {
    const bool asked = pool.opcode(fact.test) == Opcode::Asked;
    return asked ? is_environment(pool, pool.operands(fact.test)[0])
                 : is_configuration(pool, fact.test);
  });
}

// A constant where a deployment says so, and nothing else is put there.
bool is_settled_by_deployment(const ValuePool& pool, const LambdaFunction& function,
                              const StateChange& change) {
  return !change.read_before && !change.holds.empty() && is_of_all_or_none(pool, change) &&
         std::ranges::none_of(function.changes, [&](const StateChange& other) {
           return &other != &change && is_set_by(pool, change, other) &&
                  other.value != change.value;
         });
}

}  // namespace

bool is_same_again(const ValuePool& pool, const LambdaFunction& function,
                   const StateChange& change) {
  const bool puts =
      change.how == StoreKind::PutKey && change.key.exists() && as_text(pool, change.key) &&
      change.value.exists() &&
      (pool.is(change.value, ValueKind::Object) || is_configured(pool, change.value) ||
       is_settled_by_deployment(pool, function, change));
  const bool updates = change.how == StoreKind::Update && change.value.exists() &&
                       pool[change.value].kind == ValueKind::Record;
  if ((!puts && !updates) ||
      !is_made_of(pool, change.value,
                  {Origin::Global, Origin::Environment, Origin::TemplateInput, Origin::Pseudo,
                   Origin::Attribute, Origin::Library}))
    return false;
  return std::ranges::none_of(function.changes, [&](const StateChange& other) {
    return other.place != change.place && mentions(pool, change.value, base_of(pool, other.place));
  });
}

}  // namespace fnlint
