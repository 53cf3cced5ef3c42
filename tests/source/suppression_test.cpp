#include "frontends/source/suppression.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

using Rules = std::vector<std::string>;

SuppressionComment parsed(std::string_view comment) {
  const ParsedSuppression result = parse_suppression(comment, {10, 20});
  EXPECT_EQ(result.mistake, "");
  EXPECT_TRUE(result.comment.has_value()) << comment;
  return result.comment.value_or(SuppressionComment{});
}
bool is_silent(std::string_view comment) {
  const ParsedSuppression result = parse_suppression(comment, {});
  return !result.comment && result.mistake.empty();
}
std::string mistake(std::string_view comment) {
  const ParsedSuppression result = parse_suppression(comment, {});
  EXPECT_FALSE(result.comment.has_value()) << comment;
  return result.mistake;
}

TEST(Suppression, NamesItsRulesAndItsReason) {
  const SuppressionComment row = parsed("# fnlint: ignore[loop-s3-recursion] until 2027-01-01");
  EXPECT_EQ(row.rules, Rules{"loop-s3-recursion"});
  EXPECT_EQ(row.reason, "until 2027-01-01");
  EXPECT_EQ(row.reach, SuppressionReach::Line);
  EXPECT_EQ(row.where, (Range{10, 20}));
}

TEST(Suppression, NamesSeveralRules) {
  EXPECT_EQ(parsed("#fnlint:ignore[ a-b ,CKV_AWS_116 ]").rules, (Rules{"a-b", "CKV_AWS_116"}));
}

TEST(Suppression, CanSilenceTheWholeFile) {
  EXPECT_EQ(parsed("# fnlint: ignore-file[a]").reach, SuppressionReach::File);
}

TEST(Suppression, IsReadInEveryLanguagesComment) {
  EXPECT_EQ(parsed("// fnlint: ignore[a] why").reason, "why");
  EXPECT_EQ(parsed("/* fnlint: ignore[a] why */").reason, "why");
  EXPECT_EQ(parsed("/**\n * fnlint: ignore[a]\n */").rules, Rules{"a"});
}

TEST(Suppression, MayFollowAnotherToolsComment) {
  EXPECT_EQ(parsed("# noqa: E501  # fnlint: ignore[a]").rules, Rules{"a"});
}

TEST(Suppression, OtherCommentsAreSilent) {
  EXPECT_TRUE(is_silent("# an ordinary comment"));
  EXPECT_TRUE(is_silent("# fnlint: see the manual"));
  EXPECT_TRUE(is_silent("# my-fnlint: ignore[a]"));
  EXPECT_TRUE(is_silent("#"));
  EXPECT_TRUE(is_silent(""));
}

TEST(Suppression, WithoutRulesIsAMistake) {
  EXPECT_NE(mistake("# fnlint: ignore"), "");
  EXPECT_NE(mistake("# fnlint: ignore all of it"), "");
  EXPECT_NE(mistake("# fnlint: ignore[]"), "");
  EXPECT_NE(mistake("# fnlint: ignore[a"), "");
  EXPECT_NE(mistake("# fnlint: ignore[a b]"), "");
}

struct Placed {
  std::vector<SuppressionComment> comments;
  Problems problems;
};
// Takes each '#' to its line's end for a comment; the next node begins at the next letter "N".
Placed placed(std::string_view text) {
  CodeBuilder out(Language::Python);
  std::vector<Range> comments;
  for (std::size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at + 1))
    comments.push_back({static_cast<std::uint32_t>(at),
                        static_cast<std::uint32_t>(std::min(text.find('\n', at), text.size()))});
  add_suppressions(out, text, comments, [&](std::uint32_t from) {
    const std::size_t at = text.find('N', from);
    if (at == std::string_view::npos) return Range{};
    return Range{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 1)};
  });
  CodeFacts facts = out.finish();
  return {std::move(facts.suppressions), std::move(facts.problems)};
}

TEST(Suppression, BehindCodeCoversItsLine) {
  const Placed result = placed("a\nbb # fnlint: ignore[x]\nN");
  ASSERT_EQ(result.comments.size(), 1U);
  EXPECT_EQ(result.comments[0].reach, SuppressionReach::Line);
  EXPECT_EQ(result.comments[0].covers, (Range{2, 24}));
}

TEST(Suppression, OnALineOfItsOwnCoversTheNextNode) {
  const Placed result = placed("a\n  # fnlint: ignore[x]\n  # more words\nN N");
  ASSERT_EQ(result.comments.size(), 1U);
  EXPECT_EQ(result.comments[0].reach, SuppressionReach::NextNode);
  EXPECT_EQ(result.comments[0].covers, (Range{39, 40}));
}

TEST(Suppression, AtTheEndOfTheFileCoversOnlyItself) {
  const Placed result = placed("a\n# fnlint: ignore[x]");
  ASSERT_EQ(result.comments.size(), 1U);
  EXPECT_EQ(result.comments[0].covers, result.comments[0].where);
}

TEST(Suppression, AMistakeIsAProblemAtItsPlace) {
  const Placed result = placed("a # fnlint: ignore everything\n");
  EXPECT_TRUE(result.comments.empty());
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_EQ(result.problems[0].where, (Range{2, 29}));
}

}  // namespace
}  // namespace fnlint
