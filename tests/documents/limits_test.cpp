// Depth and size of documents, aliases and merge keys included.

#include "core/limits.h"

#include "frontends/documents/document.h"
#include "tests/documents/support.h"

namespace fnlint {
namespace {

std::string repeated(std::string_view unit, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += unit;
  return text;
}

TEST(Limits, DeepNestingIsRefusedAtItsPlace) {
  for (const std::string unit : {"[", "{\"a\":", "- ", "{a: "}) {
    const std::string text = repeated(unit, 100000);
    const Document document = read_document(text);
    EXPECT_FALSE(document.complete) << unit;
    ASSERT_EQ(document.problems.size(), 1U) << unit;
    EXPECT_EQ(document.problems[0].message, "nested more than 200 deep; not read further");
    EXPECT_EQ(document.problems[0].where.begin, 200 * unit.size()) << unit;
  }
}

TEST(Limits, NestingUpToTheLimitIsRead) {
  const std::string text = repeated("[", kNestingDepth) + repeated("]", kNestingDepth);
  EXPECT_TRUE(read_yaml(text).complete);
  EXPECT_TRUE(read_json(text).complete);
}

TEST(Limits, AnAliasBombIsRefusedBeforeItUnfolds) {
  std::string text = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1) + ", ";
    text +=
        "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + repeated(before, 10) + "]\n";
  }
  const Document document = read_yaml(text);
  EXPECT_FALSE(document.complete);
  ASSERT_EQ(document.problems.size(), 1U);
  EXPECT_EQ(document.problems[0].message, "more than 2000000 values; not read further");
  EXPECT_LT(document.nodes.size(), 1000U);
  EXPECT_TRUE(at(document, {"a3"}).exists()) << "what stands before the limit is kept";
}

TEST(Limits, AMergeKeyBombIsRefusedBeforeItUnfolds) {
  std::string text = "base: &base\n";
  for (int i = 0; i < 2000; ++i) text += "  key" + std::to_string(i) + ": 1\n";
  for (int i = 0; i < 2000; ++i) text += "m" + std::to_string(i) + ": {<<: *base}\n";
  const Document document = read_yaml(text);
  EXPECT_FALSE(document.complete);
  EXPECT_LT(document.entries.size(), 2'100'000U);
}

TEST(Limits, ALongMergeChainDoesNotGrowWithoutBound) {
  std::string text = "m0: &m0 {key0: 1}\n";
  for (int i = 1; i < 5000; ++i) {
    const std::string n = std::to_string(i);
    text += "m" + n + ": &m" + n + " {<<: *m" + std::to_string(i - 1) + ", key" + n + ": 1}\n";
  }
  const Document document = read_yaml(text);
  EXPECT_FALSE(document.complete);
  EXPECT_LT(document.entries.size(), 2'100'000U);
}

TEST(Limits, DepthCountsThroughAliases) {
  std::string text = "a0: &a0 [1]\n";
  for (int i = 1; i < 1000; ++i) {
    const std::string n = std::to_string(i);
    text += "a" + n + ": &a" + n + " [*a" + std::to_string(i - 1) + "]\n";
  }
  const Document document = read_yaml(text);
  ASSERT_EQ(document.problems.size(), 1U);
  EXPECT_EQ(document.problems[0].message,
            "nested more than 200 deep through aliases; not read further");
}

TEST(Limits, ProblemsWithoutNumberAreCutOff) {
  std::string text = "{";
  for (int i = 0; i < 5000; ++i) text += "\"a\": 1,";
  const Document document = read_json(text);
  ASSERT_EQ(document.problems.size(), kProblems + 1);
  EXPECT_EQ(document.problems[kProblems - 1].message, "further problems are not listed");
  EXPECT_EQ(document.problems.back().message.substr(0, 20), "not readable as JSON") << "always";
}

TEST(Limits, ATextOverTheSizeLimitIsNotRead) {
  const Document document = read_yaml(std::string(kTemplateBytes + 1, ' '));
  ASSERT_EQ(document.problems.size(), 1U);
  EXPECT_EQ(document.problems[0].message, "larger than 16 MB: not read");
  EXPECT_FALSE(document.complete);
}

}  // namespace
}  // namespace fnlint
