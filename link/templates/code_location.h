// Where does the code of a function or layer lie?
#pragma once

#include "link/stacks/asset_users.h"
#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// Where a function's or layer's own code lies, as the template and the disk tell. What is not in
// the repository is noted with its reason.
CodeLocation code_of_function(LinkContext& build, ResourceId id);
CodeLocation code_of_layer(LinkContext& build, ResourceId id);
}  // namespace fnlint::stacks
