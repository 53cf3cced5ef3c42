// Variables and code that scripts set after the deployment.
#pragma once

#include "link/templates/project_scripts.h"

#include <map>
#include <set>
#include <string>

namespace fnlint::stacks {

// Scripts of a project that set variables of functions, or put other code in the place of a
// template's, beside its templates: `aws lambda update-function-configuration --environment`, the
// same call of an SDK, an action that deploys.
class VariableScripts {
 public:
  VariableScripts(LinkContext& build, ProjectScripts& scripts) : build_(build), scripts_(scripts) {}
  // Whether one near the template of the function may set some of this function.
  [[nodiscard]] bool may_set(ResourceId function);
  // Whether one may update its code, or that of a function that it does not name ...
  [[nodiscard]] bool may_update_code(ResourceId function);
  // ... or is known to be for this one.
  [[nodiscard]] bool may_replace_code(ResourceId function);

 private:
  // The functions as scripts name them; one that is not known is empty.
  struct Named {
    std::set<std::string> variables = {}, code = {};
  };
  const Named& named_near(const std::string& folder);
  [[nodiscard]] bool names(const std::set<std::string>& names, ResourceId function) const;
  [[nodiscard]] std::string folder_of_template(ResourceId function) const;

  LinkContext& build_;
  ProjectScripts& scripts_;
  std::map<std::string, Named> near_;  // by folder
};

}  // namespace fnlint::stacks
