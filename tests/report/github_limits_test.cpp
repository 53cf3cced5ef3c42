// GitHub shows ten annotations of a level and step, and says nothing of the others.
#include "tests/report/sample.h"

#include <gtest/gtest.h>

#include <sstream>

namespace fnlint::github_limits_test {
namespace {

using test::Sample;

Sample many(int errors, int notes) {
  Sample sample;
  const FileId file = sample.file("a.py", "x\n");
  for (int i = 0; i < errors; ++i)
    sample.add("loop-s3-recursion", {file, {0, 1}}, "m" + std::to_string(i));
  for (int i = 0; i < notes; ++i)
    sample.add("loop-s3-recursion", {file, {0, 1}}, "n" + std::to_string(i)).confidence =
        Confidence::Possible;
  return sample;
}

std::vector<std::string> lines(Sample& sample) {
  std::vector<std::string> all;
  std::istringstream stream(github_report(sample.arranged()));
  for (std::string line; std::getline(stream, line);) all.push_back(line);
  return all;
}

TEST(GitHubLimits, TheLastThatIsShownSaysHowManyAreNot) {
  Sample sample = many(13, 10);
  const std::vector<std::string> all = lines(sample);
  ASSERT_EQ(all.size(), 23U);  // the log has them all
  EXPECT_TRUE(
      all[9].ends_with("%0AGitHub shows no more of these: 3 other errors are in the summary or the "
                       "log of this job."))
      << all[9];
  for (std::size_t i = 0; i < all.size(); ++i)
    EXPECT_EQ(all[i].find("GitHub shows no more") == std::string::npos, i != 9) << all[i];
  EXPECT_EQ(hidden_annotations(sample.report), 3U);
}

TEST(GitHubLimits, TenOfEachLevelAreShown) {
  Sample sample = many(10, 10);
  EXPECT_EQ(hidden_annotations(sample.arranged()), 0U);
  for (const std::string& line : lines(sample))
    EXPECT_EQ(line.find("GitHub shows no more"), std::string::npos);
}

TEST(GitHubLimits, ProblemsAreCountedWithTheFindings) {
  Sample sample = many(10, 0);
  sample.report.problems = {{{FileId{0}, {0, 1}}, "not readable", Severity::Error}};
  EXPECT_EQ(hidden_annotations(sample.arranged()), 1U);
  EXPECT_NE(lines(sample)[9].find("1 other error is"), std::string::npos);
}

TEST(GitHubLimits, ThatCodeWasNotReadIsTheFirstOfTheWarnings) {
  Sample sample = many(1, 0);
  for (int i = 0; i < 12; ++i)
    sample.add("loop-s3-recursion", {FileId{0}, {0, 1}}, "w" + std::to_string(i)).confidence =
        Confidence::Likely;
  sample.report.functions = sample.report.unread = 1;
  EXPECT_EQ(lines(sample)[1], "::warning title=not read::1 of 1 function: code not found");
  EXPECT_EQ(hidden_annotations(sample.report), 3U);
}

}  // namespace
}  // namespace fnlint::github_limits_test
