// Which parts of a file a function can depend on at all.
#pragma once

#include "model/code.h"

#include <span>
#include <vector>

namespace fnlint {

// Variables that functions and expressions of one file use: by name, through the functions and
// classes that they name, and through what is ever assigned to what they name. One bit for each
// variable of the file; too many rather than too few.
std::vector<bool> names_used(const CodeFacts& code, std::span<const FunctionId> functions,
                             std::span<const ExprId> expressions);

}  // namespace fnlint
