// Facts to bytes and back.
#include "model/code_bytes.h"

#include <gtest/gtest.h>

#include <random>

namespace fnlint {
namespace {

CodeFacts sample() {
  CodeFacts facts;
  facts.language = Language::Cpp;
  facts.text = "mainshop";
  facts.strings = {{0, 4}, {4, 8}};
  facts.package = StringId{1};
  Function module;
  module.kind = FunctionKind::ModuleInit;
  module.name = StringId{0};
  module.first = OpId{0};
  module.end = OpId{0};
  facts.functions = {module};
  facts.function_ranges = {{0, 20}};
  facts.function_name_ranges = {{0, 0}};
  facts.variables = {{.name = StringId{0}, .owner = FunctionId{0}}};
  facts.suppressions = {
      {SuppressionReach::Line, {"a-rule", "another"}, "a reason", {1, 2}, {3, 4}}};
  facts.handler_comments = {{StringId{1}, {7, 9}}};
  facts.problems = {{{5, 6}, "syntax error"}};
  return facts;
}

TEST(CodeBytes, ComeBackAsTheyWere) {
  const CodeFacts facts = sample();
  const std::optional<CodeFacts> read = read_code_bytes(code_bytes(facts));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->language, Language::Cpp);
  EXPECT_EQ(read->string(read->package), "shop");
  ASSERT_EQ(read->functions.size(), 1U);
  EXPECT_EQ(read->functions[0].kind, FunctionKind::ModuleInit);
  ASSERT_EQ(read->suppressions.size(), 1U);
  EXPECT_EQ(read->suppressions[0].rules, facts.suppressions[0].rules);
  EXPECT_EQ(read->suppressions[0].reason, "a reason");
  ASSERT_EQ(read->handler_comments.size(), 1U);
  EXPECT_EQ(read->string(read->handler_comments[0].text), "shop");
  ASSERT_EQ(read->problems.size(), 1U);
  EXPECT_EQ(read->problems[0].message, "syntax error");
  EXPECT_EQ(code_bytes(*read), code_bytes(facts));
}

TEST(CodeBytes, PartsOfThemAreNothing) {
  const std::string bytes = code_bytes(sample());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(read_code_bytes(std::string_view(bytes).substr(0, size))) << size;
  EXPECT_FALSE(read_code_bytes(bytes + "x"));
}

TEST(CodeBytes, MutatedBytesAreReadWithinTheirBounds) {
  const std::string bytes = code_bytes(sample());
  std::mt19937 random(20261120);
  for (int round = 0; round < 5000; ++round) {
    std::string mutated = bytes;
    for (auto edits = 1 + random() % 4; edits > 0; --edits)
      mutated[random() % mutated.size()] = static_cast<char>(random() % 256);
    const std::optional<CodeFacts> read = read_code_bytes(mutated);
    if (!read) continue;
    for (std::uint32_t i = 0; i < read->strings.size(); ++i)
      EXPECT_LE(read->string(StringId{i}).size(), read->text.size());
  }
}

}  // namespace
}  // namespace fnlint
