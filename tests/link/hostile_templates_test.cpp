// Templates that double, loop or contain themselves: linking ends.

#include "tests/link/stacks.h"

#include <gtest/gtest.h>

#include <chrono>

namespace fnlint::test {
namespace {

// What nobody would write on purpose must still come to an end.
TEST(HostileTemplates, EveryPropertyMayHaveAnyShape) {
  constexpr std::array<std::string_view, 26> kTypes{"AWS::Serverless::Function",
                                                    "AWS::Lambda::Function",
                                                    "AWS::Lambda::Alias",
                                                    "AWS::Lambda::Version",
                                                    "AWS::Lambda::EventSourceMapping",
                                                    "AWS::Lambda::EventInvokeConfig",
                                                    "AWS::Lambda::Url",
                                                    "AWS::Lambda::Permission",
                                                    "AWS::Lambda::LayerVersion",
                                                    "AWS::S3::Bucket",
                                                    "AWS::SNS::Topic",
                                                    "AWS::SNS::Subscription",
                                                    "AWS::SQS::Queue",
                                                    "AWS::Events::Rule",
                                                    "AWS::Scheduler::Schedule",
                                                    "AWS::Pipes::Pipe",
                                                    "AWS::StepFunctions::StateMachine",
                                                    "AWS::Serverless::StateMachine",
                                                    "AWS::Serverless::Api",
                                                    "AWS::Serverless::Connector",
                                                    "AWS::IAM::Role",
                                                    "AWS::IAM::Policy",
                                                    "AWS::CloudFormation::Stack",
                                                    "AWS::Serverless::Application",
                                                    "AWS::KinesisFirehose::DeliveryStream",
                                                    "AWS::ApplicationAutoScaling::ScalableTarget"};
  constexpr std::array<std::string_view, 40> kNames{"Events",
                                                    "Layers",
                                                    "Role",
                                                    "Policies",
                                                    "CodeUri",
                                                    "Code",
                                                    "InlineCode",
                                                    "ImageUri",
                                                    "FunctionName",
                                                    "EventSourceArn",
                                                    "AutoPublishAlias",
                                                    "ProvisionedConcurrencyConfig",
                                                    "FunctionUrlConfig",
                                                    "EventInvokeConfig",
                                                    "DeadLetterQueue",
                                                    "Environment",
                                                    "Targets",
                                                    "EventPattern",
                                                    "Target",
                                                    "Source",
                                                    "Destination",
                                                    "Definition",
                                                    "DefinitionString",
                                                    "DefinitionUri",
                                                    "DefinitionBody",
                                                    "Body",
                                                    "NotificationConfiguration",
                                                    "RedrivePolicy",
                                                    "Subscription",
                                                    "TopicArn",
                                                    "Endpoint",
                                                    "PolicyDocument",
                                                    "ManagedPolicyArns",
                                                    "TemplateURL",
                                                    "Location",
                                                    "Parameters",
                                                    "ResourceId",
                                                    "ScalableDimension",
                                                    "Permissions",
                                                    "StageName"};
  constexpr std::array<std::string_view, 8> kValues{
      "5",
      "[]",
      "{}",
      "[a, [b], {c: d}]",
      "{A: {Type: S3, Properties: 7}, B: [x], C: {Type: [S3]}}",
      "!Ref R",
      "!GetAtt R.Arn",
      "!Sub '${R}${R.X}{{resolve:ssm:a}}'"};
  for (const std::string_view value : kValues) {
    std::string resources;
    for (const std::string_view type : kTypes) {
      resources += cat("  R", resources.size(), ":\n    Type: ", type, "\n    Properties:\n");
      for (const std::string_view name : kNames)
        resources += cat("      ", name, ": ", value, "\n");
    }
    StackProject project(cat(resources, "  R: {Type: AWS::S3::Bucket}\n"));
    EXPECT_GE(project.stacks().resources.size(), kTypes.size()) << value;
    EXPECT_FALSE(stacks_text(project.pool(), project.stacks()).empty());
  }
}

TEST(HostileTemplates, ConditionsInALongChain) {
  std::string conditions = "Conditions:\n  C0: !Equals [!Ref 'AWS::Region', a]\n";
  for (int i = 1; i < 3000; ++i)
    conditions += cat("  C", i, ": !And [!Condition C", i - 1, ", !Condition C", i - 1, "]\n");
  StackProject project;
  project.file("template.yaml", cat(conditions,
                                    "Resources: {Q: {Type: AWS::SQS::Queue, Condition: "
                                    "C2999}}\n"));
  EXPECT_EQ(project.stacks().resources.size(), 1U);
}

TEST(HostileTemplates, OutputsThatLeadToEachOther) {
  StackProject project;
  project.file("template.yaml",
               "Resources:\n"
               "  A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: a.yaml, "
               "Parameters: {P: !GetAtt A.Outputs.O}}}\n");
  project.file("a.yaml",
               "Parameters: {P: {Type: String}}\n"
               "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {X: !Ref P}}}\n"
               "Outputs: {O: {Value: !Ref P}}\n");
  EXPECT_EQ(project.property("A/Q", "X").substr(0, 1), "?");
}

TEST(HostileTemplates, StacksThatDoubleAtEachLevel) {
  StackProject project;
  for (int i = 0; i < 16; ++i) {
    std::string text = "Resources:\n";
    for (const std::string_view name : {"A", "B"})
      text += cat("  ", name, ": {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: t",
                  i + 1, ".yaml}}\n");
    project.file(cat("t", i, ".yaml"), text);
  }
  project.file("t16.yaml", "Resources: {Q: {Type: AWS::SQS::Queue}}\n");
  EXPECT_LE(project.stacks().scopes.size(), 2000U);
  EXPECT_NE(project.lines("problem").find("too many nested stacks"), std::string::npos);
}

TEST(HostileTemplates, LoopsInsideLoops) {
  std::string resources;
  std::string indent = "  ";
  for (int i = 0; i < 6; ++i) {
    resources += cat(indent, "Fn::ForEach::L", i, ":\n", indent, "  - V", i, "\n", indent,
                     "  - [a, b, c, d, e, f, g, h, i, j]\n", indent, "  - ");
    resources += "\n";
    indent += "    ";
  }
  resources += cat(indent, "Q${V0}${V1}${V2}${V3}${V4}${V5}: {Type: AWS::SQS::Queue}\n");
  StackProject project;
  project.file("template.yaml", cat("Transform: AWS::LanguageExtensions\nResources:\n", resources));
  EXPECT_LE(project.stacks().resources.size(), 256U);
}

TEST(HostileTemplates, AnIncludeOfItself) {
  StackProject project(
      "  Q: {Type: AWS::SQS::Queue, Properties: {Fn::Transform: {Name: "
      "AWS::Include, Parameters: {Location: self.yaml}}}}\n");
  project.file("self.yaml",
               "A: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: self.yaml}}}\n"
               "B: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: self.yaml}}}\n");
  EXPECT_EQ(project.stacks().resources.size(), 1U);
}

TEST(HostileTemplates, NothingAtAll) {
  StackProject project;
  EXPECT_TRUE(project.stacks().scopes.empty());
  StackProject empty("");
  EXPECT_EQ(empty.lines("resource"), "");
}

}  // namespace
}  // namespace fnlint::test
