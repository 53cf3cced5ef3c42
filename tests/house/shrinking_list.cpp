// Reads lists that only shrink, and compares them with what is there.
#include "tests/house/shrinking_list.h"

#include "tests/house/sources.h"

#include <gtest/gtest.h>

#include <fstream>

namespace fnlint::house {

List list_of(const std::string& file) {
  List listed;
  std::ifstream stream(kSourceRoot / "tests/house" / file);
  EXPECT_TRUE(stream.good()) << "tests/house/" << file;
  for (std::string line; std::getline(stream, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    Listed row;
    if (const std::size_t mark = line.find(" # "); mark != line.npos) {
      row.note = line.substr(mark + 3);
      line.resize(mark);
    }
    const std::size_t blank = line.rfind(' ');
    row.count = std::stoul(line.substr(blank + 1));
    listed[line.substr(0, blank)] = row;
  }
  return listed;
}

void expect_no_more(const Counts& over, const std::string& file, std::string_view advice) {
  const List listed = list_of(file);
  for (const auto& [name, count] : over) {
    const auto row = listed.find(name);
    if (row == listed.end())
      ADD_FAILURE() << name << ' ' << count << ": " << advice << " (tests/house/" << file << ')';
    else if (count > row->second.count && row->second.note != "grows with the program")
      ADD_FAILURE() << name << " grew from " << row->second.count << " to " << count << ": "
                    << advice << " (tests/house/" << file << ')';
  }
  for (const auto& [name, row] : listed)
    EXPECT_TRUE(over.contains(name))
        << name << ' ' << row.count << " is over no limit: take out its row of tests/house/"
        << file;
}

}  // namespace fnlint::house
