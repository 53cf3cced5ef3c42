// Guesses which Dockerfile an image comes from, where only its name says so.
#pragma once

#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// The code of a function's image that is built elsewhere, where the project has one Dockerfile that
// is called like the image's repository or the function. That this is the one, nothing says but the
// name: the code keeps the reason why it is not there.
void find_image_sources(LinkContext& build, ResourceId id, ValueId uri, CodeLocation& code);

}  // namespace fnlint::stacks
