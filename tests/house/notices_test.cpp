// THIRD_PARTY_NOTICES.md names what a binary holds: a row for each library that the build takes from
// the distribution or from npm, and none for what it no longer takes.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace fnlint::notices_test {
namespace {

namespace fs = std::filesystem;

// What scripts/setup.sh installs to build with; no binary holds these.
const std::set<std::string> kTools{"g++", "cmake", "ninja-build", "npm", "ca-certificates"};

std::string text_of(const fs::path& path) {
  std::ifstream stream(fs::path(FNLINT_SOURCE_DIR) / path);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::set<std::string> all_matches(const std::string& text, const std::regex& pattern) {
  std::set<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at)
    found.insert((*at)[1]);
  return found;
}

std::set<std::string> libraries() {
  std::smatch list;
  const std::string setup = text_of("scripts/setup.sh");
  EXPECT_TRUE(std::regex_search(setup, list, std::regex(R"(\npackages=\(([^)]*)\))")));
  std::set<std::string> names = all_matches(list[1], std::regex(R"(([^\s]+))"));
  for (const std::string& tool : kTools) EXPECT_EQ(names.erase(tool), 1U) << tool;

  const std::string manifest = text_of("package.json");
  const std::string dependencies = manifest.substr(manifest.find("\"devDependencies\""));
  names.merge(all_matches(dependencies, std::regex("\"([^\"]+)\": \"[0-9]")));
  return names;
}

TEST(Notices, NameEveryLibraryThatABinaryHolds) {
  const std::string notices = text_of("THIRD_PARTY_NOTICES.md");
  const std::set<std::string> named =
      all_matches(notices, std::regex(R"(\n\| [^|]+ \| ([^|\s]+) \| [^|]+ \| [^|]+ \| [^|]+ \|)"));
  const std::set<std::string> held = libraries();
  EXPECT_GT(held.size(), 20U);
  for (const std::string& name : held)
    EXPECT_TRUE(named.contains(name)) << name << " has no row in THIRD_PARTY_NOTICES.md";
  for (const std::string& name : named)
    EXPECT_TRUE(name == "package" || held.contains(name)) << name << " is not built with";
}

// What CMake looks for is what setup.sh installs: nothing else may come in unnamed.
TEST(Notices, EveryLibraryOfTheBuildIsInstalledByTheScript) {
  const std::string cmake = text_of("CMakeLists.txt");
  const std::set<std::string> looked_for =
      all_matches(cmake, std::regex(R"(find_(?:library|path)\(FNLINT_([A-Z0-9_]+))"));
  const std::set<std::string> known{"LIBYAML", "YAML_CPP", "RE2",   "ZLIB",   "PUGIXML",
                                    "PUGIXML_HEADERS",     "NLOHMANN", "TOML", "CLI11",
                                    "XXHASH",  "ROBIN_MAP", "FMT",  "JEMALLOC",
                                    // Of fnlint-clang, which the notices name beside the table.
                                    "CLANG_HEADERS", "CLANG_CPP", "LLVM_LIBRARY"};
  EXPECT_EQ(looked_for, known) << "a new library: add it to scripts/setup.sh, to the notices and here";
  const std::set<std::string> packages =
      all_matches(cmake, std::regex(R"(find_package\(([A-Za-z0-9]+))"));
  EXPECT_EQ(packages, (std::set<std::string>{"Threads", "fmt", "GTest"}));
}

}  // namespace
}  // namespace fnlint::notices_test
