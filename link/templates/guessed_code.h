// The last resort for a function whose code nothing leads to.
#pragma once

#include "link/stacks/asset_users.h"
#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// Where nothing leads to a function's code (its place is a parameter, a build is still to make it,
// a module that is not read knows it): the only sources of the project that its handler or its
// names can mean. Nothing but names says so: the code keeps the reason why it is not there.
void guess_code(LinkContext& build, ResourceId id, const AssetUser& user, CodeLocation& code);

}  // namespace fnlint::stacks
