// Descends through `not`, `and`, `or` and gated choices to the atomic tests that decide an outcome.

#include "values/implied.h"

#include "values/where.h"

#include <algorithm>

namespace fnlint {

bool is_implied(const ValuePool& pool, const Fact& fact,
                const std::function<bool(const Fact&)>& says) {
  const auto of_part = [&](ValueId part) { return is_implied(pool, {part, fact.holds}, says); };
  if (!pool.is(fact.test, ValueKind::Computed)) return says(fact);
  const Opcode opcode = pool.opcode(fact.test);
  const auto parts = pool.operands(fact.test);
  if (opcode == Opcode::Not) return is_implied(pool, {parts[0], !fact.holds}, says);
  if (opcode == Opcode::Truthy) return of_part(parts[0]);
  if (opcode == Opcode::And || opcode == Opcode::Or)
    return (opcode == Opcode::And) == fact.holds ? std::ranges::any_of(parts, of_part)
                                                 : std::ranges::all_of(parts, of_part);
  if (opcode == Opcode::Chosen)
    return (is_implied(pool, {parts[0], true}, says) || of_part(parts[1])) &&
           (is_implied(pool, {parts[0], false}, says) || of_part(parts[2]));
  return says(fact);
}

}  // namespace fnlint
