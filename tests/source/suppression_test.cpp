// Which code a suppression comment covers.

#include "frontends/source/common/suppression.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

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
  const Placed result = placed("a # fnlint: disable everything\n");
  EXPECT_TRUE(result.comments.empty());
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_EQ(result.problems[0].where, (Range{2, 30}));
}

}  // namespace
}  // namespace fnlint
