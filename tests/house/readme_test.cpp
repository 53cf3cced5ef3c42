// The recipe that docs/github.md gives for GitHub Actions, held to what makes it work: findings
// fail the action, and a step that fails keeps those after it from running.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>

namespace fnlint::readme_test {
namespace {

std::string text_of(const std::filesystem::path& path) {
  std::ifstream stream(std::filesystem::path(FNLINT_SOURCE_DIR) / path);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::string recipe() {
  const std::string page = text_of("docs/github.md");
  const std::size_t begin = page.find("# .github/workflows/fnlint.yml");
  EXPECT_NE(begin, std::string::npos);
  return page.substr(begin, page.find("```", begin) - begin);
}

TEST(Readme, TheRecipeUploadsAlertsWhereThereAreFindings) {
  const std::string steps = recipe();
  const std::size_t action = steps.find("uses: fnlint/fnlint@");
  const std::size_t upload = steps.find("codeql-action/upload-sarif@");
  ASSERT_NE(action, std::string::npos);
  ASSERT_LT(action, upload);
  EXPECT_NE(steps.substr(action, upload - action).find("sarif-file: "), std::string::npos);
  EXPECT_NE(steps.substr(action, upload - action).find("if: always()"), std::string::npos);
}

TEST(Readme, TheActionIsOfThisVersion) {
  const std::string build = text_of("CMakeLists.txt");
  std::smatch version;
  ASSERT_TRUE(std::regex_search(build, version, std::regex("project\\(fnlint VERSION ([0-9.]+)")));
  const std::string uses = "uses: fnlint/fnlint@v" + version[1].str() + "\n";
  EXPECT_NE(recipe().find(uses), std::string::npos);
  EXPECT_NE(text_of("README.md").find(uses), std::string::npos);
}

TEST(Readme, TheRecipeHasTheLeastPermissionsAndPinsWhatItUses) {
  const std::string steps = recipe();
  EXPECT_NE(steps.find("permissions:\n  contents: read\n"), std::string::npos);
  EXPECT_NE(steps.find("security-events: write"), std::string::npos);
  const std::regex use("uses: ([^@\\s]+)@([^\\s]+)"), commit("[0-9a-f]{40}");
  int uses = 0;
  for (std::sregex_iterator at(steps.begin(), steps.end(), use), end; at != end; ++at, ++uses)
    EXPECT_TRUE((*at)[1] == "fnlint/fnlint" || std::regex_match((*at)[2].str(), commit))
        << (*at)[0];
  EXPECT_GE(uses, 3);
}

}  // namespace
}  // namespace fnlint::readme_test
