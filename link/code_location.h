#pragma once

#include "link/stack_build.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint::stacks {

// Where a function's or layer's own code lies, as the template and the disk tell. What is not in
// the repository is noted with its reason.
CodeLocation code_of_function(Build& build, ResourceId id);
CodeLocation code_of_layer(Build& build, ResourceId id);
// The texts among a node's items.
std::vector<std::string> texts_of(const Node& list);
// Who uses the code, for those who look for what it is made of.
AssetUser asset_user(Build& build, ResourceId id);

}  // namespace fnlint::stacks
