// The entry to the Go frontend.
#pragma once

#include "model/code.h"

#include <string_view>

namespace fnlint {

// Go source to the code form. Never throws and always returns facts: what cannot be read is a
// problem at its place, and the sound parts are lowered all the same.
CodeFacts lower_go(std::string_view text);

}  // namespace fnlint
