// The entry to the C++ frontend, with or without what a compiler knows of the file.
#pragma once

#include "frontends/source/cpp/cpp_known.h"
#include "model/code.h"

#include <string_view>

namespace fnlint {

// One C++ file, source or header, in the code form: by its own text, without its includes. Never
// throws and always returns facts: whatever cannot be read is a problem at its place.
CodeFacts lower_cpp(std::string_view text);
// The same, with names as a compiler resolved them where it could.
CodeFacts lower_cpp(std::string_view text, const CppKnown& known);

}  // namespace fnlint
