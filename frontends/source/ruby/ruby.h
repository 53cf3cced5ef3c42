// The entry to the Ruby frontend.
#pragma once

#include "model/code.h"

#include <string_view>

namespace fnlint {

// Lowers one Ruby file. Never fails: what cannot be read is opaque, and `problems` says where.
CodeFacts lower_ruby(std::string_view text);

}  // namespace fnlint
