// The lines of source that are shown under a finding.

#include "core/text.h"
#include "report/excerpt.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

std::string marked(std::string_view line, std::string_view word) {
  const std::size_t at = line.find(word);
  const Excerpt excerpt = excerpt_of(line, at, at + word.size());
  return excerpt.line + '\n' + excerpt.mark;
}

TEST(Excerpt, MarksWhatIsMeant) {
  EXPECT_EQ(marked("Runtime: nodejs12.x", "nodejs12.x"),
            "Runtime: nodejs12.x\n         ^^^^^^^^^^");
}

TEST(Excerpt, TabsAreAsWideAsTheyAreDrawn) {
  EXPECT_EQ(marked("\tx :=\ty", "y"), "    x :=    y\n            ^");
}

TEST(Excerpt, WideCharactersTakeTwoColumnsAndMarksNone) {
  EXPECT_EQ(marked("日本: x", "x"), "日本: x\n      ^");
  EXPECT_EQ(marked("😀 x", "😀"), "😀 x\n^^");
  EXPECT_EQ(marked("e\u0301: x", "x"), "e\u0301: x\n   ^");
}

TEST(Excerpt, AMarkPastTheLineOrWithoutLengthIsOneCaret) {
  EXPECT_EQ(excerpt_of("abc", 3, 9).mark, "   ^");
  EXPECT_EQ(excerpt_of("abc", 1, 1).mark, " ^");
  EXPECT_EQ(excerpt_of("", 0, 0).mark, "^");
}

TEST(Excerpt, ALongLineIsCutAroundTheMark) {
  const std::string line = std::string(5000, 'a') + "HERE" + std::string(5000, 'b');
  const Excerpt excerpt = excerpt_of(line, 5000, 5004);
  EXPECT_LE(excerpt.line.size(), 126U);
  EXPECT_TRUE(excerpt.line.starts_with("...aaa"));
  EXPECT_TRUE(excerpt.line.ends_with("bbb..."));
  EXPECT_EQ(excerpt.line.substr(excerpt.mark.find('^'), 4), "HERE");
  EXPECT_TRUE(excerpt.mark.ends_with(" ^^^^"));
}

TEST(Excerpt, OfALineThatIsAWholeFileOnlyTheSurroundingsAreLookedAt) {
  std::string line;
  for (int i = 0; i < 2'000'000; ++i) line += "日";
  const Excerpt excerpt = excerpt_of(cat(line, "HERE", line), line.size(), line.size() + 4);
  EXPECT_TRUE(excerpt.line.starts_with("...日"));
  EXPECT_NE(excerpt.line.find("HERE日"), std::string::npos);
  EXPECT_TRUE(excerpt.line.ends_with("日..."));
}

TEST(Excerpt, AMarkLongerThanWhatIsShownEndsWithIt) {
  const std::string line(4000, 'x');
  const Excerpt excerpt = excerpt_of(line, 0, 4000);
  EXPECT_LE(excerpt.mark.size(), 120U);
}

TEST(Excerpt, BytesThatAreNotUtf8AreReplaced) {
  EXPECT_EQ(excerpt_of("a\xFF z", 3, 4).line, "a\uFFFD z");
}

}  // namespace
}  // namespace fnlint
