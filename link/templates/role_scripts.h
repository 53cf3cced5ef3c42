// Permissions that scripts attach, which no template shows.
#pragma once

#include "link/templates/project_scripts.h"

#include <map>
#include <set>
#include <string>

namespace fnlint::stacks {

// What scripts of a project do with roles beside its templates: `aws iam attach-role-policy
// --role-name NAME`, `put-role-policy`.
class RoleScripts {
 public:
  RoleScripts(LinkContext& build, ProjectScripts& scripts) : build_(build), scripts_(scripts) {}
  // Whether a script near the template of the function gives this role more than that says. A name
  // that only a run of the script knows may be the role's, unless the script made a role of it.
  [[nodiscard]] bool may_add(ResourceId function, ResourceId role);

 private:
  // The names as scripts write them, and as they are known; one that is not is empty.
  const std::set<std::string>& names_near(const std::string& folder);

  LinkContext& build_;
  ProjectScripts& scripts_;
  std::map<std::string, std::set<std::string>> near_;  // by folder
};

}  // namespace fnlint::stacks
