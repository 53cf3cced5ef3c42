// How long functions may be, and how many parameters they may have. Those that had more when this
// was first asked stand in limits.txt, which only shrinks: a row names what is still over a limit,
// and what it names may not grow.
#include "tests/house/shrinking_list.h"
#include "tests/house/sources.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint::limits_test {
namespace {

constexpr std::size_t kLines = 60, kParameters = 6;

// "FILE FUNCTION lines" to how many; of functions of one name the largest.
house::Counts over_limits() {
  house::Counts over;
  for (const house::Source& source : house::sources_of_program())
    for (const house::Function& row : house::functions_of(source.bare_text)) {
      const auto note = [&](std::string_view what, std::size_t count, std::size_t most) {
        std::size_t& known = over[source.file + ' ' + row.name + ' ' + std::string(what)];
        known = std::max(known, count > most ? count : 0);
      };
      note("lines", row.lines, kLines);
      note("parameters", row.parameters, kParameters);
    }
  std::erase_if(over, [](const auto& row) { return row.second == 0; });
  return over;
}

TEST(Limits, FunctionsAreReadAsTheyStand) {
  const std::vector<house::Function> found =
      house::functions_of(house::bare(R"x(namespace a { namespace {
// void none() {
struct Row { int a = {}; Row(int b, std::map<int, int> c) : a{b}, d_(c) {} };
constexpr std::array kRows{Row{1, {}}};
const char* kText = R"(void text() { )";
template <class T>
bool compare(const T& a,
             const T& b) {
  return [&](int c, int d) {
    return c == d && a == '}';
  }(a, b);
}
}  // namespace
void Row::set() const { if (a) { b(); } }
enum class Word { A, B };
}
)x"));
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].name, "Row");
  EXPECT_EQ(found[0].parameters, 2U);
  EXPECT_EQ(found[1].name, "compare");
  EXPECT_EQ(found[1].lines, 7U);
  EXPECT_EQ(found[2].name, "Row::set");
  EXPECT_EQ(found[2].parameters, 0U);
}

TEST(Limits, OnlyListedFunctionsAreLongerOrTakeMore) {
  house::expect_no_more(over_limits(), "limits.txt",
                        "a function has at most 60 lines and 6 parameters: give its parts names of "
                        "their own, or what they share a type");
}

}  // namespace
}  // namespace fnlint::limits_test
