// Tables that stand in code: lists in braces of eight or more rows, half of them with a text or
// more, and nothing in them but what is known when the program is compiled. What the world outside
// has (services, tools, formats) is a file of data/ with its source; what stood in code when this
// was first asked stands in code_tables.txt.
#include "tests/house/shrinking_list.h"
#include "tests/house/sources.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint::code_tables_test {
namespace {

constexpr std::size_t kRows = 8;

using house::Counts;

// What stands in braces, cut at its own commas; `has_statements`: it is a block.
struct Braces {
  std::vector<std::string_view> rows = {};
  bool has_statements = false;
};

Braces braces_of(std::string_view inside) {
  Braces braces;
  int depth = 0;
  std::size_t from = 0;
  const auto add = [&](std::size_t end) {
    const std::string_view row = inside.substr(from, end - from);
    if (row.find_first_not_of(" \n") != row.npos) braces.rows.push_back(row);
    from = end + 1;
  };
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (std::string_view("({[").find(inside[i]) != std::string_view::npos) ++depth;
    if (std::string_view(")}]").find(inside[i]) != std::string_view::npos) --depth;
    if (depth != 0) continue;
    if (inside[i] == ',') add(i);
    braces.has_statements = braces.has_statements || inside[i] == ';';
  }
  add(inside.size());
  return braces;
}

// Whether all names are those of types, constants and enumerators.
bool is_constant(std::string_view list) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!house::is_name(list[i])) continue;
    const std::size_t begin = i;
    while (i + 1 < list.size() && house::is_name(list[i + 1])) ++i;
    const std::string_view word = list.substr(begin, i + 1 - begin);
    const bool is_scope = list.substr(i + 1, 2) == "::";
    const bool is_in_scope = begin > 1 && list.substr(begin - 2, 2) == "::";
    const bool is_field = begin > 0 && list[begin - 1] == '.';
    const bool is_known = word == "true" || word == "false" || word == "nullptr";
    if (std::islower(static_cast<unsigned char>(word[0])) != 0 && !is_scope && !is_in_scope &&
        !is_field && !is_known && !(word.size() > 1 && word[0] == 'k' && std::isupper(word[1])))
      return false;
  }
  return true;
}

bool is_table(std::string_view head, std::string_view inside, const Braces& braces) {
  if (braces.has_statements || braces.rows.size() < kRows) return false;
  const std::size_t with_text = static_cast<std::size_t>(std::ranges::count_if(
      braces.rows, [](std::string_view row) { return row.find('"') != row.npos; }));
  const bool is_record = braces.rows[0].substr(braces.rows[0].find_first_not_of(" \n"))[0] == '.';
  return with_text * 2 >= braces.rows.size() && !is_record &&
         (house::has_word(head, "constexpr") || house::has_word(head, "static") ||
          is_constant(inside));
}

// The constant that a statement makes, if this is its beginning.
std::string constant_of(std::string_view head) {
  static const std::regex kConstant(R"(\b(k[A-Z]\w*)\s*(\[[^\]]*\]\s*)*(=[^=]|[={(]?$|[{(]))");
  std::cmatch match;
  return std::regex_search(head.data(), head.data() + head.size(), match, kConstant)
             ? match[1].str()
             : std::string();
}

// What a list is called that has no name of its own: by the function in which it stands.
std::string place_of(std::string_view head, const std::vector<house::Function>& functions,
                     std::size_t at) {
  static const std::regex kNamed(R"((\w+)\s*(\[[^\]]*\]\s*)*([={(]|$))");
  for (const house::Function& function : functions)
    if (function.begin <= at && at < function.end) return function.name;
  std::cmatch match;
  return std::regex_search(head.data(), head.data() + head.size(), match, kNamed)
             ? match[1].str()
             : "(without a name)";
}

// A brace that is open: whether it is a block's, where the statement began to which it belongs, and
// which constant that makes (`kRows = [] { return ...; }()`).
struct Open {
  bool is_block = false;
  std::size_t from = 0;
  std::string constant = {};
};

// "FILE NAME" to the rows of all lists of that name.
void add_tables(const std::string& file, const std::string& text, Counts& found) {
  const std::string with_texts = house::bare(text, '"');
  const std::string_view all = with_texts;
  const std::vector<house::Function> functions = house::functions_of(house::bare(text));
  std::vector<Open> open;
  std::size_t from = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i] == ';') from = i + 1;
    if (all[i] == '}' && !open.empty()) {
      from = open.back().is_block && (open.size() < 2 || open[open.size() - 2].is_block)
                 ? i + 1
                 : open.back().from;
      open.pop_back();
    }
    if (all[i] != '{') continue;
    const std::size_t end = house::closed(all, i);
    const std::string_view inside = all.substr(i + 1, end - i - 2),
                           head = all.substr(from, i - from);
    const Braces braces = braces_of(inside);
    // `Row{"a", "b"}` among the few rows of a list.
    const bool is_row =
        !open.empty() && !open.back().is_block && i > 0 && house::is_name(all[i - 1]);
    if (!is_row && is_table(head, inside, braces)) {
      std::string name = constant_of(head);
      if (name.empty() && !open.empty()) name = open.back().constant;
      if (name.empty()) name = place_of(head, functions, i);
      found[file + ' ' + name] += braces.rows.size();
      i = end - 1;
      continue;
    }
    const bool is_block = braces.has_statements || house::has_word(head, "namespace") ||
                          house::parameters_of(head) != head.npos;
    open.push_back({is_block, from, is_block ? constant_of(head) : std::string()});
    if (is_block) from = i + 1;
  }
}

TEST(CodeTables, AreFoundByTheirRows) {
  Counts found;
  add_tables("a.cpp", R"x(namespace a {
constexpr std::array<std::string_view, 8> kNames{"a", "b", "c", "d", "e", "f", "g", "h,i"};
constexpr Row kRows[] = {
    {"a", 1}, {"b", 2}, {"c", 3}, {"d", 4}, {"e", 5}, {"f", 6}, {"g", 7}, {"h", take_h},
    {"i, j", 9},  // {"k", 10}
};
constexpr int kNumbers[] = {1, 2, 3, 4, 5, 6, 7, 8};
constexpr std::array<Row, 8> kDeep{{{"a"}, {"b"}, {"c"}, {"d"}, {"e"}, {"f"}, {"g"}, {"h"}}};
constexpr std::array kFew{"a", "b", "c", "d", "e", "f", "g"};
void write(int b) {
  const auto known = [&](int c) { return c == b; };
  if (is_in(b, {"a", "b", "c", "d", "e", "f", "g", "h"})) { known(b); }
  say({"a", b, "c", b, "e", b, "g", b});
  say(Row{.a = "a", .b = "b", .c = "c", .d = "d", .e = "e", .f = "f", .g = "g", .h = "h"});
}
})x",
             found);
  EXPECT_EQ(
      found,
      (Counts{{"a.cpp kDeep", 8}, {"a.cpp kNames", 8}, {"a.cpp kRows", 9}, {"a.cpp write", 8}}));
}

TEST(CodeTables, OnlyListedOnesStandInCode) {
  Counts found;
  for (const house::Source& source : house::sources_of_program())
    if (!source.file.starts_with("tables/")) add_tables(source.file, source.text, found);
  house::expect_no_more(found, "code_tables.txt",
                        "what the world outside has is a file of data/ (of data/known/, if it is "
                        "names alone) with its source: move the table there, or ask why the list "
                        "has to grow");
}

}  // namespace
}  // namespace fnlint::code_tables_test
