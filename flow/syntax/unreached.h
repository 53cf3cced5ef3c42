// Statements that can never run, for they stand behind the exit of their block.
#pragma once

#include "model/code.h"

#include <vector>

namespace fnlint {

// Where the statements stand that follow a return, a raise, a break or a continue in the same
// block: nothing comes there. Sorted by place.
std::vector<Range> unreached_ranges(const CodeFacts& code);

}  // namespace fnlint
