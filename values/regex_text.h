#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fnlint {

// A regular expression that is a literal text, perhaps anchored: `^incoming/`, `\.jpg$`.
struct LiteralRegex {
  std::string text = {};
  bool at_start = false, at_end = false;
};
// Nothing when it is more than that.
std::optional<LiteralRegex> literal_regex(std::string_view regex);

}  // namespace fnlint
