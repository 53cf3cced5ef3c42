// The code form's invariants as a check, against bugs in frontends and bytes from outside.
#pragma once

#include "model/code.h"

#include <string>
#include <vector>

namespace fnlint {

// What is wrong with a file's tables as the code form states them: ids out of range, operands that
// are not smaller, ops that do not nest, exits to no enclosing region, results used before they are
// made, variables of a function that is not around, ranges outside the file. Empty for every
// frontend's output on any input; the tests of all languages hold them to it.
std::vector<std::string> validate(const CodeFacts& facts);

}  // namespace fnlint
