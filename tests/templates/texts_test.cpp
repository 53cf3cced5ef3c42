// Texts with substitutions and dynamic references, with the place of each part.

#include "tests/templates/support.h"

namespace fnlint {
namespace {

// The parts of the first operand of X's Fn::Sub, each as the template has it.
std::string part_sources(const std::string& text, const TemplateFacts& facts, ExprId concat) {
  std::string all;
  for (const Operand& operand : facts.operands_of(facts[concat].operands)) {
    all += "<" + std::string(source(text, facts, operand.value)) + ">";
  }
  return all;
}
ExprId first_operand(const TemplateFacts& facts, ExprId id) {
  return facts.operands_of(facts[id].operands)[0].value;
}

TEST(Sub, ATextIsTakenApart) {
  EXPECT_EQ(shown("!Sub 'arn:${AWS::Partition}:s3:::${B}-${F.Arn}/*'"),
            "Fn::Sub(concat(\"arn:\", Ref(\"AWS::Partition\"), \":s3:::\", Ref(\"B\"), \"-\", "
            "Fn::GetAtt(\"F\", \"Arn\"), \"/*\"))");
  EXPECT_EQ(shown("!Sub '${A}'"), R"(Fn::Sub(concat(Ref("A"))))");
  EXPECT_EQ(shown("!Sub plain"), R"(Fn::Sub("plain"))");
  EXPECT_EQ(shown("!Sub '${Stack.Outputs.Name}'"),
            R"(Fn::Sub(concat(Fn::GetAtt("Stack", "Outputs.Name"))))");
}

TEST(Sub, AnEscapedNameIsText) {
  EXPECT_EQ(shown("!Sub 'a-${!Literal}-${B}'"), R"(Fn::Sub(concat("a-${Literal}-", Ref("B"))))");
  EXPECT_EQ(shown("!Sub '${!a}'"), R"(Fn::Sub("${a}"))");
}

TEST(Sub, AVariableOfTheRecordIsItsOwnExpression) {
  EXPECT_EQ(shown("!Sub ['${Name}-${Other}', {Name: !GetAtt A.Name}]"),
            "Fn::Sub(concat(Fn::GetAtt(\"A\", \"Name\"), \"-\", Ref(\"Other\")), {Name: "
            "Fn::GetAtt(\"A\", \"Name\")})");
}

TEST(Sub, EveryPartHasItsExactRange) {
  const std::string text = with_property("!Sub \"a\\t${B}-${ C.Arn }\"");
  const TemplateFacts facts = read_cloudformation(text);
  const ExprId concat = first_operand(facts, property(facts, "R", "X"));
  EXPECT_EQ(part_sources(text, facts, concat), "<a\\><${B}><-><${ C.Arn }>");
  const ExprId get_att = facts.operands_of(facts[concat].operands)[3].value;
  EXPECT_EQ(source(text, facts, first_operand(facts, get_att)), "C");
}

TEST(Sub, PartsOfABlockScalarLieOnTheirLines) {
  const std::string text = with_property("!Sub |\n        one ${A}\n        two ${B.C} end");
  const TemplateFacts facts = read_cloudformation(text);
  const ExprId concat = first_operand(facts, property(facts, "R", "X"));
  EXPECT_EQ(show(facts, concat),
            "concat(\"one \", Ref(\"A\"), \"\ntwo \", Fn::GetAtt(\"B\", \"C\"), \" end\n\")");
  const auto parts = facts.operands_of(facts[concat].operands);
  EXPECT_EQ(source(text, facts, parts[1].value), "${A}");
  EXPECT_EQ(source(text, facts, parts[3].value), "${B.C}");
  EXPECT_EQ(place(text, facts.place_in(parts[2].value, 1)), "7:9") << "\"two\" is on line 7";
}

TEST(Sub, ANameThatCannotBeOneIsAProblemAtItsPlace) {
  const std::string text = with_property("!Sub 'x ${VAR:-default value} ${A}'");
  const TemplateFacts facts = read_cloudformation(text);
  EXPECT_EQ(problems(facts, text),
            "5:18 ${VAR:-default value}: a name in Fn::Sub has letters, digits, '_', '.' and ':' "
            "only; write ${!...} for a text\n");
  EXPECT_EQ(facts[property(facts, "R", "X")].kind, ExprKind::Apply);
}

TEST(Sub, AnOpenBraceWithoutEndIsText) {
  EXPECT_EQ(shown("!Sub 'cost ${} and $5 {}'"), R"(Fn::Sub("cost ${} and $5 {}"))")
      << "an empty name is none";
  EXPECT_EQ(shown("!Sub 'open ${A'"), R"(Fn::Sub("open ${A"))");
  EXPECT_EQ(shown("!Sub ''"), R"(Fn::Sub(""))");
}

TEST(DynamicReferences, AreAppliesOfResolve) {
  EXPECT_EQ(shown("'{{resolve:ssm:/app/name:3}}'"), R"(Fn::Resolve("ssm", "/app/name:3"))");
  EXPECT_EQ(shown("'{{resolve:ssm-secure:name}}'"), R"(Fn::Resolve("ssm-secure", "name"))");
  EXPECT_EQ(shown("'a {{resolve:secretsmanager:s:SecretString:k}} b'"),
            R"(concat("a ", Fn::Resolve("secretsmanager", "s:SecretString:k"), " b"))");
  EXPECT_EQ(shown("!Sub '{{resolve:ssm:/${Stage}/x}}'"),
            R"(Fn::Sub(concat(Fn::Resolve("ssm", concat("/", Ref("Stage"), "/x")))))");
  EXPECT_EQ(shown("!Sub '{{resolve:ssm:${Name}}}-x'"),
            R"(Fn::Sub(concat(Fn::Resolve("ssm", concat(Ref("Name"))), "-x")))");
}

TEST(DynamicReferences, OfAnotherServiceOrWithoutEndAreText) {
  EXPECT_EQ(shown("'{{resolve:other:x}}'"), R"("{{resolve:other:x}}")");
  EXPECT_EQ(shown("'{{resolve:ssm:x'"), R"("{{resolve:ssm:x")");
}

TEST(DynamicReferences, HaveTheirExactRange) {
  const std::string text = with_property("'a {{resolve:ssm:n}} b'");
  const TemplateFacts facts = read_cloudformation(text);
  EXPECT_EQ(part_sources(text, facts, property(facts, "R", "X")), "<a ><{{resolve:ssm:n}}>< b>");
}

TEST(InlineCode, PositionsMapIntoTheTemplate) {
  const std::string text =
      "Resources:\r\n  F:\r\n    Type: AWS::Lambda::Function\r\n    Properties:\r\n      Code:\r\n"
      "        ZipFile: |\r\n          import os\r\n\r\n          def handler(event, context):\r\n"
      "              return os.environ['X']\r\n";
  const TemplateFacts facts = read_cloudformation(text);
  const ExprId code = property(facts, "F", "Code");
  const ExprId file = first_operand(facts, code);
  const std::string_view content = facts.string(facts[file].name);
  const auto offset = static_cast<std::uint32_t>(content.find("environ"));
  EXPECT_EQ(place(text, facts.place_in(file, offset)), "10:25");
}

TEST(InlineCode, PositionsMapIntoAJsonText) {
  const std::string text =
      R"({"Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": {"X": "a\n\"\ud83d\ude00\"\nend"}}}})";
  const TemplateFacts facts = read_cloudformation(text);
  const ExprId code = property(facts, "F", "X");
  const auto offset = static_cast<std::uint32_t>(facts.string(facts[code].name).find("end"));
  EXPECT_EQ(facts.place_in(code, offset), text.find("end"));
  EXPECT_EQ(source(text, facts, code), R"("a\n\"\ud83d\ude00\"\nend")");
}

TEST(InlineCode, AQuotedTextBeginsAfterItsQuote) {
  const std::string text = with_property("'word'");
  const TemplateFacts facts = read_cloudformation(text);
  const ExprId id = property(facts, "R", "X");
  EXPECT_EQ(source(text, facts, id), "'word'");
  EXPECT_EQ(text[facts.place_in(id, 0)], 'w');
}

}  // namespace
}  // namespace fnlint
