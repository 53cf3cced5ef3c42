// The law of the folders: data flows one way, and the #include lines show it. What CMake's link
// lists allow is said there; this holds header-only use to the same.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = FNLINT_SOURCE_DIR;

// What each folder may include besides itself.
const std::map<std::string, std::vector<std::string>, std::less<>> kMayInclude{
    {"core", {}},
    {"model", {"core"}},
    {"tables", {"core", "model"}},
    {"values", {"core", "model"}},
    {"flow", {"core", "model", "values", "tables"}},
    {"frontends/documents", {"core", "model"}},
    // source: how a text is parsed by a grammar, syntax.h.
    {"frontends/templates", {"core", "model", "frontends/documents", "frontends/source"}},
    {"frontends/source", {"core", "model"}},
    {"frontends/clang", {"core", "model", "frontends/documents", "frontends/source"}},
    {"frontends/packages", {"core", "model", "frontends/documents"}},
    // documents: YAML in texts that templates put together.
    {"link",
     {"core", "model", "values", "flow", "tables", "frontends/documents", "frontends/packages"}},
    {"deploy", {"core", "model", "values", "tables", "frontends/packages"}},
    {"checks", {"core", "model", "values", "tables"}},
    {"policies", {"core", "model", "values", "tables", "checks"}},
    {"report", {"core", "model"}},
    {"app",
     {"core", "model", "tables", "values", "flow", "link", "deploy", "checks", "policies", "report",
      "frontends/documents", "frontends/templates", "frontends/source", "frontends/clang",
      "frontends/packages"}},
};

std::vector<std::string> lines_of(const fs::path& file) {
  std::ifstream stream(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<fs::path> files_of(std::string_view folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(kRoot / folder)) {
    const auto extension = entry.path().extension();
    if (extension == ".h" || extension == ".cpp") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

// "model" of `#include "model/value.h"`; empty for any other line.
std::string included_folder(std::string_view line) {
  constexpr std::string_view kStart = "#include \"";
  if (!line.starts_with(kStart)) return {};
  line.remove_prefix(kStart.size());
  const auto slash = line.substr(0, line.find('"')).rfind('/');
  return slash == line.npos ? "(not rooted at the repository)" : std::string(line.substr(0, slash));
}

std::string without_comment(std::string_view line) {
  return std::string(line.substr(0, line.find("//")));
}

TEST(Layering, EveryIncludePointsDownTheFlowOfData) {
  for (const auto& [folder, allowed] : kMayInclude) {
    for (const fs::path& file : files_of(folder)) {
      for (const std::string& line : lines_of(file)) {
        const std::string target = included_folder(line);
        if (target.empty() || target == folder) continue;
        EXPECT_TRUE(std::ranges::find(allowed, target) != allowed.end())
            << fs::relative(file, kRoot) << " must not include " << target << ": " << line;
      }
    }
  }
}

TEST(Layering, EveryFolderOfSourcesHasItsPlaceInTheLaw) {
  for (const auto& entry : fs::directory_iterator(kRoot / "frontends")) {
    if (entry.is_directory()) {
      EXPECT_TRUE(kMayInclude.contains("frontends/" + entry.path().filename().string())) << entry;
    }
  }
}

TEST(Layering, FoldersAreAtMostTwoLevelsDeep) {
  for (const auto& [folder, allowed] : kMayInclude) {
    if (folder == "frontends") continue;
    for (const auto& entry : fs::directory_iterator(kRoot / folder))
      EXPECT_FALSE(entry.is_directory()) << entry.path() << " is a third level";
  }
}

// An SDK's meaning is a row of data/models, never a branch of a frontend: cached facts would age
// with it.
TEST(Layering, SourceFrontendsNameNoService) {
  constexpr std::string_view kServices[] = {"boto3",      "aws-sdk", "aws_sdk", "dynamodb",
                                            "powertools", "middy",   "sqs",     "put_object"};
  for (const fs::path& file : files_of("frontends/source")) {
    for (const std::string& line : lines_of(file)) {
      std::string text = without_comment(line);
      for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
      for (const std::string_view service : kServices)
        EXPECT_EQ(text.find(service), std::string::npos)
            << fs::relative(file, kRoot) << ": " << line;
    }
  }
}

TEST(Sources, NoFileIsLongerThan800Lines) {
  for (const auto& [folder, allowed] : kMayInclude)
    for (const fs::path& file : files_of(folder))
      EXPECT_LE(lines_of(file).size(), 800U) << fs::relative(file, kRoot);
}

TEST(Lock, NamesNoRegistryAndPinsByHash) {
  std::size_t packages = 0, hashes = 0;
  for (const std::string& line : lines_of(kRoot / "package-lock.json")) {
    EXPECT_EQ(line.find("\"resolved\""), std::string::npos) << line;
    packages += line.find("\"node_modules/") != std::string::npos;
    hashes += line.find("\"integrity\": \"sha512-") != std::string::npos;
  }
  EXPECT_GT(packages, 0U);
  EXPECT_EQ(packages, hashes);
}

}  // namespace
