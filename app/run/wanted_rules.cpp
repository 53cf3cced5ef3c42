// Selects checks and policies by the rules in effect, and unites what they need.

#include "app/run/wanted_rules.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace fnlint {

void WantedRules::look(std::span<const Rule* const> rules, const RuleRegistry& registry) {
  std::unordered_set<std::string_view> in_effect;
  for (const Rule* const rule : rules) in_effect.insert(rule->id);
  const auto is_in_effect = [&](std::string_view id) { return in_effect.contains(id); };
  checks_.clear();
  policies_.clear();
  needs_ = 0;
  for (const Check& check : all_checks()) {
    if (std::ranges::none_of(check.rules(), is_in_effect)) continue;
    checks_.push_back(&check);
    needs_ |= check.needs;
  }
  for (const Rule* const rule : rules) {
    const auto [at, is_new] = read_.try_emplace(rule);
    if (is_new) at->second = registry.policies(*rule);
    for (const auto& policy : at->second) {
      policies_.push_back(policy);
      needs_ |= policy->needs;
    }
  }
}

}  // namespace fnlint
