#include "checks/state/state_sequence.h"

#include "checks/state/state_view.h"
#include "checks/view/code_calls.h"
#include "values/compute.h"

#include <algorithm>

namespace fnlint {

namespace {

// Of a member of an answer; null: the value is none.
const Operation* operation_of_member(const ValuePool& pool, ValueId value) {
  if (!value.exists() || !pool.is(value, ValueKind::Computed)) return nullptr;
  const Opcode taken = pool.opcode(value);
  if (taken != Opcode::Member && taken != Opcode::Index && taken != Opcode::Get) return nullptr;
  return operation_answering(pool, pool.operands(value)[0]);
}

}  // namespace

bool is_place_in_sequence(const ValuePool& pool, const LambdaFunction& function,
                          const StateChange& change) {
  if (change.how != StoreKind::Assign) return false;
  const Operation* const operation = operation_of_member(pool, change.value);
  return operation != nullptr && std::ranges::any_of(function.effects, [&](const Effect& effect) {
           return &operations()[effect.operation] == operation && effect.arguments.exists() &&
                  mentions(pool, effect.arguments, change.place);
         });
}

}  // namespace fnlint
