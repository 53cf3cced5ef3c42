#pragma once

#include "model/finding.h"
#include "model/project.h"

namespace fnlint {

// config-env-unused: asked of every place that sets a variable, over all functions that it is set for.
void find_unused_variables(const Project& project, Findings& findings);
// Code that fills the environment, or reads it by other names than stand in it.
bool has_environment_loader(const LambdaFunction& function);

}  // namespace fnlint
