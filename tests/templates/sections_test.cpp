// Sections of CloudFormation's templates, and fragments of them.

#include "tests/templates/support.h"

namespace fnlint {
namespace {

TEST(Template, AResourceIsADeclaration) {
  const std::string text =
      "Resources:\n  Thumbs:\n    Type: AWS::Serverless::Function\n    Condition: IsProd\n"
      "    DependsOn: [A, B]\n    DeletionPolicy: Retain\n    Metadata: {BuildMethod: esbuild}\n"
      "    Properties:\n      Handler: app.handler\n      Timeout: 30\n      Tracing: yes\n";
  const TemplateFacts facts = read_cloudformation(text);
  ASSERT_EQ(facts.declarations.size(), 1U);
  const Declaration& found = facts.declarations[0];
  EXPECT_EQ(facts.string(found.address), "Thumbs");
  EXPECT_EQ(facts.string(found.type), "AWS::Serverless::Function");
  EXPECT_EQ(facts.string(found.condition), "IsProd");
  EXPECT_EQ(show(facts, found.body), R"({Handler: "app.handler", Timeout: 30, Tracing: true})");
  EXPECT_EQ(show(facts, found.attributes),
            "{Condition: \"IsProd\", DependsOn: [\"A\", \"B\"], DeletionPolicy: \"Retain\", "
            "Metadata: {BuildMethod: \"esbuild\"}}");
  EXPECT_EQ(source(text, found.name_range), "Thumbs");
  EXPECT_EQ(source(text, found.type_range), "AWS::Serverless::Function");
  EXPECT_EQ(source(text, found.where), text.substr(13, text.size() - 14));
  EXPECT_EQ(facts.dialect, TemplateDialect::Sam);
  EXPECT_TRUE(facts.complete);
  EXPECT_TRUE(facts.problems.empty());
}

TEST(Template, ARecordsOperandsHaveTheirKeysRanges) {
  const std::string text = with_property("{Key: value}");
  const TemplateFacts facts = read_cloudformation(text);
  const Slice<Operand> operands = facts[property(facts, "R", "X")].operands;
  EXPECT_EQ(source(text, facts.operand_ranges[operands.first]), "Key");
  EXPECT_EQ(facts.operand_ranges.size(), facts.operands.size());
  EXPECT_EQ(facts.expr_ranges.size(), facts.exprs.size());
  EXPECT_EQ(facts.expr_places.size(), facts.exprs.size());
}

TEST(Template, ParametersAreInputs) {
  const std::string text =
      "Parameters:\n  Stage:\n    Type: String\n    Default: dev\n    AllowedValues: [dev, prod]\n"
      "  Secret: {Type: String, NoEcho: true}\n  Size: {Type: Number, Default: 3}\nResources: {}\n";
  const TemplateFacts facts = read_cloudformation(text);
  ASSERT_EQ(facts.inputs.size(), 3U);
  EXPECT_EQ(facts.string(facts.inputs[0].name), "Stage");
  EXPECT_EQ(facts.string(facts.inputs[0].type), "String");
  EXPECT_EQ(show(facts, facts.inputs[0].fallback), "\"dev\"");
  ASSERT_EQ(facts.inputs[0].allowed.count, 2U);
  EXPECT_EQ(show(facts, facts.allowed[facts.inputs[0].allowed.first + 1]), "\"prod\"");
  EXPECT_FALSE(facts.inputs[0].secret);
  EXPECT_TRUE(facts.inputs[1].secret);
  EXPECT_FALSE(facts.inputs[1].fallback.exists());
  EXPECT_EQ(show(facts, facts.inputs[2].fallback), "3");
  EXPECT_EQ(source(text, facts.inputs[2].where), "Size");
}

TEST(Template, MappingsOutputsGlobalsAndMetadataAreRead) {
  const std::string text =
      "Mappings:\n  M:\n    eu-west-1: {Name: x}\nGlobals:\n  Function: {Timeout: 5}\n"
      "Metadata: {Key: v}\nResources: {}\nOutputs:\n  Name:\n    Value: !Ref A\n"
      "    Condition: C\n    Export:\n      Name: !Sub '${AWS::StackName}-n'\n";
  const TemplateFacts facts = read_cloudformation(text);
  ASSERT_EQ(facts.mappings.size(), 1U);
  EXPECT_EQ(show(facts, facts.mappings[0].value), R"({eu-west-1: {Name: "x"}})");
  EXPECT_EQ(show(facts, facts.globals), "{Function: {Timeout: 5}}");
  EXPECT_EQ(show(facts, facts.metadata), R"({Key: "v"})");
  ASSERT_EQ(facts.outputs.size(), 1U);
  EXPECT_EQ(show(facts, facts.outputs[0].value), R"(Ref("A"))");
  EXPECT_EQ(facts.string(facts.outputs[0].condition), "C");
  EXPECT_EQ(show(facts, facts.outputs[0].export_name),
            R"(Fn::Sub(concat(Ref("AWS::StackName"), "-n")))");
}

TEST(Template, ATransformIsATextAListOrAMap) {
  const auto transforms = [](std::string_view written) {
    const TemplateFacts facts =
        read_cloudformation("Transform: " + std::string(written) + "\nResources: {}\n");
    std::string all;
    for (const StringId id : facts.transforms) all += std::string(facts.string(id)) + ";";
    return all + (facts.dialect == TemplateDialect::Sam ? "sam" : "cfn");
  };
  EXPECT_EQ(transforms("AWS::Serverless-2016-10-31"), "AWS::Serverless-2016-10-31;sam");
  EXPECT_EQ(transforms("[AWS::LanguageExtensions, AWS::Serverless-2016-10-31]"),
            "AWS::LanguageExtensions;AWS::Serverless-2016-10-31;sam");
  EXPECT_EQ(transforms("{Name: AWS::Include, Parameters: {Location: s3://b/k}}"),
            "AWS::Include;cfn");
}

TEST(Template, FilesThatItNamesAreWanted) {
  const std::string text =
      "Transform:\n  - Name: AWS::Include\n    Parameters: {Location: globals.yaml}\nResources:\n"
      "  Fn::Transform: {Name: AWS::Include, Parameters: {Location: ./more.yaml}}\n"
      "  Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: nested/a.yaml}}\n"
      "  Away: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 'https://x/a'}}\n"
      "  App: {Type: AWS::Serverless::Application, Properties: {Location: ../app.yaml}}\n"
      "  Repo: {Type: AWS::Serverless::Application, Properties: {Location: {ApplicationId: a}}}\n"
      "  Machine: {Type: AWS::Serverless::StateMachine, Properties: {DefinitionUri: m.asl.json}}\n"
      "  Api:\n    Type: AWS::Serverless::Api\n    Properties:\n      DefinitionBody:\n"
      "        Fn::Transform: {Name: AWS::Include, Parameters: {Location: openapi.yaml}}\n"
      "  Cdk:\n    Type: AWS::CloudFormation::Stack\n    Metadata: {'aws:asset:path': n.json, "
      "'aws:asset:property': TemplateURL}\n    Properties: {TemplateURL: {'Fn::Join': ['', []]}}\n";
  const TemplateFacts facts = read_cloudformation(text);
  std::string all;
  for (const Wanted& each : facts.wanted) {
    const bool whole = each.section.exists();
    all += std::string(facts.string(each.path)) + " " +
           std::to_string(static_cast<int>(each.kind)) +
           (whole ? " in '" + std::string(facts.string(each.section)) + "'" : "") + "\n";
    EXPECT_EQ(source(text, each.where), facts.string(each.path));
  }
  EXPECT_EQ(all,
            "globals.yaml 0 in ''\n./more.yaml 0 in 'Resources'\nnested/a.yaml 1\n../app.yaml 1\n"
            "m.asl.json 2\nopenapi.yaml 0\nn.json 1\n");
  EXPECT_EQ(facts.problems.size(), 0U);
}

TEST(Template, ATransformBesideOtherPropertiesIsASpread) {
  EXPECT_EQ(shown("{'Fn::Transform': {Name: M, Parameters: {a: 1}}, b: 2}"),
            R"({...Fn::Transform("M", {a: 1}), b: 2})");
}

TEST(Template, MergedAndAliasedPropertiesAreRead) {
  const std::string text =
      "Definitions:\n  common: &common {Runtime: python3.13, MemorySize: 128}\nResources:\n"
      "  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      <<: *common\n"
      "      MemorySize: 256\n  G:\n    Type: AWS::Lambda::Function\n    Properties: *common\n";
  const TemplateFacts facts = read_cloudformation(text);
  EXPECT_EQ(show(facts, property(facts, "F", "Runtime")), "\"python3.13\"");
  EXPECT_EQ(show(facts, property(facts, "F", "MemorySize")), "256");
  EXPECT_EQ(source(text, facts, property(facts, "G", "Runtime")), "python3.13");
}

TEST(Template, ShapesThatAreWrongAreProblemsAndTheRestStands) {
  const std::string text =
      "Parameters:\n  P: word\nResources:\n  A: text\n  B:\n    Properties: {X: 1}\n"
      "  C:\n    Type: [a]\n  D:\n    Type: AWS::S3::Bucket\n    Properties: [1]\n"
      "  E: {Type: AWS::S3::Bucket, Condition: !Ref X}\n  F: {Type: AWS::S3::Bucket}\n"
      "Outputs:\n  O: {Description: none}\n";
  const TemplateFacts facts = read_cloudformation(text);
  EXPECT_EQ(problems(facts, text),
            "2:3 parameter P must be a map\n4:3 resource A must be a map\n"
            "5:3 resource B has no Type\n8:11 the Type of C must be a text\n"
            "11:17 the Properties of D must be a map\n"
            "12:41 the Condition of E must be a condition's name\n15:3 output O has no Value\n");
  EXPECT_EQ(facts.declarations.size(), 5U);
  EXPECT_EQ(show(facts, property(facts, "B", "X")), "1");
  EXPECT_EQ(show(facts, declaration(facts, "F")->body), "{}");
}

TEST(Template, ResourcesThatAreNoMapAreAProblem) {
  const std::string text = "Resources:\n  - a\n";
  EXPECT_EQ(problems(read_cloudformation(text), text), "2:3 Resources must be a map\n");
  const std::string empty = "Parameters:\nResources: {}\n";
  EXPECT_EQ(problems(read_cloudformation(empty), empty), "1:12 Parameters is empty\n");
}

TEST(Template, ATextWithoutResourcesIsNone) {
  const TemplateFacts facts = read_cloudformation("a: 1\n");
  EXPECT_EQ(facts.dialect, TemplateDialect::Unknown);
  EXPECT_TRUE(facts.complete);  // nothing was cut off
  ASSERT_EQ(facts.problems.size(), 1U);
}

TEST(Template, AHalfWrittenOneKeepsItsEarlierResources) {
  const std::string text =
      "Resources:\n  A:\n    Type: AWS::S3::Bucket\n  B:\n    Type: AWS::Lambda::Function\n"
      "    Properties: {Handler: 'a";
  const TemplateFacts facts = read_cloudformation(text);
  EXPECT_FALSE(facts.complete);
  EXPECT_EQ(facts.problems.size(), 1U) << "what is still missing is no problem of its own";
  ASSERT_EQ(facts.declarations.size(), 2U);
  EXPECT_EQ(facts.string(facts.declarations[1].type), "AWS::Lambda::Function");
}

TEST(Template, ASecondDocumentIsAProblem) {
  const std::string text = "Resources: {}\n---\nOther: 1\n---\n";
  EXPECT_EQ(problems(read_cloudformation(text), text),
            "3:1 a template is one document; this further one is not read\n");
}

TEST(Template, ADuplicateResourceNamesBothPlaces) {
  const std::string text =
      "Resources:\n  A: {Type: AWS::S3::Bucket}\n  A: {Type: AWS::SQS::Queue}\n";
  const TemplateFacts facts = read_cloudformation(text);
  EXPECT_EQ(problems(facts, text),
            "3:3 duplicate key \"A\": it replaces the one at line 2, column 3\n");
  EXPECT_EQ(facts.declarations.size(), 1U);
}

TEST(Template, JsonIsReadAlike) {
  const std::string text =
      R"({"Transform": "AWS::Serverless-2016-10-31", "Resources": {"F": {"Type": "AWS::Serverless::Function", "Properties": {"Handler": {"Fn::Sub": ["${A}.h", {"A": {"Ref": "P"}}]}, "Timeout": 3}}}})";
  const TemplateFacts facts = read_cloudformation(text);
  EXPECT_EQ(facts.dialect, TemplateDialect::Sam);
  EXPECT_EQ(show(facts, declaration(facts, "F")->body),
            R"({Handler: Fn::Sub(concat(Ref("P"), ".h"), {A: Ref("P")}), Timeout: 3})");
}

TEST(Fragment, AnIncludeOfResourcesIsReadAsTheirSection) {
  const TemplateFacts facts = read_fragment(
      "A:\n  Type: AWS::SQS::Queue\n  Properties: {QueueName: !Ref N}\n", "Resources");
  EXPECT_EQ(show(facts, property(facts, "A", "QueueName")), R"(Ref("N"))");
}

TEST(Fragment, AnIncludeOfWholeSectionsIsReadAsATemplate) {
  const TemplateFacts facts =
      read_fragment("Mappings: {M: {a: {b: c}}}\nResources: {A: {Type: AWS::SQS::Queue}}\n", "");
  EXPECT_EQ(facts.mappings.size(), 1U);
  EXPECT_EQ(facts.declarations.size(), 1U);
}

TEST(Fragment, AnIncludeInsideAValueIsAnExpression) {
  const TemplateFacts facts = read_fragment("openapi: 3.0.1\nuri: {'Fn::Sub': 'a${B}'}\n");
  EXPECT_EQ(show(facts, facts.fragment),
            R"({openapi: "3.0.1", uri: Fn::Sub(concat("a", Ref("B")))})");
}

}  // namespace
}  // namespace fnlint
