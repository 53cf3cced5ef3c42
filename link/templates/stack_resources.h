// The step that evaluates properties.
#pragma once

#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// Evaluates the properties of all declared resources, and of what SAM makes from properties of
// others; then their names.
void locate_resources(LinkContext& build);

}  // namespace fnlint::stacks
