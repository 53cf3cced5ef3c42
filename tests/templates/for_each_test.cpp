// Fn::ForEach in template form.

#include "tests/templates/support.h"

namespace fnlint {
namespace {

TEST(ForEach, ResourcesOfALoopKnowItAndTheirName) {
  const std::string text =
      "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Topics:\n    - Name\n"
      "    - [a, b]\n    - 'Topic${Name}':\n        Type: AWS::SNS::Topic\n        Properties:\n"
      "          TopicName: 'x-${Name}'\n          Tag: !Ref Name\n          Plain: '${Other}'\n"
      "  Queue: {Type: AWS::SQS::Queue}\n";
  const TemplateFacts facts = read_cloudformation(text);
  EXPECT_EQ(problems(facts, text), "");
  ASSERT_EQ(facts.loops.size(), 1U);
  EXPECT_EQ(facts.string(facts.loops[0].name), "Topics");
  EXPECT_EQ(facts.string(facts.loops[0].variable), "Name");
  EXPECT_EQ(show(facts, facts.loops[0].collection), R"(["a", "b"])");
  ASSERT_EQ(facts.declarations.size(), 2U);
  const Declaration& topic = facts.declarations[0];
  EXPECT_EQ(facts.string(topic.address), "Topic${Name}");
  EXPECT_EQ(topic.loop, LoopId{0});
  EXPECT_EQ(show(facts, topic.address_in_loop), R"(concat("Topic", Ref("Name")))");
  EXPECT_EQ(source(text, facts, facts.operands_of(facts[topic.address_in_loop].operands)[1].value),
            "${Name}");
  EXPECT_EQ(show(facts, topic.body),
            R"({TopicName: concat("x-", Ref("Name")), Tag: Ref("Name"), Plain: "${Other}"})");
  EXPECT_FALSE(facts.declarations[1].loop.exists());
  EXPECT_FALSE(facts.declarations[1].address_in_loop.exists());
}

TEST(ForEach, LoopsNest) {
  const std::string text =
      "Resources:\n  Fn::ForEach::Outer:\n    - A\n    - !Ref List\n    - Fn::ForEach::Inner:\n"
      "        - B\n        - [x]\n        - 'Q&{A}${B}': {Type: AWS::SQS::Queue}\n";
  const TemplateFacts facts = read_cloudformation(text);
  ASSERT_EQ(facts.loops.size(), 2U);
  EXPECT_EQ(facts.loops[1].outer, LoopId{0});
  EXPECT_EQ(show(facts, facts.loops[0].collection), R"(Ref("List"))");
  ASSERT_EQ(facts.declarations.size(), 1U);
  EXPECT_EQ(facts.declarations[0].loop, LoopId{1});
  EXPECT_EQ(show(facts, facts.declarations[0].address_in_loop),
            R"(concat("Q", Ref("A"), Ref("B")))");
}

TEST(ForEach, ConditionsAndOutputsLoopToo) {
  const std::string text =
      "Conditions:\n  Fn::ForEach::C: [N, [a], {'Is${N}': !Equals [!Ref N, a]}]\nResources: {}\n"
      "Outputs:\n  Fn::ForEach::O:\n    - N\n    - [a]\n    - 'Out${N}':\n"
      "        Value: !GetAtt 'Topic${N}.Arn'\n";
  const TemplateFacts facts = read_cloudformation(text);
  ASSERT_EQ(facts.conditions.size(), 1U);
  EXPECT_EQ(show(facts, facts.conditions[0].name_in_loop), R"(concat("Is", Ref("N")))");
  EXPECT_EQ(facts.conditions[0].loop, LoopId{0});
  ASSERT_EQ(facts.outputs.size(), 1U);
  EXPECT_EQ(facts.outputs[0].loop, LoopId{1});
  EXPECT_EQ(show(facts, facts.outputs[0].value), R"(Fn::GetAtt(concat("Topic", Ref("N")), "Arn"))");
}

TEST(ForEach, InsideAValueItIsASpreadOfItsEntries) {
  EXPECT_EQ(shown("{'Fn::ForEach::T': [N, [a, b], {'K${N}': '${N}'}], Other: 1}"),
            "{...Fn::ForEach(\"N\", [\"a\", \"b\"], {(concat(\"K\", Ref(\"N\"))): Ref(\"N\")}), "
            "Other: 1}");
}

TEST(ForEach, OfAnotherShapeIsAProblemAndTheRestStands) {
  const std::string text =
      "Resources:\n  Fn::ForEach::T: [a, b]\n  Queue: {Type: AWS::SQS::Queue}\n";
  const TemplateFacts facts = read_cloudformation(text);
  EXPECT_EQ(problems(facts, text),
            "2:3 Fn::ForEach takes a variable's name, a list and a map of what is repeated\n");
  EXPECT_EQ(facts.declarations.size(), 1U);
}

}  // namespace
}  // namespace fnlint
