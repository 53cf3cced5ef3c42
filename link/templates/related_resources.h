// From properties of resources to triggers, forwards and permissions.
#pragma once

#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// The relations of all resources, from their properties: one function for each type.
void relate_resources(LinkContext& build);

}  // namespace fnlint::stacks
