// Random programs for comparison with what is reported of them.
#pragma once

#include "tests/metamorphic/program_tree.h"

#include <cstdint>

namespace fnlint::test {

// A random program that sends at least once. The same number makes the same program everywhere.
GeneratedProgram make_program(std::uint64_t number);

}  // namespace fnlint::test
