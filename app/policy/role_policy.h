// A role's least privilege, compared with what it allows today.
#pragma once

#include "app/policy/policy_statements.h"
#include "model/project.h"
#include "values/relations_to.h"

#include <string>
#include <vector>

namespace fnlint {

// Something that the policy does not speak of, at its place.
struct RoleNote {
  std::string text = {};
  Span where = {};
  friend bool operator==(const RoleNote&, const RoleNote&) = default;
};
// What a function's role has to allow, as code and templates say.
struct RolePolicy {
  const LambdaFunction* function = nullptr;
  ResourceId role = {};
  std::vector<PolicyStatement> statements = {};
  std::vector<RoleNote> unknown = {};      // what its code does that is not known
  std::vector<RoleNote> left_out = {};     // calls that are not made as the function's role
  std::vector<std::string> missing = {};   // that the role does not allow today ...
  std::vector<std::string> unneeded = {};  // ... and what it allows and nothing needs
};
RolePolicy role_policy(const Project& project, const RelationsTo& relations,
                       const LambdaFunction& function);

}  // namespace fnlint
