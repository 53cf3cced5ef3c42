// Patterns of paths, and whether two patterns have a text in common.

#include "core/glob.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

bool matches(std::string_view pattern, std::string_view path) {
  return Glob(pattern).matches(path, false);
}

TEST(Glob, APatternWithoutSlashMatchesANameAtAnyDepth) {
  EXPECT_TRUE(matches("*.yaml", "a.yaml"));
  EXPECT_TRUE(matches("*.yaml", "x/y/a.yaml"));
  EXPECT_FALSE(matches("*.yaml", "a.yaml/b"));
}

TEST(Glob, APatternWithASlashBeginsAtTheBase) {
  EXPECT_TRUE(matches("/a.yaml", "a.yaml"));
  EXPECT_FALSE(matches("/a.yaml", "x/a.yaml"));
  EXPECT_TRUE(matches("x/*.yaml", "x/a.yaml"));
  EXPECT_FALSE(matches("x/*.yaml", "y/x/a.yaml"));
  EXPECT_TRUE(matches("./x/a", "x/a"));
}

TEST(Glob, AStarStaysWithinOneName) {
  EXPECT_FALSE(matches("x/*", "x/y/z"));
  EXPECT_TRUE(matches("a*b*c", "aXbYbZc"));
  EXPECT_FALSE(matches("a*b*c", "aXbYb"));
  EXPECT_TRUE(matches("a?c", "abc"));
  EXPECT_FALSE(matches("a?c", "ac"));
}

TEST(Glob, TwoStarsSpanFolders) {
  EXPECT_TRUE(matches("**/a", "a"));
  EXPECT_TRUE(matches("**/a", "x/y/a"));
  EXPECT_TRUE(matches("x/**/a", "x/a"));
  EXPECT_TRUE(matches("x/**/a", "x/1/2/a"));
  EXPECT_TRUE(matches("x/**", "x/1/2"));
  EXPECT_FALSE(matches("x/**/a", "y/1/a"));
  EXPECT_TRUE(matches("**/b/**/c", "1/b/2/b/c"));
}

TEST(Glob, ClassesTakeOneOfTheirCharacters) {
  EXPECT_TRUE(matches("[a-c]1", "b1"));
  EXPECT_FALSE(matches("[!a-c]1", "b1"));
  EXPECT_TRUE(matches("[]x]", "]"));
  EXPECT_TRUE(matches("[unclosed", "[unclosed"));
  EXPECT_TRUE(matches("\\*", "*"));
  EXPECT_FALSE(matches("\\*", "a"));
}

TEST(Glob, ASlashAtTheEndMeansFolders) {
  const Glob glob("build/");
  EXPECT_TRUE(glob.matches("x/build", true));
  EXPECT_FALSE(glob.matches("x/build", false));
}

TEST(Glob, CoversWhatLiesInAFolderThatItMatches) {
  EXPECT_TRUE(Glob("build/").covers("x/build/a/b.py"));
  EXPECT_TRUE(Glob("tests/**").covers("tests/a/b.py"));
  EXPECT_TRUE(Glob("examples").covers("examples/a.py"));
  EXPECT_FALSE(Glob("examples").covers("example/a.py"));
}

TEST(PatternsMeet, WhereSomeTextIsOfBoth) {
  EXPECT_TRUE(patterns_meet("", ""));
  EXPECT_TRUE(patterns_meet("*", ""));
  EXPECT_FALSE(patterns_meet("a", ""));
  EXPECT_TRUE(patterns_meet("s3:Get*Tagging", "s3:GetObject*"));
  EXPECT_FALSE(patterns_meet("s3:Get*Acl", "s3:Get*Tagging"));
  EXPECT_TRUE(patterns_meet("a?c", "*bc"));
  EXPECT_FALSE(patterns_meet("a?c", "ac"));
  EXPECT_TRUE(patterns_meet("a*", "*b"));
}

TEST(PatternsMeet, APlusStaysWithinAName) {
  EXPECT_TRUE(patterns_meet("arn:+:s3:::+/*", "arn:aws:s3:::shop/new/*"));
  EXPECT_TRUE(patterns_meet("arn:+:s3:::+/*", "arn:aws:s3:::shop*"));
  EXPECT_FALSE(patterns_meet("arn:+:s3:::+/*", "arn:aws:s3:::shop"));
  EXPECT_FALSE(patterns_meet("arn:+:s3:::+", "arn:aws:s3:::shop/*"));
  EXPECT_TRUE(patterns_meet("arn:+:sqs:+:+:*", "*"));
}

TEST(PatternsMeet, LongTextsTakeNoMoreThanTheirProduct) {
  EXPECT_FALSE(patterns_meet("arn:+:s3:::+/*", "arn:aws:s3:::" + std::string(1'000'000, 'a')));
}

TEST(Glob, ManyStarsTakeNoLongerThanTheirProduct) {
  const std::string pattern = "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b";
  EXPECT_FALSE(matches(pattern, std::string(5000, 'a')));
  std::string folders = "**";
  for (int i = 0; i < 30; ++i) folders += "/a/**";
  std::string path = "a";
  for (int i = 0; i < 1000; ++i) path += "/a";
  EXPECT_FALSE(matches(folders + "/b", path));
}

}  // namespace
}  // namespace fnlint
