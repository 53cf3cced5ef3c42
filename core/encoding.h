#pragma once

#include <string>

namespace fnlint {

// A file's bytes as UTF-8: those that begin with the byte order mark of UTF-16 or UTF-32 are
// converted, without the mark; all others stay as they are. What is no character becomes U+FFFD.
[[nodiscard]] std::string as_utf8(std::string bytes);

}  // namespace fnlint
