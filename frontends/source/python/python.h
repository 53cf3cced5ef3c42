// The entry to the Python frontend.
#pragma once

#include "model/code.h"

#include <string_view>

namespace fnlint {

// Lowers one Python file (3.6 to 3.14) to the code form. Always returns facts: what cannot be read
// is a problem at its place, and everything around it is lowered all the same.
CodeFacts lower_python(std::string_view text);

}  // namespace fnlint
