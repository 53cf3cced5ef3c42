#pragma once

#include "values/pool.h"

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

// The regular expression that a value is: a Text, or what a frontend calls an Unknown "regex /x/g".
struct Regex {
  std::string source = {};
  bool case_matters = true;
};
std::optional<Regex> regex_of(const ValuePool& pool, ValueId value);

}  // namespace fnlint
