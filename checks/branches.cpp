#include "checks/branches.h"

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

}  // namespace fnlint
