// Typos in types of functions, which would hide a function.
#pragma once

#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// Resources whose type looks like one of Lambda's or SAM's and is none: a mistyped function would
// be passed over in silence.
void tell_unknown_types(LinkContext& build);

}  // namespace fnlint::stacks
