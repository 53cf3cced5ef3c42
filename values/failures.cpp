// Recognises facts that say that a call has failed, in exception handlers as well as by error
// values.

#include "values/failures.h"

#include <algorithm>

namespace fnlint {

bool is_failure(const ValuePool& pool, const Fact& fact) {
  if (!pool.is(fact.test, ValueKind::Computed)) return false;
  const Opcode opcode = pool.opcode(fact.test);
  if (opcode == Opcode::Truthy) return is_failure(pool, {pool.operands(fact.test)[0], fact.holds});
  if (opcode == Opcode::And && fact.holds)  // it has failed, and in such a way
    return std::ranges::any_of(pool.operands(fact.test),
                               [&](ValueId part) { return is_failure(pool, {part, true}); });
  if (opcode == Opcode::Failed) return fact.holds;
  const bool compares = opcode == Opcode::Equal || opcode == Opcode::NotEqual;
  if (!compares) return false;
  const bool is_error = std::ranges::any_of(pool.operands(fact.test), [&](ValueId one) {
    return pool.is(one, ValueKind::Hole) && pool.text(one) == "error";
  });
  return is_error && (opcode == Opcode::NotEqual) == fact.holds;
}

ValueId failed_with_any(const ValuePool& pool, const Fact& fact) {
  if (!is_failure(pool, fact)) return {};
  const auto operands = pool.operands(fact.test);
  const auto is_any = [&](ValueId one) {
    return pool.is(one, ValueKind::Hole) && pool[one].origin == Origin::CallResult &&
           (pool.text(one) == kCaughtAny || pool.text(one) == "error");
  };
  const auto found = std::ranges::find_if(operands, is_any);
  return found != operands.end() ? *found : ValueId{};
}

bool is_after_failure(const ValuePool& pool, std::span<const Fact> holds) {
  return std::ranges::any_of(holds, [&](const Fact& fact) { return is_failure(pool, fact); });
}

}  // namespace fnlint
