#include "checks/branches.h"

#include "values/compute.h"

#include <algorithm>

namespace fnlint {

std::vector<Test> tests_of(const ValuePool& pool, GuardId guard) {
  return guard.exists() ? pool[guard].tests : std::vector<Test>{};
}

std::optional<std::vector<Test>> both(const std::vector<Test>& a, const std::vector<Test>& b) {
  std::vector<Test> merged = a;
  for (const Test& test : b) {
    const auto same = std::ranges::find(merged, test.choice, &Test::choice);
    if (same == merged.end()) {
      merged.push_back(test);
      continue;
    }
    same->allowed &= test.allowed;
    if (same->allowed == 0) return std::nullopt;
  }
  return merged;
}

std::vector<Amount> amounts_of(const ValuePool& pool, ValueId value, const std::vector<Test>& outer,
                               std::optional<std::int64_t> absent) {
  const auto number_of = [&](ValueId one) {
    return pool[one].kind == ValueKind::Absent ? absent : as_integer(pool, one);
  };
  const Value& row = pool[value];
  if (row.kind != ValueKind::OneOf) return {{number_of(value), outer, row.evidence}};
  std::vector<Amount> amounts;
  for (std::size_t i = 0; i < pool.operands(value).size(); ++i) {
    const ValueId one = pool.operands(value)[i];
    const std::optional<std::vector<Test>> tests =
        both(outer, tests_of(pool, pool.guards(value)[i]));
    if (tests)
      amounts.push_back(
          {number_of(one), *tests, static_cast<std::uint8_t>(row.evidence | pool[one].evidence)});
  }
  return amounts;
}

}  // namespace fnlint
