// Intersects guards, so that two settings are only compared where both can hold at once, and words
// the branch for messages.

#include "checks/view/branches.h"

#include "core/text.h"
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

std::string label_of(const ValuePool& pool, const std::vector<Test>& tests) {
  std::string words;
  for (const Test& test : tests) {
    const Choice& choice = pool.choice_row(test.choice);
    const auto listed = [&](bool allowed) {
      std::string values;
      for (std::size_t i = 0; i < choice.domain.size() && i < 63; ++i)
        if (((test.allowed >> i & 1) != 0) == allowed)
          values += cat(values.empty() ? "'" : " or '", pool[choice.domain[i]], "'");
      return values;
    };
    const bool others = (test.allowed >> 63 & 1) != 0;
    const std::string values = listed(!others);
    if (values.empty() || pool[choice.subject].starts_with(kPlaceOfChoice)) continue;
    words += cat(words.empty() ? " where " : " and ", pool[choice.subject],
                 others ? " is not " : " is ", values);
  }
  return words;
}

std::vector<Amount> amounts_of(const ValuePool& pool, ValueId value, const std::vector<Test>& outer,
                               std::optional<std::int64_t> absent) {
  const auto number_of = [&](ValueId one) {
    return pool[one].kind == ValueKind::Absent ? absent : as_integer(pool, one);
  };
  const Value& row = pool[value];
  if (row.kind != ValueKind::OneOf) return {{number_of(value), outer, row.uncertainty}};
  std::vector<Amount> amounts;
  for (std::size_t i = 0; i < pool.operands(value).size(); ++i) {
    const ValueId one = pool.operands(value)[i];
    const std::optional<std::vector<Test>> tests =
        both(outer, tests_of(pool, pool.guards(value)[i]));
    if (tests)
      amounts.push_back({number_of(one), *tests,
                         static_cast<std::uint8_t>(row.uncertainty | pool[one].uncertainty)});
  }
  return amounts;
}

}  // namespace fnlint
