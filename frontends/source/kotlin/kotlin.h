// The entry to the Kotlin frontend.
#pragma once

#include "model/code.h"

#include <string_view>

namespace fnlint {

// One Kotlin file in the code form. Its language is Java: handlers, libraries and runtime are the
// same. Never throws and always returns facts: whatever cannot be read is a problem at its place.
CodeFacts lower_kotlin(std::string_view text);

}  // namespace fnlint
