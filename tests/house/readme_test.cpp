// The recipe that docs/github.md gives for GitHub Actions, held to what makes it work: a step that fails
// keeps those after it from running, and a run with findings fails.
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
  const std::size_t sarif = steps.find("--output-format sarif");
  const std::size_t upload = steps.find("codeql-action/upload-sarif@");
  const std::size_t annotations = steps.find("--output-format github");
  ASSERT_NE(sarif, std::string::npos);
  EXPECT_LT(sarif, upload);
  EXPECT_LT(upload, annotations) << "annotations fail where there are findings: they stand last";
  EXPECT_NE(steps.substr(sarif, upload - sarif).find("--exit-zero"), std::string::npos);
  EXPECT_NE(steps.substr(upload, annotations - upload).find("if: always()"), std::string::npos);
}

TEST(Readme, TheRecipeHasTheLeastPermissionsAndPinsWhatItUses) {
  const std::string steps = recipe();
  EXPECT_NE(steps.find("permissions:\n  contents: read\n"), std::string::npos);
  EXPECT_NE(steps.find("security-events: write"), std::string::npos);
  const std::regex use("uses: [^@\\s]+@([^\\s]+)");
  int uses = 0;
  for (std::sregex_iterator at(steps.begin(), steps.end(), use), end; at != end; ++at, ++uses)
    EXPECT_TRUE(std::regex_match((*at)[1].str(), std::regex("[0-9a-f]{40}"))) << (*at)[0];
  EXPECT_GE(uses, 3);
}

}  // namespace
}  // namespace fnlint::readme_test
