// What a suppression comment says, and mistakes in one.

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
  EXPECT_EQ(read_suppression("/**\n * fnlint: ignore[a]\n */")->rules, Rules{"a"});
}

TEST(SuppressionComment, WithoutBracketsNamesNoRules) {
  EXPECT_EQ(read_suppression("# fnlint: ignore[all]")->rules, Rules{"ALL"});
  EXPECT_EQ(read_suppression("# fnlint: ignore")->rules, Rules{});
  EXPECT_EQ(read_suppression("# fnlint: ignore generated")->rules, Rules{});
  EXPECT_EQ(read_suppression("# fnlint: ignore generated")->reason, "generated");
  EXPECT_EQ(read_suppression("# fnlint: ignore: generated")->reason, "generated");
  EXPECT_EQ(read_suppression("/* fnlint: ignore */")->reason, "");
  EXPECT_TRUE(read_suppression("# fnlint: ignore-file generated")->whole_file);
}

TEST(SuppressionComment, MayBeForTheWholeFile) {
  const auto text = read_suppression("# fnlint: ignore-file[init-] a script");
  EXPECT_TRUE(text->whole_file);
  EXPECT_EQ(text->rules, Rules{"init-"});
}

TEST(SuppressionComment, OtherCommentsSayNothing) {
  for (const char* comment :
       {"# fnlint is good", "# notfnlint: ignore[a]", "# my-fnlint: ignore[a]", "# noqa", "#", "",
        "# fnlint: see the manual", "# linted by fnlint: it found a loop"})
    EXPECT_FALSE(read_suppression(comment)) << comment;
}

std::string mistake(std::string_view comment) {
  const auto text = read_suppression(comment);
  EXPECT_TRUE(text && text->rules.empty()) << comment;
  return text ? text->mistake : std::string();
}

TEST(SuppressionComment, DirectivesThatFnlintDoesNotHaveAreNamed) {
  EXPECT_TRUE(mistake("# fnlint: disable=runtime-deprecated")
                  .starts_with("unknown directive 'disable'; did you mean ignore[...]?"));
  for (const char* comment :
       {"# fnlint: disable-next-line runtime-deprecated", "# fnlint: ignore-next-line[a-b]",
        "// fnlint: ignroe[a-b]", "# fnlint: ignored", "# fnlint: noqa", "# fnlint: skip=a-b",
        "# fnlint: anything[a-b]"})
    EXPECT_TRUE(mistake(comment).starts_with("unknown directive '")) << comment;
}

TEST(SuppressionComment, BracketsHoldRules) {
  EXPECT_NE(mistake("# fnlint: ignore[never closed"), "");
  EXPECT_NE(mistake("# fnlint: ignore[]"), "");
  EXPECT_NE(mistake("# fnlint: ignore[a b]"), "");
  EXPECT_NE(mistake("# fnlint: ignore=a-b"), "");
  EXPECT_NE(mistake("# fnlint: ignore(a-b)"), "");
  EXPECT_EQ(read_suppression("#fnlint:ignore[ a-b ,CKV_AWS_116 ]")->rules,
            (Rules{"a-b", "CKV_AWS_116"}));
  EXPECT_EQ(read_suppression("# fnlint: ignore[checkov:CKV_AWS_116]")->rules,
            Rules{"checkov:CKV_AWS_116"});
}

}  // namespace
}  // namespace fnlint
