// What a least-privilege policy needs to know besides actions: CDK's names of ARNs, implied
// actions, and roles that are passed on.
#pragma once

#include "model/resources.h"

#include <span>
#include <string_view>

namespace fnlint {

// What CDK's constructs call their ARN: "bucketArn".
struct CdkArn {
  ResourceKind kind{};
  std::string_view name = {};
};
std::span<const CdkArn> cdk_arns();

// An action that a member of a call needs beside `action`, or in its place. `anywhere`: IAM knows
// no resource that it is done to then.
struct ImpliedAction {
  std::string_view action = {}, member = {}, needs = {};
  bool instead = false, anywhere = false;
};
std::span<const ImpliedAction> implied_actions();

// Members of operations, in lower case, that hand a role to a service.
std::span<const std::string_view> passed_members();
// Properties of what a call works on that name roles which are handed on with it.
struct PassedProperties {
  std::string_view action = {};
  std::span<const std::string_view> properties = {};
};
std::span<const PassedProperties> passed_properties();

}  // namespace fnlint
