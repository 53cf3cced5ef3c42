// Words that Kotlin reserves only as modifiers, where they are names.
#pragma once

#include <string>
#include <string_view>

namespace fnlint {

// The same text, byte for byte as long, in which no such name is a word of the grammar: `suspend(x)`
// is a call, `suspend () -> Unit` a type.
std::string without_modifier_names(std::string_view text);

}  // namespace fnlint
