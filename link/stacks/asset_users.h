// A function's handler and runtime, as those who look for its sources ask.
#pragma once

#include "link/resolve/asset_sources.h"
#include "link/stacks/stack_build.h"

#include <string>
#include <vector>

namespace fnlint::stacks {

// The texts among a node's items.
std::vector<std::string> texts_of(const Node& list);
// Who uses the code, for those who look for what it is made of.
AssetUser asset_user(const LinkContext& build, ResourceId id);

}  // namespace fnlint::stacks
