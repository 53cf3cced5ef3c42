// Units that include each other in a circle can only be understood, built and tested together.
// There are some, from before anything looked; the budget only ever shrinks.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint::include_circles_test {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = FNLINT_SOURCE_DIR;

constexpr std::size_t kCircles = 0;  // at most, with so many units in them
constexpr std::size_t kUnits = 0;

// A unit is a header with the source of its name: "link/roles". What each includes.
using Includes = std::map<std::string, std::set<std::string>>;

std::string unit_of(const fs::path& file) { return fs::path(file).replace_extension().string(); }

void add_includes(const fs::path& file, Includes& includes) {
  constexpr std::string_view kStart = "#include \"";
  std::set<std::string>& own = includes[unit_of(fs::relative(file, kRoot))];
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);)
    if (line.starts_with(kStart))
      own.insert(unit_of(line.substr(kStart.size(), line.rfind('"') - kStart.size())));
}

Includes includes_of_program() {
  Includes includes;
  for (const char* folder : {"core", "model", "tables", "values", "flow", "frontends", "link",
                             "deploy", "checks", "policies", "report", "app"})
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      const auto extension = entry.path().extension();
      if (extension == ".h" || extension == ".cpp") add_includes(entry.path(), includes);
    }
  return includes;
}

std::set<std::string> reached_from(const std::string& unit, const Includes& includes) {
  std::set<std::string> reached;
  std::vector<std::string> open{unit};
  while (!open.empty()) {
    const auto own = includes.find(open.back());
    open.pop_back();
    if (own == includes.end()) continue;
    for (const std::string& next : own->second)
      if (next != own->first && reached.insert(next).second) open.push_back(next);
  }
  return reached;
}

// Each with all of its units.
std::set<std::set<std::string>> circles_in(const Includes& includes) {
  std::map<std::string, std::set<std::string>> reached;
  for (const auto& [unit, own] : includes) reached[unit] = reached_from(unit, includes);
  std::set<std::set<std::string>> circles;
  for (const auto& [unit, all] : reached) {
    if (!all.contains(unit)) continue;
    std::set<std::string> circle;
    for (const std::string& other : all)
      if (const auto back = reached.find(other);
          back != reached.end() && back->second.contains(unit))
        circle.insert(other);
    circles.insert(circle);
  }
  return circles;
}

TEST(IncludeCircles, AreNoMoreThanTheBudget) {
  const std::set<std::set<std::string>> circles = circles_in(includes_of_program());
  std::size_t units = 0;
  std::string words;
  for (const std::set<std::string>& circle : circles) {
    units += circle.size();
    words += "\n";
    for (const std::string& unit : circle) words += " " + unit;
  }
  EXPECT_LE(circles.size(), kCircles) << words;
  EXPECT_LE(units, kUnits) << words;
}

TEST(IncludeCircles, AreFound) {
  const Includes includes{{"a", {"a", "b"}}, {"b", {"c"}}, {"c", {"b", "d"}}, {"d", {}}};
  EXPECT_EQ(circles_in(includes), (std::set<std::set<std::string>>{{"b", "c"}}));
}

}  // namespace
}  // namespace fnlint::include_circles_test
