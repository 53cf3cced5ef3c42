// Keeps guesses by name inside the folders that were asked about.
#pragma once

#include "link/stacks/stack_build.h"

#include <string_view>

namespace fnlint::stacks {

// Whether a folder may be taken for one that nothing but a name leads to: what the run is not about
// is somebody else's.
bool is_of_the_run(const LinkContext& build, std::string_view folder);

}  // namespace fnlint::stacks
