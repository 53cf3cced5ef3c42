// How many decisions a function may have: if, for, while, case, catch, &&, || and ?, those of its
// lambdas with it. Functions that had more when this was first asked stand in decisions.txt.
#include "tests/house/shrinking_list.h"
#include "tests/house/sources.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <string>
#include <string_view>

namespace fnlint::decisions_test {
namespace {

constexpr std::size_t kDecisions = 25;
constexpr std::string_view kSwitch = "a switch";

struct Decisions {
  std::size_t all = 0, cases = 0;
};

Decisions decisions_of(std::string_view text) {
  constexpr std::array<std::string_view, 4> kWords{"if", "for", "while", "catch"};
  Decisions found;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (house::is_name(text[i])) {
      const std::size_t begin = i;
      while (i + 1 < text.size() && house::is_name(text[i + 1])) ++i;
      const std::string_view word = text.substr(begin, i + 1 - begin);
      found.all += std::ranges::find(kWords, word) != kWords.end();
      found.cases += word == "case";
    }
    // `T&& x` is a reference; the layout puts a blank before an operator.
    const bool is_and = text.substr(i, 2) == "&&" && i > 0 && std::isspace(text[i - 1]) != 0;
    found.all += text[i] == '?' || text.substr(i, 2) == "||" || is_and;
  }
  found.all += found.cases;
  return found;
}

// "FILE FUNCTION" to its decisions; of functions of one name the one with the most.
std::map<std::string, Decisions> decisions_of_program() {
  std::map<std::string, Decisions> found;
  for (const house::Source& source : house::sources_of_program())
    for (const house::Function& row : house::functions_of(source.bare_text)) {
      const Decisions own =
          decisions_of(std::string_view(source.bare_text).substr(row.begin, row.end - row.begin));
      Decisions& known = found[source.file + ' ' + row.name];
      if (own.all > known.all) known = own;
    }
  return found;
}

TEST(Decisions, AreCounted) {
  const Decisions found = decisions_of(house::bare(R"(void a(int b, Row&& c) {
  if (b && c) return;  // if it is
  for (auto&& d : c) while (d || "? if") e(b ? 1 : 2);
  switch (b) {
    case 1:
    case 2: try { f(); } catch (...) {} break;
    default: break;
  }
})"));
  EXPECT_EQ(found.all, 9U);
  EXPECT_EQ(found.cases, 2U);
}

TEST(Decisions, OnlyListedFunctionsHaveMore) {
  const std::map<std::string, Decisions> all = decisions_of_program();
  house::Counts over;
  for (const auto& [name, own] : all)
    if (own.all > kDecisions) over[name] = own.all;
  house::expect_no_more(
      over, "decisions.txt",
      "a function has at most 25 decisions: give its parts names, or make rows of "
      "a table of what it tells apart, or ask why the list has to grow");
}

// Else what is marked as a switch by nature could become anything.
TEST(Decisions, WhatIsListedAsASwitchHasFewBesides) {
  const std::map<std::string, Decisions> all = decisions_of_program();
  for (const auto& [name, row] : house::list_of("decisions.txt")) {
    const auto own = all.find(name);
    if (row.note != kSwitch || own == all.end()) continue;
    EXPECT_LE(own->second.all - own->second.cases, kDecisions)
        << name << " decides much besides its cases: make functions of these";
  }
}

}  // namespace
}  // namespace fnlint::decisions_test
