// Lists of what is over a limit since before anything looked: rows go, none is added, and no number
// grows. A row is what it is about, how many, and, behind a '#', a word about it: of one that
// "grows with the program" the number is only what it was when it was written.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace fnlint::house {

using Counts = std::map<std::string, std::size_t>;

struct Listed {
  std::size_t count = 0;
  std::string note = {};
};
using List = std::map<std::string, Listed>;

// The rows of a file of tests/house.
List list_of(const std::string& file);

// That nothing is over its limit but what the file lists, by no more than it says there, and that
// what it lists is over it. `advice` is what to do about what is too much.
void expect_no_more(const Counts& over, const std::string& file, std::string_view advice);

}  // namespace fnlint::house
