// Source lines under a finding, with the place marked.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fnlint {

// One line of source, in front of what is marked in it, that, and what follows.
struct MarkedLine {
  std::string before = {}, marked = {}, after = {};
};
// Bytes [begin, end) of `line` are marked. Tabs become blanks, control characters are left out,
// and of a long line only the surroundings of the mark are shown.
MarkedLine marked_line(std::string_view line, std::size_t begin, std::size_t end);

// One line of source as a terminal shows it, and the blanks and carets that mark a part of it.
struct Excerpt {
  std::string line = {};
  std::string mark = {};  // blanks, then at least one '^'
};

// The same.
Excerpt excerpt_of(std::string_view line, std::size_t begin, std::size_t end);

}  // namespace fnlint
