// Work that no rule asks for is not done.
#pragma once

#include "app/configuration/rule_registry.h"
#include "checks/checks.h"
#include "policies/policy.h"

#include <map>
#include <span>
#include <string_view>
#include <vector>

namespace fnlint {

// What the rules in effect make of a run: its checks, its policies, and what these read. Rules may
// come into effect as more files are known: then it is looked at them again.
class WantedRules {
 public:
  void look(std::span<const Rule* const> rules, const RuleRegistry& registry);
  [[nodiscard]] std::span<const Check* const> checks() const { return checks_; }
  [[nodiscard]] const Policies& policies() const { return policies_; }
  [[nodiscard]] Needs needs() const { return needs_; }

 private:
  std::vector<const Check*> checks_ = {};
  Policies policies_ = {};
  Needs needs_ = 0;
  std::map<const Rule*, Policies> read_ = {};
};

}  // namespace fnlint
