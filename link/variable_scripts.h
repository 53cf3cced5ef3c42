#pragma once

#include "link/project_scripts.h"

#include <map>
#include <set>
#include <string>

namespace fnlint::stacks {

// Scripts of a project that set variables of functions beside its templates: `aws lambda
// update-function-configuration --environment`, the same call of an SDK, an action that deploys.
class VariableScripts {
 public:
  VariableScripts(Build& build, ProjectScripts& scripts) : build_(build), scripts_(scripts) {}
  // Whether one near the template of the function may set some of this function.
  [[nodiscard]] bool may_set(ResourceId function);

 private:
  // The functions as scripts name them; one that is not known is empty.
  const std::set<std::string>& names_near(const std::string& folder);

  Build& build_;
  ProjectScripts& scripts_;
  std::map<std::string, std::set<std::string>> near_;  // by folder
};

}  // namespace fnlint::stacks
