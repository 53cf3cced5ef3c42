// Asks a test what it would say of null, zero or an empty collection.

#include "values/presence.h"

#include "values/compute.h"

#include <algorithm>
#include <string_view>

namespace fnlint {

namespace {

bool is_zero(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Null) || pool.is(value, ValueKind::Absent) ||
         (pool.is(value, ValueKind::Number) && pool.text(value) == "0");
}

}  // namespace

bool holds_of_nothing(const ValuePool& pool, const Fact& fact,
                      const std::function<bool(ValueId)>& leaves_out) {
  if (leaves_out && leaves_out(fact.test)) return false;
  if (pool.is(fact.test, ValueKind::OneOf))
    return std::ranges::any_of(pool.operands(fact.test), [&](ValueId one) {
      return holds_of_nothing(pool, {one, fact.holds}, leaves_out);
    });
  const bool compares = pool.is(fact.test, ValueKind::Computed) && is_test(pool.text(fact.test));
  if (!compares) return !fact.holds;
  const std::string_view asked = pool.text(fact.test);
  const auto operands = pool.operands(fact.test);
  const auto is_none = [&](ValueId one) { return is_zero(pool, one); };
  if (asked == "equal") return fact.holds && std::ranges::any_of(operands, is_none);
  if (asked == "not_equal") return !fact.holds && std::ranges::any_of(operands, is_none);
  if (asked == "less") return !fact.holds && is_none(operands[0]);
  if (asked == "less_equal") return fact.holds && is_none(operands[1]);
  if (asked == "not" || asked == "is_null" || asked == "failed") return fact.holds;
  if (asked == "and" && !fact.holds)  // there is nothing, or it is not what was asked for
    return std::ranges::any_of(
        operands, [&](ValueId one) { return holds_of_nothing(pool, {one, false}, leaves_out); });
  return !fact.holds &&
         (asked == "has_items" || asked == "truthy" || asked == "in" || asked == "has");
}

bool may_be_left_out(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Text) && pool.text(value).empty() &&
         (pool[value].uncertainty & kOverridable) != 0;
}

}  // namespace fnlint
