#include "model/suppression.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

using Rules = std::vector<std::string>;

TEST(SuppressionComment, NamesRulesAndAReason) {
  const auto text =
      read_suppression("# fnlint: ignore[loop-s3-recursion, state-] depth is counted");
  ASSERT_TRUE(text);
  EXPECT_FALSE(text->whole_file);
  EXPECT_EQ(text->rules, (Rules{"loop-s3-recursion", "state-"}));
  EXPECT_EQ(text->reason, "depth is counted");
}

TEST(SuppressionComment, MayStandInAnyKindOfCommentAndBehindOthers) {
  EXPECT_EQ(read_suppression("/* fnlint: ignore[a-b] why */")->reason, "why");
  EXPECT_EQ(read_suppression("// fnlint:ignore[a-b]")->rules, Rules{"a-b"});
  EXPECT_EQ(read_suppression("# noqa # fnlint: ignore[a-b]")->rules, Rules{"a-b"});
}

TEST(SuppressionComment, WithoutBracketsEveryRuleIsMeant) {
  EXPECT_EQ(read_suppression("# fnlint: ignore")->rules, Rules{"ALL"});
  EXPECT_EQ(read_suppression("# fnlint: ignore[all]")->rules, Rules{"ALL"});
  EXPECT_TRUE(read_suppression("# fnlint: ignore-file generated")->whole_file);
}

TEST(SuppressionComment, MayBeForTheWholeFile) {
  const auto text = read_suppression("# fnlint: ignore-file[init-] a script");
  EXPECT_TRUE(text->whole_file);
  EXPECT_EQ(text->rules, Rules{"init-"});
}

TEST(SuppressionComment, OtherCommentsSayNothing) {
  for (const char* comment : {"# fnlint is good", "# notfnlint: ignore[a]", "# fnlint: ignored",
                              "# fnlint: ignore[never closed", "# noqa"})
    EXPECT_FALSE(read_suppression(comment)) << comment;
}

}  // namespace
}  // namespace fnlint
