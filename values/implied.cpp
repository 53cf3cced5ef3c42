#include "values/implied.h"

#include "values/where.h"

#include <algorithm>

namespace fnlint {

bool is_implied(const ValuePool& pool, const Fact& fact,
                const std::function<bool(const Fact&)>& says) {
  const auto of_part = [&](ValueId part) { return is_implied(pool, {part, fact.holds}, says); };
  if (!pool.is(fact.test, ValueKind::Computed)) return says(fact);
  const std::string_view name = pool.text(fact.test);
  const auto parts = pool.operands(fact.test);
  if (name == "not") return is_implied(pool, {parts[0], !fact.holds}, says);
  if (name == "truthy") return of_part(parts[0]);
  if (name == "and" || name == "or")
    return (name == "and") == fact.holds ? std::ranges::any_of(parts, of_part)
                                         : std::ranges::all_of(parts, of_part);
  if (name == kChosen)
    return (is_implied(pool, {parts[0], true}, says) || of_part(parts[1])) &&
           (is_implied(pool, {parts[0], false}, says) || of_part(parts[2]));
  return says(fact);
}

}  // namespace fnlint
