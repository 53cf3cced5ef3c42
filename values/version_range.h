// Can a project's version constraint be met by a given runtime?
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace fnlint {

// How a range of versions is written: npm's semver ranges ("^20.1 || >=22"), or Python's specifiers
// and Poetry's ("~=3.11", "^3.11").
enum class RangeStyle : unsigned char { Npm, Python };

// Whether a range has any version of a series: of {20}, some 20.y.z; of {3, 12}, some 3.12.z.
// Nothing: it is written in a way that is not known.
std::optional<bool> has_any_of(std::string_view range, RangeStyle style,
                               const std::vector<int>& series);

}  // namespace fnlint
