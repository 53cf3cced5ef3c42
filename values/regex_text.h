// What can be said of a regular expression's matches without running it.
#pragma once

#include "values/pool.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// A regular expression that is a literal text, perhaps anchored: `^incoming/`, `\.jpg$`.
struct LiteralRegex {
  std::string text = {};
  bool at_start = false, at_end = false;
};
// Nothing when it is more than that.
std::optional<LiteralRegex> literal_regex(std::string_view regex);

// Whether `|` stands outside of all groups: an anchor then belongs to one side alone.
bool has_branches(std::string_view regex);

// What every text begins and ends with that such an expression matches somewhere, where it says so
// by anchors: `^in/(.+)\.png$` gives "in/" and ".png".
struct RegexEnds {
  std::string start = {}, end = {};
};
RegexEnds required_ends(std::string_view regex);
// The length of the longest text that it matches; nothing: without an end, or not understood.
std::optional<std::size_t> longest_match(std::string_view regex);

// What may be in what a regular expression finds: anything, as it has a sign for any, or for none
// of a kind; anything but a few signs; or only what it names.
enum class FoundByRegex : std::uint8_t { Anything, AllButFew, Named };
FoundByRegex found_by_regex(std::string_view regex);
// What stands in its groups that are counted, in their order.
std::vector<std::string_view> captures_of(std::string_view regex);

// The regular expression that a value is: a Text, or what a frontend calls an Unknown "regex /x/g".
struct Regex {
  std::string source = {};
  bool case_matters = true;
};
std::optional<Regex> regex_of(const ValuePool& pool, ValueId value);

}  // namespace fnlint
