#pragma once

#include "tests/metamorphic/program_tree.h"

#include <string>

namespace fnlint::test {

enum class Language : std::uint8_t { Python, JavaScript };

// The whole file that has the handler. The queue's address is in the variable QUEUE.
std::string text_of(const GeneratedProgram& program, Language language);

}  // namespace fnlint::test
