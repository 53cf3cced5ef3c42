// Damaged templates with a fixed seed: no crash, spans in range, sizes bounded.

#include "core/limits.h"
#include "tests/templates/support.h"

#include <array>
#include <random>

namespace fnlint {
namespace {

constexpr unsigned kSeed = 20261120;
constexpr int kRounds = 1500;

const std::array<std::string, 3> kSeeds{
    "AWSTemplateFormatVersion: '2010-09-09'\nTransform: [AWS::LanguageExtensions]\nParameters:\n"
    "  P: {Type: String, Default: a, AllowedValues: [a, b]}\nConditions:\n"
    "  C: !And [!Condition D, !Not [!Equals [!Ref P, a]]]\nGlobals: &g {Function: {Timeout: 3}}\n"
    "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Condition: C\n    Properties:\n"
    "      <<: *g\n      Code: !Sub |\n        import os ${P}\n        x = '${!A}'\n"
    "      Env: !If [C, !Sub ['${A}-${B.C}', {A: !Ref P}], '{{resolve:ssm:/${P}/x}}']\n"
    "      Tags: {'Fn::Transform': {Name: AWS::Include, Parameters: {Location: a.yaml}}}\n"
    "  Fn::ForEach::L:\n    - N\n    - !Ref P\n    - 'Q${N}': {Type: AWS::SQS::Queue}\n"
    "Outputs:\n  O: {Value: !GetAtt F.Arn, Export: {Name: !Join ['-', [a, !Ref P]]}}\n",
    "{\"Resources\": {\"F\": {\"Type\": \"AWS::Lambda::Function\", \"Metadata\": "
    "{\"aws:asset:path\": \"a\"}, \"Properties\": {\"Code\": {\"ZipFile\": {\"Fn::Join\": "
    "[\"\\n\", [\"a \\ud83d\\ude00\", {\"Fn::Sub\": \"${A}\\u00e9${B}\"}]]}}}}}}",
    "Resources:\r\n  A:\r\n    Type: AWS::S3::Bucket\r\n    Properties: {{ x }}\r\n{% if y %}\r\n",
};
constexpr std::array<std::string_view, 18> kTemplatePieces{"${",
                                                   "}",
                                                   "{{resolve:ssm:",
                                                   "}}",
                                                   "!Sub ",
                                                   "!If ",
                                                   "'",
                                                   "\"",
                                                   "[",
                                                   "]",
                                                   "{",
                                                   "Fn::",
                                                   ": ",
                                                   "\n",
                                                   "&{N}",
                                                   "*g",
                                                   "Fn::ForEach::X: ",
                                                   "\xFF"};

std::string mutated(std::mt19937& random) {
  const auto below = [&](std::size_t bound) { return random() % bound; };
  std::string text = kSeeds[below(kSeeds.size())];
  for (std::size_t edits = 1 + below(4); edits > 0 && !text.empty(); --edits) {
    const std::size_t at = below(text.size());
    switch (below(4)) {
      case 0: text.resize(at); break;
      case 1: text[at] = static_cast<char>(below(256)); break;
      case 2: text.insert(at, kTemplatePieces[below(kTemplatePieces.size())]); break;
      default: text.erase(at, 1 + below(8)); break;
    }
  }
  return text;
}

void expect_sound(const TemplateFacts& facts, std::string_view text) {
  const auto in_text = [&](Range range) {
    return range.begin <= range.end && range.end <= text.size();
  };
  ASSERT_EQ(facts.exprs.size(), facts.expr_ranges.size());
  ASSERT_EQ(facts.exprs.size(), facts.expr_places.size());
  ASSERT_EQ(facts.operands.size(), facts.operand_ranges.size());
  for (const Range range : facts.expr_ranges) ASSERT_TRUE(in_text(range)) << text;
  for (const Range range : facts.operand_ranges) ASSERT_TRUE(in_text(range)) << text;
  for (std::uint32_t i = 0; i < facts.exprs.size(); ++i) {
    const Expr& expr = facts.exprs[i];
    ASSERT_LE(expr.operands.first + expr.operands.count, facts.operands.size());
    for (const Operand& operand : facts.operands_of(expr.operands)) {
      ASSERT_LT(operand.value.index, i) << "an operand stands before what it is an operand of";
      ASSERT_TRUE(!operand.key.exists() || operand.key.index < i);
    }
    if (expr.kind != ExprKind::Text) continue;
    const std::string_view content = facts.string(expr.name);
    for (std::uint32_t offset = 0; offset <= content.size(); ++offset) {
      const std::uint32_t found = facts.place_in(ExprId{i}, offset);
      ASSERT_GE(found, facts.expr_ranges[i].begin) << text;
      ASSERT_LE(found, facts.expr_ranges[i].end) << text;
    }
  }
  for (const Declaration& each : facts.declarations) {
    ASSERT_TRUE(each.body.exists() && each.attributes.exists());
    ASSERT_TRUE(in_text(each.where) && in_text(each.name_range)) << text;
  }
  for (const Problem& problem : facts.problems) ASSERT_TRUE(in_text(problem.where)) << text;
  for (const Wanted& each : facts.wanted) ASSERT_TRUE(in_text(each.where)) << text;
  ASSERT_TRUE(facts.complete || !facts.problems.empty()) << text;
}

TEST(Mutations, NoTemplateCrashesAndEverySpanIsInRange) {
  std::mt19937 random(kSeed);
  for (int round = 0; round < kRounds; ++round) {
    const std::string text = mutated(random);
    static_cast<void>(recognise_cloudformation(text));
    expect_sound(read_cloudformation(text), text);
    expect_sound(read_fragment(text, "Resources"), text);
    expect_sound(read_fragment(text), text);
    if (HasFatalFailure()) return;
  }
}

TEST(Mutations, EveryTruncationKeepsSpansInRange) {
  for (const std::string& seed : kSeeds) {
    for (std::size_t length = 0; length <= seed.size(); ++length) {
      const std::string text = seed.substr(0, length);
      static_cast<void>(recognise_cloudformation(text));
      expect_sound(read_cloudformation(text), text);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(Mutations, NestingUpToTheLimitIsRead) {
  std::string value = "x";
  for (int i = 0; i < 180; ++i) value = "[" + value + "]";
  EXPECT_TRUE(read_cloudformation(with_property(value)).complete);
  std::string functions = "x";
  for (int i = 0; i < 150; ++i) functions = "!If [C, " + functions + ", y]";
  const TemplateFacts facts = read_cloudformation(with_property(functions));
  EXPECT_TRUE(facts.complete);
  EXPECT_TRUE(facts.problems.empty());
}

TEST(Mutations, MoreValuesThanTheLimitAreCutOff) {
  std::string value;
  for (std::size_t i = 0; i < kExpandedNodes / 2 + 100; ++i) value += "${A}";
  const TemplateFacts facts = read_cloudformation(with_property("!Sub '" + value + "'"));
  EXPECT_FALSE(facts.complete);
  ASSERT_EQ(facts.problems.size(), 1U);
  EXPECT_EQ(facts.problems[0].message, "more than 2000000 values; not read further");
  EXPECT_LT(facts.exprs.size(), kExpandedNodes + 100);
}

TEST(Mutations, SignsWithoutEndCostNoSquareOfTheirNumber) {
  for (const std::string_view sign : {"{{resolve:ssm:", "${", "{{", "<%", "{%"}) {
    std::string text;
    for (int i = 0; i < 200000; ++i) text += sign;
    static_cast<void>(read_cloudformation(with_property("'" + text + "'")));
    static_cast<void>(read_cloudformation(with_property("!Sub '" + text + "'")));
    static_cast<void>(read_cloudformation(with_property(text) + "  :\n -"));
  }
}

TEST(Mutations, AnAliasBombStaysSmall) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 6; ++i) {
    const std::string before = "*a" + std::to_string(i - 1) + ", ";
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 10; ++j) text += before;
    text += "]\n";
  }
  text += "Resources: {R: {Type: T, Properties: {X: *a4}}}\n";
  const TemplateFacts facts = read_cloudformation(text);
  EXPECT_TRUE(facts.complete);
  EXPECT_LT(facts.exprs.size(), 1000U) << "what aliases share is read once";
}

}  // namespace
}  // namespace fnlint
