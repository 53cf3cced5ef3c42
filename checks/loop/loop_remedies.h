// Remedies for loops that name the user's own resources and keys.
#pragma once

#include "model/project.h"

#include <string>

namespace fnlint {

// What would end a loop with the least change, by the names that stand on it: a sentence with a
// space before it. Empty: nothing particular is known. `anchor`: the step where the finding stands.
std::string smallest_change_to_loop(const Project& project, const Cycle& cycle,
                                    const CycleStep& anchor);

}  // namespace fnlint
