// The other half of config_env_variables.cpp: is each variable that is set also read?
#pragma once

#include "model/finding.h"
#include "model/project.h"

#include <map>
#include <string_view>

namespace fnlint {

// config-env-unused: asked of every place that sets a variable, over all functions that it is set for.
void find_unused_variables(const Project& project, Findings& findings);
// Libraries that fill the environment, or read it by other names than stand in it.
class EnvironmentLoaders {
 public:
  EnvironmentLoaders();
  // Whether the function's code imports one of them.
  [[nodiscard]] bool are_in(const LambdaFunction& function) const;

 private:
  [[nodiscard]] bool is_one(std::string_view path) const;

  std::multimap<std::string_view, std::string_view> by_first_word_ = {};
};

}  // namespace fnlint
