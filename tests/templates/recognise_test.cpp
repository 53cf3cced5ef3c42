// Which texts are templates, and which are still input of a template engine.

#include "frontends/templates/engine_text.h"
#include "tests/templates/support.h"

namespace fnlint {
namespace {

constexpr std::string_view kBucket = "  A:\n    Type: AWS::S3::Bucket\n";

TEST(Recognise, ATemplateByItsContent) {
  const std::string bucket(kBucket);
  EXPECT_EQ(recognise_cloudformation("Resources:\n" + bucket), TemplateDialect::CloudFormation);
  EXPECT_EQ(recognise_cloudformation("\xEF\xBB\xBFResources:\r\n" + bucket), TemplateDialect::CloudFormation);
  EXPECT_EQ(recognise_cloudformation("# note\n---\n\"Resources\" :\n" + bucket), TemplateDialect::CloudFormation);
  EXPECT_EQ(
      recognise_cloudformation("  AWSTemplateFormatVersion: x\n  Resources:\n    A: {Type: My::Own::Type}\n"),
      TemplateDialect::CloudFormation);
  EXPECT_EQ(recognise_cloudformation("Transform: AWS::Serverless-2016-10-31\nResources:\n" + bucket),
            TemplateDialect::Sam);
  EXPECT_EQ(recognise_cloudformation(R"( {"Resources":{"A":{"Type":"AWS::S3::Bucket"}}})"),
            TemplateDialect::CloudFormation);
  EXPECT_EQ(recognise_cloudformation("{Resources: {A: {Type: AWS::S3::Bucket}}}"),
            TemplateDialect::CloudFormation);
}

TEST(Recognise, OtherYamlAndJsonIsNone) {
  EXPECT_EQ(recognise_cloudformation(""), TemplateDialect::Unknown);
  EXPECT_EQ(recognise_cloudformation("name: app\non: push\n"), TemplateDialect::Unknown);
  EXPECT_EQ(recognise_cloudformation("Resources:\n  - cpu\n"), TemplateDialect::Unknown) << "no type of AWS";
  EXPECT_EQ(recognise_cloudformation("resources:\n  Resources:\n    A:\n      Type: AWS::S3::Bucket\n"),
            TemplateDialect::Unknown)
      << "a Serverless Framework file";
  EXPECT_EQ(recognise_cloudformation("text: |\n  Resources:\n    A: AWS::S3::Bucket\n"), TemplateDialect::Unknown);
  EXPECT_EQ(recognise_cloudformation("# Resources: AWS::S3::Bucket\nResources of AWS::X\n"),
            TemplateDialect::Unknown);
  EXPECT_EQ(recognise_cloudformation(R"({"a": {"Resources": {"B": "AWS::S3::Bucket"}}})"),
            TemplateDialect::Unknown);
  EXPECT_EQ(recognise_cloudformation(R"({"a": "\"Resources\": AWS::S3::Bucket"})"), TemplateDialect::Unknown);
  EXPECT_EQ(recognise_cloudformation(R"(["Resources", "AWS::S3::Bucket"])"), TemplateDialect::Unknown);
}

TEST(Recognise, AnAppSpecOfCodeDeployIsNone) {
  const std::string resources =
      "Resources:\n  - Quote:\n      Type: AWS::Lambda::Function\n      Properties: {Alias: live}\n";
  EXPECT_EQ(recognise_cloudformation("version: 0.0\n" + resources), TemplateDialect::Unknown);
  EXPECT_EQ(recognise_cloudformation(resources + "'version' : 0.0\n"), TemplateDialect::Unknown);
  EXPECT_EQ(recognise_cloudformation(
                R"({"version": 0.0, "Resources": [{"Quote": {"Type": "AWS::Lambda::Function"}}]})"),
            TemplateDialect::Unknown);
  EXPECT_EQ(recognise_cloudformation("Resources:\n  A:\n    Type: AWS::S3::Bucket\n    version: 1\n"),
            TemplateDialect::CloudFormation);
  EXPECT_EQ(recognise_cloudformation(
                R"({"Resources": {"A": {"Type": "AWS::S3::Bucket", "version": 1}}})"),
            TemplateDialect::CloudFormation);
}

TEST(Recognise, AHalfWrittenTextDoesNotConfuseIt) {
  EXPECT_EQ(recognise_cloudformation("{\"AWS::\": \"Resources"), TemplateDialect::Unknown);
  EXPECT_EQ(recognise_cloudformation("{\"AWS::\\"), TemplateDialect::Unknown);
  EXPECT_EQ(recognise_cloudformation("AWS::\nResources"), TemplateDialect::Unknown);
}

std::string only_problem(const std::string& text) {
  const TemplateFacts facts = read_cloudformation(text);
  EXPECT_FALSE(facts.complete);
  EXPECT_TRUE(facts.declarations.empty());
  return problems(facts, text);
}

TEST(EngineText, IsOneClearProblem) {
  const std::string resource = "Resources:\n  A:\n    Type: AWS::S3::Bucket\n";
  EXPECT_EQ(only_problem(resource + "    Properties: {{ properties }}\n"),
            "4:17 input of a template engine ({{ properties }}), not a template yet: not read\n");
  EXPECT_EQ(only_problem(resource + "{{#each queues}}\n  B: 1\n{{/each}}\n"),
            "4:1 input of a template engine ({{#each queues}}), not a template yet: not read\n");
}

TEST(EngineText, IsReadAsItIsWhereItsBlanksStandForTexts) {
  const std::string text =
      "Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties:\n"
      "      BucketName: {{ cookiecutter.name | lower }}-files\n";
  const TemplateFacts facts = read_cloudformation(text);
  EXPECT_EQ(problems(facts, text), "");
  EXPECT_TRUE(facts.complete);
  ASSERT_EQ(facts.inputs.size(), 1U);
  EXPECT_EQ(facts.string(facts.inputs[0].name), "cookiecutter.name");
}

TEST(EngineText, HasAllBranchesOfItsStatementsAndIsNotWholeThen) {
  const std::string text =
      "Resources:\n  A:\n    Type: AWS::S3::Bucket\n{% if prod %}\n  B:\n"
      "    Type: AWS::S3::Bucket\n{%- endif %}\n";
  const TemplateFacts facts = read_cloudformation(text);
  EXPECT_EQ(problems(facts, text),
            "4:1 input of a template engine ({% if prod %}): all of its branches are read\n");
  EXPECT_EQ(facts.declarations.size(), 2U);
  EXPECT_FALSE(facts.complete);
}

TEST(EngineText, KeepsEveryByteInItsPlace) {
  const std::string text = "a: {{ b }}\n{% if c %}\nd: x-{{e|f}}-y\n{% endif %}\n";
  const EngineText read = without_engine(text);
  EXPECT_EQ(read.text, "a: ___b___\n#         \nd: x-__e_f__-y\n#          \n");
  ASSERT_EQ(read.blanks.size(), 2U);
  EXPECT_EQ(read.blanks[0].name, "b");
  EXPECT_EQ(read.blanks[1].name, "e");
  EXPECT_TRUE(read.statements.has_value());
}

TEST(EngineText, BracesOfOtherKindsAreNone) {
  for (const std::string value : {"'{{resolve:ssm:name}}'", "'{{ InstanceId }}'",
                                  "'{% $states.input %}'", "|\n        print(f'{{x}} {% if %}')"}) {
    const std::string text = with_property(value);
    const TemplateFacts facts = read_cloudformation(text);
    EXPECT_TRUE(facts.complete) << value;
    EXPECT_EQ(problems(facts, text), "") << value;
  }
}

TEST(EngineText, APlaceholderInATextIsUnknown) {
  EXPECT_EQ(shown("'{{ runtime }}'"), "unknown(a template engine puts this text in)");
}

}  // namespace
}  // namespace fnlint
