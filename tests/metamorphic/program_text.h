// Random programs as source text, the same in each language.
#pragma once

#include "tests/metamorphic/program_tree.h"

#include <string>

namespace fnlint::test {

enum class ProgramLanguage : std::uint8_t { Python, JavaScript };

// The whole file that has the handler. The queue's address is in the variable QUEUE.
std::string program_text(const GeneratedProgram& program, ProgramLanguage language);

}  // namespace fnlint::test
