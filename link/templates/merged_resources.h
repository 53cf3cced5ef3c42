// Puts settings that are resources of their own back into the resource that they are about.
#pragma once

#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// Resources that stand by themselves and are a part of another one, which they name: what they say
// becomes properties of that one, unless it has them itself.
void merge_parts_of_resources(LinkContext& build);

}  // namespace fnlint::stacks
