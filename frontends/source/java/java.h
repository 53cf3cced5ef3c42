// The entry to the Java frontend.
#pragma once

#include "model/code.h"

#include <string_view>

namespace fnlint {

// One Java file in the code form. Never throws and always returns facts: whatever cannot be read is
// a problem at its place.
CodeFacts lower_java(std::string_view text);

}  // namespace fnlint
