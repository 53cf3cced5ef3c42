// Files that were merged into another template of the project.
#pragma once

#include "link/stacks/stack_build.h"

#include <vector>

namespace fnlint::stacks {

// By text: whether it is one of the files that a tool merged into a template of the project, as
// `rain merge` does: below that template's folder, each resource in one of them, and all of these
// in the template. What was merged is read there.
std::vector<bool> merged_texts(const LinkContext& build);

}  // namespace fnlint::stacks
