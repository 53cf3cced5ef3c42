// describe() makes words for messages and cuts them: what is decided or told apart is asked of the
// value itself (values/yes_no.h, values/whole_text.h). whole_words() cuts nothing, but a word in it
// may be of anything: places that search it when this was first asked stand in searched_words.txt.
#include "tests/house/shrinking_list.h"
#include "tests/house/sources.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint::shown_words_test {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = FNLINT_SOURCE_DIR;

// Whether the text compares or searches: in a condition, or by a member of texts.
bool decides(const std::string& text) {
  static const std::regex kDecides(
      R"(==|!=|&&|\|\||\b(if|while)\b)"
      R"(|\.(find|find_first_of|rfind|starts_with|ends_with|contains)\(|\b(has|is)_\w+\()");
  return std::regex_search(text, kDecides);
}

// What a function then does with the variable in which the words are kept.
bool is_searched(const std::string& body, const std::string& variable) {
  return std::regex_search(body, std::regex("\\b" + variable +
                                            R"(\s*(==|!=|\.(find|find_first_of|rfind|)"
                                            R"(starts_with|ends_with|contains)\())"));
}

// The statement up to `end` in which `at` stands, without the conditions of which it hangs.
std::string statement_around(std::string_view body, std::size_t at, std::size_t end) {
  const std::size_t before = body.find_last_of(";{}", at);
  std::size_t from = before == body.npos ? 0 : before + 1;
  for (std::size_t open = body.find('(', from); open < at; open = body.find('(', from)) {
    const std::string_view head = body.substr(from, open - from);
    const std::size_t behind = house::closed(body, open);
    if ((!house::has_word(head, "if") && !house::has_word(head, "while")) || behind > at) break;
    from = behind;
  }
  return std::string(body.substr(from, end - from));
}

// How many calls of whole_words() in a function are such that something hangs on the words.
std::size_t searches_in(std::string_view body) {
  static const std::regex kKept(R"((\w+)\s*=[^=])");
  std::size_t found = 0;
  for (std::size_t at = body.find("whole_words("); at != body.npos;
       at = body.find("whole_words(", at + 1)) {
    if (at > 0 && house::is_name(body[at - 1])) continue;
    const std::size_t end = std::min(body.find_first_of(";{", at), body.size());
    const std::string statement = statement_around(body, at, end);
    std::smatch kept;
    found += decides(statement) ||
             (std::regex_search(statement, kept, kKept) && is_searched(std::string(body), kept[1]));
  }
  return found;
}

TEST(ShownWords, DecideNothing) {
  const std::regex compares(
      R"(lower\(describe\()"
      R"(|[^_a-z]describe\([^;]*\)\s*(==|!=|\.(find|rfind|starts_with|ends_with|contains)\())");
  std::vector<std::string> found;
  for (const char* folder : {"checks", "link", "flow", "policies", "deploy"})
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      const std::string extension = entry.path().extension().string();
      if (extension != ".cpp" && extension != ".h") continue;
      std::ifstream stream(entry.path());
      for (std::string line; std::getline(stream, line);)
        if (line.find("describe(") != std::string::npos && std::regex_search(line, compares))
          found.push_back(fs::relative(entry.path(), kRoot).string() + ": " + line);
    }
  EXPECT_EQ(found, std::vector<std::string>{});
}

TEST(ShownWords, SearchesOfWholeWordsAreFound) {
  EXPECT_EQ(searches_in("bool a() { return whole_words(pool, b).find(c) != d; }"), 1U);
  EXPECT_EQ(searches_in("bool a() { if (has_any_word(whole_words(pool, b), {  })) c(); }"), 1U);
  EXPECT_EQ(searches_in("bool a() { const auto w = lower(whole_words(p, b)); return w.find(c); }"),
            1U);
  EXPECT_EQ(searches_in("int a() { const auto w = whole_words(p, b); return hole(w, cat(w)); }"),
            0U);
  EXPECT_EQ(searches_in("int a() { if (b == c) return hole(cat(whole_words(p, b))); }"), 0U);
}

TEST(ShownWords, OnlyListedPlacesSearchWholeWords) {
  house::Counts found;
  for (const house::Source& source : house::sources_of_program()) {
    if (source.text.find("whole_words(") == std::string::npos || source.file.starts_with("values/"))
      continue;
    for (const house::Function& row : house::functions_of(source.bare_text))
      found[source.file + ' ' + row.name] +=
          searches_in(std::string_view(source.bare_text).substr(row.begin, row.end - row.begin));
  }
  std::erase_if(found, [](const auto& row) { return row.second == 0; });
  house::expect_no_more(found, "searched_words.txt",
                        "words decide nothing: ask the value itself (for_each_below, its origin, "
                        "opcode and literals), or ask why the list has to grow");
}

}  // namespace
}  // namespace fnlint::shown_words_test
