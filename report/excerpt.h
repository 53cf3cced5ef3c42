#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fnlint {

// One line of source as a terminal shows it, and the blanks and carets that mark a part of it.
struct Excerpt {
  std::string line = {};
  std::string mark = {};  // blanks, then at least one '^'
};

// Bytes [begin, end) of `line` are marked. Tabs become blanks, control characters are left out,
// and of a long line only the surroundings of the mark are shown.
Excerpt excerpt_of(std::string_view line, std::size_t begin, std::size_t end);

}  // namespace fnlint
