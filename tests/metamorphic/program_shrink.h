// Smaller versions of a program that failed, to find the reason.
#pragma once

#include "tests/metamorphic/program_tree.h"

#include <vector>

namespace fnlint::test {

// Programs that are one step smaller: without a statement, with one branch in place of a condition,
// with a part or a constant in place of an expression. Not all of them can be run.
std::vector<GeneratedProgram> smaller_programs(const GeneratedProgram& program);

}  // namespace fnlint::test
