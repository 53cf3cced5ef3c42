// Works around macros that the grammar cannot parse, since no preprocessor runs.
#pragma once

#include <string>
#include <string_view>

namespace fnlint {

// The text as the grammar can read it, with every offset where it was: macros that stand for a
// declaration's attributes become blanks (`API_EXPORT void f()`), and those beside texts are added
// to them (`"a" NAME "b"` becomes `"a"+NAME+"b"`).
std::string readable_cpp(std::string_view text);

}  // namespace fnlint
