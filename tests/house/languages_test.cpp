// What a language does is a row of model/language_traits.h, and the walk asks for that: no language
// stands in flow/ by its name.
#include "model/language_traits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>

namespace fnlint::languages_test {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = FNLINT_SOURCE_DIR;

constexpr std::string_view kQualifier = "Language::";

// A name of a language; not `Language::Unknown`, which is none.
bool names_language(std::string_view line) {
  for (std::size_t at = line.find(kQualifier); at != line.npos; at = line.find(kQualifier, at + 1))
    if (!line.substr(at + kQualifier.size()).starts_with("Unknown")) return true;
  return false;
}

// Files that name one. There are none, and none is added.
const std::set<std::string> kExceptions;

TEST(Languages, TheWalkNamesNone) {
  std::set<std::string> naming;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "flow")) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".cpp" && extension != ".h") continue;
    std::ifstream stream(entry.path());
    for (std::string line; std::getline(stream, line);)
      if (names_language(line)) naming.insert(fs::relative(entry.path(), kRoot).string());
  }
  EXPECT_EQ(naming, kExceptions) << "what the language does is a trait: model/language_traits.h";
}

TEST(Languages, NamesAreFound) {
  EXPECT_TRUE(names_language("Language::Unknown || language == Language::Go"));
  EXPECT_FALSE(names_language("Language spoken = Language::Unknown;"));
  EXPECT_FALSE(names_language("using enum LanguageTraits::Kind;"));
}

TEST(Languages, EachHasARowUnderItsWord) {
  std::set<std::string_view> words;
  for (std::size_t i = 1; i < trait_rows::kRows.size(); ++i) {
    EXPECT_FALSE(trait_rows::kRows[i].word.empty());
    EXPECT_TRUE(words.insert(trait_rows::kRows[i].word).second) << trait_rows::kRows[i].word;
  }
  EXPECT_TRUE(traits(Language::Unknown).word.empty());
}

}  // namespace
}  // namespace fnlint::languages_test
