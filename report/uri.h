// Paths of a project as links.
#pragma once

#include <string>
#include <string_view>

namespace fnlint {

// A path as a relative reference (RFC 3986), whatever it is called: "javascript:x" is a file, and
// no scheme.
std::string uri_of(std::string_view path);

}  // namespace fnlint
