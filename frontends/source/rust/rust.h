// The entry to the Rust frontend.
#pragma once

#include "model/code.h"

#include <string_view>

namespace fnlint {

// Lowers one Rust file to the code form. Never throws and always returns facts: whatever cannot be
// read is a problem at its place.
CodeFacts lower_rust(std::string_view text);

}  // namespace fnlint
