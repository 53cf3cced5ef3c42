// What the documents for those who work on fnlint say of its code: a name or a place in them that
// is not there any more leads a reader astray.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace fnlint::documents_test {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = FNLINT_SOURCE_DIR;

std::string text_of(const fs::path& path) {
  std::ifstream stream(path);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

// Pages about the code: those of rooms, and those of docs/ that are not for users.
std::vector<fs::path> pages() {
  std::vector<fs::path> pages{kRoot / "CONTRIBUTING.md", kRoot / "docs/architecture.md",
                              kRoot / "docs/glossary.md", kRoot / "docs/models.md"};
  for (const char* folder :
       {"app", "checks", "docs/decisions", "docs/internals", "flow", "frontends", "link"})
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder))
      if (entry.path().extension() == ".md") pages.push_back(entry.path());
  return pages;
}

TEST(Documents, EverySourceThatAPageNamesIsThere) {
  // A name with a folder, of a source or a table: `link/stacks/arn.h`.
  const std::regex named("`([a-z_]+(?:/[a-z0-9_]+)+\\.(?:cpp|h|yaml|tsv))`");
  std::size_t names = 0;
  for (const fs::path& page : pages()) {
    const std::string text = text_of(page);
    for (std::sregex_iterator at(text.begin(), text.end(), named), end; at != end; ++at, ++names) {
      const std::string path = (*at)[1];
      if (path.find("runtime_preview") != path.npos || path.find("runtime-preview") != path.npos)
        continue;  // the example of a rule that is added
      EXPECT_TRUE(fs::exists(kRoot / path) || fs::exists(page.parent_path() / path) ||
                  fs::exists(page.parent_path().parent_path() / path))
          << fs::relative(page, kRoot) << " names " << path;
    }
  }
  EXPECT_GT(names, 100U);
}

// The site's generator takes braces outside of a block of code for an expression, and stops.
TEST(Documents, NoPageForUsersHasDoubleBracesInALineOfText) {
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "docs")) {
    if (entry.path().extension() != ".md") continue;
    std::ifstream stream(entry.path());
    bool block = false;
    for (std::string line; std::getline(stream, line);) {
      if (line.starts_with("```")) block = !block;
      const bool is_text = !block && !line.starts_with("    ");
      EXPECT_FALSE(is_text && line.find("{{") != line.npos && line.find("v-pre") == line.npos)
          << entry.path() << ": " << line;
    }
  }
}

TEST(Documents, EachTermOfTheGlossaryHasWhatItsRowNames) {
  const std::string text = text_of(kRoot / "docs/glossary.md");
  const std::regex row("\\| `([A-Za-z_]+)`, `([a-z_/]+\\.h|tests/[a-z_/]+\\.cpp)` \\|");
  std::size_t rows = 0;
  for (std::sregex_iterator at(text.begin(), text.end(), row), end; at != end; ++at, ++rows) {
    const std::string header = text_of(kRoot / (*at)[2].str());
    EXPECT_TRUE(std::regex_search(header, std::regex("\\b" + (*at)[1].str() + "\\b")))
        << (*at)[1] << " is not in " << (*at)[2];
  }
  EXPECT_GE(rows, 60U);
}

}  // namespace
}  // namespace fnlint::documents_test
