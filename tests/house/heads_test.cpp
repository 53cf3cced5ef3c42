// A source begins with what it is for: who looks for something reads heads before code.
#include "tests/house/sources.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint::heads_test {
namespace {

namespace fs = std::filesystem;

// Whether a comment stands before anything but includes and the beginning of namespaces. What is
// said to a tool is no comment.
bool has_head(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    line.erase(0, std::min(line.find_first_not_of(" \t\r"), line.size()));
    const bool is_for_tool = line.find("NOLINT") != line.npos || line.find("IWYU") != line.npos;
    if (line.starts_with("/*") || (line.starts_with("//") && !is_for_tool)) return true;
    if (!line.empty() && line[0] != '#' && !is_for_tool && !line.starts_with("namespace") &&
        !line.starts_with("using namespace"))
      return false;
  }
  return false;
}

bool is_own_source(const std::string& file) {
  return (file.ends_with(".cpp") || file.ends_with(".h")) &&
         !file.starts_with("tests/clang/projects/");
}

TEST(Heads, AreFound) {
  EXPECT_TRUE(has_head("// What it is for.\n#include <a>\n"));
  EXPECT_TRUE(has_head("#pragma once\n\n#include <a>\n/* What\n * it is for. */\nint a;\n"));
  EXPECT_TRUE(has_head("#include <a>\n\nnamespace a {\nnamespace {\n\n// What it is for.\n"));
  EXPECT_FALSE(has_head("#pragma once\nnamespace a {\nclass B;\n// What the next is for.\n"));
  EXPECT_FALSE(has_head("#include <a>  // for b\n// NOLINTBEGIN(x)\nint a;\n"));
  EXPECT_FALSE(has_head(""));
}

TEST(Heads, EverySourceSaysWhatItIsFor) {
  std::vector<std::string> silent;
  for (const char* folder : {"app", "benchmarks", "checks", "core", "deploy", "flow", "frontends",
                             "link", "model", "policies", "report", "tables", "tests", "values"})
    for (const auto& entry : fs::recursive_directory_iterator(house::kSourceRoot / folder)) {
      const std::string file = fs::relative(entry.path(), house::kSourceRoot).generic_string();
      if (is_own_source(file) && !has_head(house::text_of(entry.path()))) silent.push_back(file);
    }
  std::ranges::sort(silent);
  EXPECT_EQ(silent, std::vector<std::string>{})
      << "begin each with one to three lines that say what it is for and what it leaves out";
}

}  // namespace
}  // namespace fnlint::heads_test
