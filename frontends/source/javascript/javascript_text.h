// Values of JavaScript's literals: escapes undone, numbers in plain decimal.
#pragma once

#include <string>
#include <string_view>

namespace fnlint {

// The content of a string or template with its escapes read, in UTF-8. What is no escape stays.
std::string unescape_javascript(std::string_view content);

// A number literal in plain decimal: no separators, no 0x, no BigInt suffix.
std::string javascript_number(std::string_view literal);

}  // namespace fnlint
