// Intrinsic functions in every spelling, and mistakes in their operands.

#include "tests/templates/support.h"

namespace fnlint {
namespace {

struct Spelling {
  std::string_view written, expected;
};

class Intrinsics : public testing::TestWithParam<Spelling> {};

TEST_P(Intrinsics, IsAnApplyByItsLongName) {
  EXPECT_EQ(shown(GetParam().written), GetParam().expected) << GetParam().written;
  const std::string text = with_property(GetParam().written);
  EXPECT_EQ(problems(read_cloudformation(text), text), "");
}

INSTANTIATE_TEST_SUITE_P(
    Short, Intrinsics,
    testing::Values(
        Spelling{"!Ref A", R"(Ref("A"))"}, Spelling{"!Ref AWS::Region", R"(Ref("AWS::Region"))"},
        Spelling{"!GetAtt A.Arn", R"(Fn::GetAtt("A", "Arn"))"},
        Spelling{"!GetAtt Stack.Outputs.Name", R"(Fn::GetAtt("Stack", "Outputs.Name"))"},
        Spelling{"!GetAtt [A, Arn]", R"(Fn::GetAtt("A", "Arn"))"},
        Spelling{"!Join ['-', [a, !Ref B]]", R"(Fn::Join("-", ["a", Ref("B")]))"},
        Spelling{"!Join ['-', !Ref L]", R"(Fn::Join("-", Ref("L")))"},
        Spelling{"!Select [0, !GetAZs '']", R"(Fn::Select(0, Fn::GetAZs("")))"},
        Spelling{"!GetAZs", R"(Fn::GetAZs(""))"},
        Spelling{"!Split [',', !ImportValue x]", R"(Fn::Split(",", Fn::ImportValue("x")))"},
        Spelling{"!FindInMap [M, !Ref 'AWS::Region', K]",
                 R"(Fn::FindInMap("M", Ref("AWS::Region"), "K"))"},
        Spelling{"!FindInMap [M, a, b, {DefaultValue: d}]", R"(Fn::FindInMap("M", "a", "b", "d"))"},
        Spelling{"!Base64 text", R"(Fn::Base64("text"))"},
        Spelling{"!Cidr [!GetAtt V.CidrBlock, 6, 8]",
                 R"(Fn::Cidr(Fn::GetAtt("V", "CidrBlock"), 6, 8))"},
        Spelling{"!If [C, !Ref A, !If [D, b, !Ref AWS::NoValue]]",
                 R"(Fn::If("C", Ref("A"), Fn::If("D", "b", Ref("AWS::NoValue"))))"},
        Spelling{"!Transform {Name: M, Parameters: {a: 1}}", R"(Fn::Transform("M", {a: 1}))"}));

INSTANTIATE_TEST_SUITE_P(
    Long, Intrinsics,
    testing::Values(
        Spelling{"{Ref: A}", R"(Ref("A"))"},
        Spelling{"{'Fn::GetAtt': A.Arn}", R"(Fn::GetAtt("A", "Arn"))"},
        Spelling{"{'Fn::GetAtt': [A, {Ref: B}]}", R"(Fn::GetAtt("A", Ref("B")))"},
        Spelling{"{'Fn::Base64': !Sub 'a${B}'}", R"(Fn::Base64(Fn::Sub(concat("a", Ref("B")))))"},
        Spelling{"{'Fn::Length': !Ref L}", R"(Fn::Length(Ref("L")))"},
        Spelling{"{'Fn::ToJsonString': {a: !Ref B}}", R"(Fn::ToJsonString({a: Ref("B")}))"},
        Spelling{"{'Fn::Not': [{Condition: C}]}", R"(Fn::Not(Condition("C")))"},
        Spelling{"{'Fn::Transform': {Name: M}}", R"(Fn::Transform("M"))"},
        Spelling{"{'Fn::Transform': [{Name: M}]}", R"(Fn::Transform("M"))"},
        Spelling{"{'Fn::GetStackOutput': {StackName: s, OutputName: o}}",
                 R"(Fn::GetStackOutput({StackName: "s", OutputName: "o"}))"},
        Spelling{"{'Fn::Sub': {'Fn::Transform': {Name: M}}}",
                 "unknown(operands that a transform makes)"},
        Spelling{"{Condition: C}", R"({Condition: "C"})"}));

TEST(Intrinsics, ConditionsKnowTheReferenceToACondition) {
  const std::string text =
      "Conditions:\n  A: !Equals [!Ref E, prod]\n  B: !And [!Condition A, {Condition: A}, !Not "
      "[!Or "
      "[{Condition: A}, 'Fn::Equals': [a, b]]]]\n  C: {Condition: B}\nResources: {}\n";
  const TemplateFacts facts = read_cloudformation(text);
  ASSERT_EQ(facts.conditions.size(), 3U);
  EXPECT_EQ(show(facts, facts.conditions[0].value), R"(Fn::Equals(Ref("E"), "prod"))");
  EXPECT_EQ(show(facts, facts.conditions[1].value),
            "Fn::And(Condition(\"A\"), Condition(\"A\"), Fn::Not(Fn::Or(Condition(\"A\"), "
            "Fn::Equals(\"a\", \"b\"))))");
  EXPECT_EQ(show(facts, facts.conditions[2].value), R"(Condition("B"))");
  EXPECT_EQ(problems(facts, text), "");
}

TEST(Intrinsics, RangesCoverTagAndOperands) {
  const std::string text = with_property("!Join ['-', [a, {Ref: B}]]");
  const TemplateFacts facts = read_cloudformation(text);
  const ExprId join = property(facts, "R", "X");
  EXPECT_EQ(source(text, facts, join), "!Join ['-', [a, {Ref: B}]]");
  const ExprId list = facts.operands_of(facts[join].operands)[1].value;
  EXPECT_EQ(source(text, facts, list), "[a, {Ref: B}]");
  EXPECT_EQ(source(text, facts, facts.operands_of(facts[list].operands)[1].value), "{Ref: B}");
}

struct Mistake {
  std::string_view written, message;
};
class Mistakes : public testing::TestWithParam<Mistake> {};

TEST_P(Mistakes, AreAProblemAtTheirPlaceAndUnknown) {
  const std::string text = with_property(GetParam().written);
  const TemplateFacts facts = read_cloudformation(text);
  EXPECT_EQ(problems(facts, text), "5:10 " + std::string(GetParam().message) + "\n");
  EXPECT_EQ(facts[property(facts, "R", "X")].kind, ExprKind::Unknown);
}

INSTANTIATE_TEST_SUITE_P(
    All, Mistakes,
    testing::Values(
        Mistake{"!Join [a]", "Fn::Join takes a separator and a list"},
        Mistake{"!Join a", "Fn::Join takes a separator and a list"},
        Mistake{"!Select [1, [a], 2]", "Fn::Select takes an index and a list"},
        Mistake{"!If [C, a]", "Fn::If takes a condition's name and two values"},
        Mistake{"!Ref [A]", "Ref takes a name"}, Mistake{"!Ref {a: b}", "Ref takes a name"},
        Mistake{"!GetAtt A", "Fn::GetAtt takes a resource and an attribute: \"Resource.Arn\""},
        Mistake{"!GetAtt [A, B, C]", "Fn::GetAtt takes a resource and an attribute"},
        Mistake{"!Sub {a: b}", "Fn::Sub takes a text, or a list of a text and a map of variables"},
        Mistake{"!Sub [a, b]", "Fn::Sub takes a text, or a list of a text and a map of variables"},
        Mistake{"!Not a", "Fn::Not takes a list of one condition"},
        Mistake{"!Nonsense a", "there is no function !Nonsense"},
        Mistake{"!Transform a", "Fn::Transform takes a map of Name and Parameters"}));

TEST(Mistakes, AnUnknownLongFunctionIsNamedAtItsKey) {
  const std::string text = with_property("{'Fn::Nonsense': !Join [a]}");
  EXPECT_EQ(problems(read_cloudformation(text), text),
            "5:11 there is no function Fn::Nonsense\n"
            "5:27 Fn::Join takes a separator and a list\n");
}

TEST(Mistakes, AFunctionBesideOtherKeysLosesNeitherThemNorTheRecord) {
  const std::string text = with_property("{a: 1, 'Fn::If': [C, x, y], b: 2}");
  const TemplateFacts facts = read_cloudformation(text);
  EXPECT_EQ(problems(facts, text), "5:17 Fn::If must be the only key of its map\n");
  EXPECT_EQ(show(facts, property(facts, "R", "X")),
            "{a: 1, ...unknown(Fn::If must be the only key of its map), b: 2}");
}

}  // namespace
}  // namespace fnlint
