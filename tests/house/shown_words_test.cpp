// describe() makes words for messages and cuts them: what is decided or told apart is asked of the
// value itself (values/yes_no.h, values/whole_text.h).
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

namespace fnlint::shown_words_test {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = FNLINT_SOURCE_DIR;

TEST(ShownWords, DecideNothing) {
  const std::regex compares(
      R"(lower\(describe\()"
      R"(|[^_a-z]describe\([^;]*\)\s*(==|!=|\.(find|rfind|starts_with|ends_with|contains)\())");
  std::vector<std::string> found;
  for (const char* folder : {"checks", "link", "flow", "policies", "deploy"})
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      const std::string extension = entry.path().extension().string();
      if (extension != ".cpp" && extension != ".h") continue;
      std::ifstream stream(entry.path());
      for (std::string line; std::getline(stream, line);)
        if (line.find("describe(") != std::string::npos && std::regex_search(line, compares))
          found.push_back(fs::relative(entry.path(), kRoot).string() + ": " + line);
    }
  EXPECT_EQ(found, std::vector<std::string>{});
}

}  // namespace
}  // namespace fnlint::shown_words_test
