#pragma once

#include <span>
#include <string_view>

namespace fnlint {

// An action that speaks of what lies below the resource which its call names: a bucket's objects.
struct BelowTarget {
  std::span<const std::string_view> actions = {};  // with "*"
  std::string_view with = {};                      // only where the call has this member
  std::string_view between = {};                   // stands behind the target's ARN
};
std::span<const BelowTarget> below_targets();

// A resource that holds the policy of another, or its own.
struct ResourcePolicy {
  std::string_view type = {};
  std::string_view target = {};  // property that names the other one; empty: itself
  std::string_view document = {};
};
std::span<const ResourcePolicy> resource_policies();

// Services whose resources' own policies alone may allow a call, and are seldom in the project.
std::span<const std::string_view> services_with_other_policies();

}  // namespace fnlint
