// The first step: scopes and rows of resources.
#pragma once

#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// Makes the scopes of all stacks and a row for every resource that they declare or that SAM makes,
// as far as conditions do not rule it out. Nothing is evaluated but what that needs.
void declare_stacks(LinkContext& build);

}  // namespace fnlint::stacks
