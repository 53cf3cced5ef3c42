// How many methods a class may have: a method is what the class's own body declares with
// parameters, each overload for itself, in whichever file it is defined. Classes that had more when
// this was first asked stand in classes.txt.
#include "tests/house/shrinking_list.h"
#include "tests/house/sources.h"

#include <gtest/gtest.h>

#include <regex>
#include <string>
#include <string_view>

namespace fnlint::classes_test {
namespace {

constexpr std::size_t kMethods = 40;

using house::Counts;

// "State" of `class State final : public Base`, "CodeReach::State" of `struct CodeReach::State`;
// what stands in angles (`template <class T>`) is none.
std::string name_of_type(std::string_view head) {
  static const std::regex kType(R"(\b(class|struct|union)\s+([\w:]*\w))");
  std::string text;
  int angles = 0;
  for (const char c : head) {
    angles += c == '<';
    text += angles > 0 ? ' ' : c;
    angles -= c == '>';
  }
  std::smatch match;
  return std::regex_search(text, match, kType) ? match[2].str() : std::string();
}

bool is_method(std::string_view head) {
  for (const char* word : {"friend", "using", "typedef", "static_assert"})
    if (house::has_word(head, word)) return false;
  if (head.find("operator") != head.npos) return true;
  const std::size_t open = house::parameters_of(head);
  return open != head.npos && head.substr(open, 2) != "(*";
}

void count_methods(std::string_view body, const std::string& name, Counts& found);

// Counts what a class has for the member whose brace opens at `i`; where the scan goes on, at its
// last brace. `from` is where the next member begins.
std::size_t take_braced(std::string_view body, std::size_t i, std::size_t& from,
                        const std::string& name, Counts& found) {
  const std::string_view head = house::without_access(body.substr(from, i - from));
  const std::size_t end = house::closed(body, i);
  const std::size_t open = house::parameters_of(head);
  if (!house::has_word(head, "enum") && house::is_type_head(head))
    count_methods(body.substr(i + 1, end - i - 2), name + "::" + name_of_type(head), found);
  else if (open != head.npos && house::initialises_member(head, open))
    return end - 1;
  else if (is_method(head))
    ++found[name];
  from = end;
  return end - 1;
}

void count_methods(std::string_view body, const std::string& name, Counts& found) {
  std::size_t from = 0;
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (body[i] == '(') {
      i = house::closed(body, i) - 1;
    } else if (body[i] == '{') {
      i = take_braced(body, i, from, name, found);
    } else if (body[i] == ';') {
      if (is_method(house::without_access(body.substr(from, i - from)))) ++found[name];
      from = i + 1;
    }
  }
}

// "FILE CLASS" to its methods.
Counts methods_in(const std::string& file, std::string_view text) {
  Counts found;
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ';' || text[i] == '}') from = i + 1;
    if (text[i] == '(') i = house::closed(text, i) - 1;
    if (text[i] != '{') continue;
    const std::string_view head = text.substr(from, i - from);
    from = i + 1;
    if (house::has_word(head, "namespace")) continue;
    const std::size_t end = house::closed(text, i);
    if (house::is_type_head(head) && !house::has_word(head, "enum"))
      count_methods(text.substr(i + 1, end - i - 2), file + ' ' + name_of_type(head), found);
    i = end - 1;
    from = end;
  }
  return found;
}

TEST(Classes, MethodsAreCountedAsTheyAreDeclared) {
  const Counts found = methods_in("a.h", house::bare(R"(namespace a {
class Row final : public Base<int> {
 public:
  explicit Row(int b) : b_{b} { take(b); }
  Row(const Row&) = delete;
  Row& operator=(const Row&) = delete;
  int b() const { return b_; }
  void set(int b);
  void set(int b, int c);
  friend bool operator==(const Row&, const Row&);
 private:
  struct Part { int c() { return 1; } int d = {}; };
  enum class Kind { A, B };
  void (*taken_)(int) = nullptr;
  std::function<void(int)> told_;
  int b_ = limit(1), c_{limit(2)};
};
template <class T> struct Row::Other { void e(); };
void Row::set(int b) { b_ = b; }
})"));
  EXPECT_EQ(found, (Counts{{"a.h Row", 6}, {"a.h Row::Other", 1}, {"a.h Row::Part", 1}}));
}

TEST(Classes, OnlyListedClassesHaveMoreMethods) {
  Counts over;
  for (const house::Source& source : house::sources_of_program())
    over.merge(methods_in(source.file, source.bare_text));
  std::erase_if(over, [](const auto& row) { return row.second <= kMethods; });
  house::expect_no_more(over, "classes.txt",
                        "a class has at most 40 methods: split it by concept (what uses the same "
                        "members is a class of its own; what uses none is a function), or ask why "
                        "the list has to grow");
}

}  // namespace
}  // namespace fnlint::classes_test
