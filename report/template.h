// The check of a user's own output format, before anything is linted.
#pragma once

#include <string>
#include <string_view>

namespace fnlint {

// What is wrong with a text for the format `template`, with what may have been meant; empty:
// nothing. It is printed once for each finding: "{path}" is the finding's, "{{" and "}}" are
// braces, and "\n", "\t" and "\\" are written so.
std::string template_error(std::string_view text);

}  // namespace fnlint
