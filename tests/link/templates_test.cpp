// CloudFormation's functions, parameters, conditions, loops, nested stacks and exports.

#include "tests/link/stacks.h"

#include <gtest/gtest.h>

namespace fnlint::test::templates_test {
namespace {

// A queue with one property after some other sections.
StackProject with(std::string_view sections, std::string_view value) {
  StackProject project;
  project.file("template.yaml", cat(sections,
                                    "Resources:\n"
                                    "  Q:\n"
                                    "    Type: AWS::SQS::Queue\n"
                                    "    Properties:\n"
                                    "      X: ",
                                    value,
                                    "\n"
                                    "  Other:\n"
                                    "    Type: AWS::SQS::Queue\n"));
  return project;
}

std::string value(std::string_view sections, std::string_view written) {
  StackProject project = with(sections, written);
  return project.property("Q", "X");
}

TEST(Parameters, AGivenValueIsKnown) {
  StackProject project = with("Parameters: {Stage: {Type: String, Default: dev}}\n", "!Ref Stage");
  project.given("Stage", "prod");
  EXPECT_EQ(project.property("Q", "X"), R"("prod")");
}

TEST(Parameters, OneGivenForAnotherTemplateIsNot) {
  StackProject project = with("Parameters: {Stage: {Type: String, Default: dev}}\n", "!Ref Stage");
  project.given_for("other.yaml", "Stage", "prod");
  EXPECT_EQ(project.property("Q", "X"), R"("dev"~)");
}

TEST(Parameters, SamconfigGivesItToItsTemplateAndTheCommandLineWins) {
  StackProject project =
      with("Parameters: {A: {Type: String}, B: {Type: String}}\n", "!Sub '${A} ${B}'");
  project.given_for("template.yaml", "A", "file").given_for("template.yaml", "B", "file");
  project.given("B", "line");
  EXPECT_EQ(project.property("Q", "X"), R"("file line")");
}

TEST(Parameters, ADefaultMayBeReplaced) {
  EXPECT_EQ(value("Parameters: {N: {Type: Number, Default: 5}}\n", "!Ref N"), "5~");
}

TEST(Parameters, WithoutADefaultItIsAHole) {
  EXPECT_EQ(value("Parameters: {N: {Type: String}}\n", "!Sub 'a-${N}'"), R"("a-${N}")");
}

TEST(Parameters, AllowedValuesAreAlternativesWithTheDefaultFirst) {
  EXPECT_EQ(
      value("Parameters: {S: {Type: String, Default: b, AllowedValues: [a, b, c]}}\n", "!Ref S"),
      R"(("b"~ if S is b | "a"~ if S is a | "c"~ if S is c))");
}

TEST(Parameters, ManyAllowedValuesLeaveTheDefault) {
  EXPECT_EQ(value("Parameters: {S: {Type: String, Default: d, AllowedValues: "
                  "[a, b, c, d, e, f, g, h, i]}}\n",
                  "!Ref S"),
            R"("d"~)");
}

TEST(Parameters, AListTypeGivesAList) {
  EXPECT_EQ(value("Parameters: {L: {Type: CommaDelimitedList, Default: 'a, b'}}\n", "!Ref L"),
            R"(["a"~, "b"~])");
}

TEST(Parameters, OneFromTheParameterStoreIsWhatTheProjectPutsThere) {
  StackProject project =
      with("Parameters: {P: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /app/name}}\n",
           "!Ref P");
  project.file("store.yaml",
               "Resources: {S: {Type: AWS::SSM::Parameter, Properties: {Name: /app/name, Type: "
               "String, Value: orders}}}\n");
  EXPECT_EQ(project.property("Q", "X"), R"("orders"~)");
}

constexpr std::string_view kStages =
    "Parameters: {Env: {Type: String, Default: dev}, Given: {Type: String, Default: x}}\n"
    "Conditions:\n"
    "  IsProd: !Equals [!Ref Env, prod]\n"
    "  IsDev: !Equals [dev, !Ref Env]\n"
    "  NotProd: !Not [!Condition IsProd]\n"
    "  Both: !And [!Condition IsProd, !Condition IsDev]\n"
    "  Either: !Or [!Condition IsProd, !Condition IsDev]\n"
    "  IsX: !Equals [!Ref Given, x]\n"
    "  ProdX: !And [!Condition IsProd, !Condition IsX]\n"
    "  Odd: !Equals [!Ref Env, !Ref Given]\n";

TEST(Conditions, AnEqualityWithALiteralIsATestOfTheParameter) {
  EXPECT_EQ(value(kStages, "!If [IsProd, 10, 5]"), "(10 if Env is prod | 5 if Env is not prod)");
}

TEST(Conditions, NotComplements) {
  EXPECT_EQ(value(kStages, "!If [NotProd, 10, 5]"), "(10 if Env is not prod | 5 if Env is prod)");
}

TEST(Conditions, TestsThatExcludeEachOtherNeverHoldTogether) {
  EXPECT_EQ(value(kStages, "!If [Both, 10, 5]"), "5");
}

TEST(Conditions, OrOverOneParameterIsOneTest) {
  EXPECT_EQ(value(kStages, "!If [Either, 10, 5]"),
            "(10 if Env is dev or prod | 5 if Env is not dev nor prod)");
}

TEST(Conditions, NestedBranchesAgree) {
  EXPECT_EQ(value(kStages, "!If [IsProd, !If [IsDev, 1, 2], !If [IsProd, 3, 4]]"),
            "(2 if Env is prod | 4 if Env is not prod)");
}

TEST(Conditions, AndOfTwoParametersStandsForItselfAndForWhatFollows) {
  EXPECT_EQ(value(kStages, "!If [ProdX, 10, 5]"),
            "(10 if Env is prod and Given is x and condition ProdX is true | "
            "5 if condition ProdX is false)");
}

TEST(Conditions, WhatCannotBeReducedIsAChoiceOfItsOwnName) {
  EXPECT_EQ(value(kStages, "[!If [Odd, 1, 2], !If [Odd, 3, 4]]"),
            "[(1 if condition Odd is true | 2 if condition Odd is false), "
            "(3 if condition Odd is true | 4 if condition Odd is false)]");
}

TEST(Conditions, AGivenParameterDecides) {
  StackProject project = with(kStages, "!If [IsProd, 10, 5]");
  project.given("Env", "prod");
  EXPECT_EQ(project.property("Q", "X"), "10");
}

TEST(Conditions, AValueOutsideTheAllowedOnesNeverHolds) {
  EXPECT_EQ(value("Parameters: {E: {Type: String, Default: a, AllowedValues: [a, b]}}\n"
                  "Conditions: {C: !Equals [!Ref E, z]}\n",
                  "!If [C, 1, 2]"),
            "2");
}

TEST(Conditions, AllowedValuesAndConditionsShareTheirTests) {
  EXPECT_EQ(value("Parameters: {E: {Type: String, Default: a, AllowedValues: [a, b]}}\n"
                  "Conditions: {C: !Equals [!Ref E, b]}\n",
                  "!Sub ['${E}-${N}', {N: !If [C, two, one]}]"),
            R"(("a-one"~ if E is a | "b-two"~ if E is b))");
}

TEST(Conditions, ARegionIsATestToo) {
  EXPECT_EQ(value("Conditions: {Us: !Equals [!Ref 'AWS::Region', us-east-1]}\n", "!If [Us, 1, 2]"),
            "(1 if AWS::Region is us-east-1 | 2 if AWS::Region is not us-east-1)");
}

TEST(Conditions, AResourceThatNeverExistsIsLeftOut) {
  StackProject project = with(kStages, "!Ref Gone");
  project.file("more.yaml",
               "Parameters: {E: {Type: String, Default: a}}\n"
               "Conditions: {C: !Equals [!Ref E, b]}\n"
               "Resources:\n"
               "  Kept: {Type: AWS::SQS::Queue, Condition: C}\n");
  project.given("E", "a");
  EXPECT_EQ(project.lines("resource Kept"), "");
}

TEST(Conditions, AResourceThatMayExistSaysWhen) {
  StackProject project;
  project.file("template.yaml", cat(kStages,
                                    "Resources:\n"
                                    "  Q: {Type: AWS::SQS::Queue, Condition: IsProd}\n"));
  EXPECT_EQ(project.lines("resource"), "resource Q: queue AWS::SQS::Queue, if Env is prod\n");
}

TEST(Conditions, ValuesOfAConditionalResourceHoldWhereItExists) {
  StackProject project;
  project.file("template.yaml",
               cat(kStages,
                   "Resources:\n"
                   "  Q: {Type: AWS::SQS::Queue, Condition: IsProd, Properties: {X: !If [IsProd, "
                   "1, 2]}}\n"));
  EXPECT_EQ(project.property("Q", "X"), "1");
}

TEST(Conditions, OneThatDependsOnItselfIsAProblemAndAChoice) {
  StackProject project =
      with("Conditions: {A: !Not [!Condition B], B: !Not [!Condition A]}\n", "!If [A, 1, 2]");
  EXPECT_NE(project.property("Q", "X").find("condition A is true"), std::string::npos);
  EXPECT_NE(project.lines("problem").find("depends on itself"), std::string::npos);
}

TEST(Functions, SubJoinsTextsReferencesAndPseudoParameters) {
  EXPECT_EQ(value("", "!Sub 'arn:${AWS::Partition}:sqs:::${Other.QueueName}${!Literal}'"),
            R"("arn:${AWS::Partition}:sqs:::${Other.QueueName}${Literal}")");
}

TEST(Functions, JoinLeavesOutWhatHasNoValue) {
  EXPECT_EQ(value("", "!Join ['-', [a, !Ref 'AWS::NoValue', b, !Ref Other]]"), R"("a-b-${Other}")");
}

TEST(Functions, SelectAndSplit) {
  EXPECT_EQ(value("", "!Select ['1', !Split ['/', a/b/c]]"), R"("b")");
}

TEST(Functions, AnArnIsSplitIntoItsParts) {
  EXPECT_EQ(value("", "!Select [5, !Split [':', !GetAtt Other.Arn]]"), "Other");
  EXPECT_EQ(value("", "!Select [2, !Split [':', !GetAtt Other.Arn]]"), R"("sqs")");
}

TEST(Functions, FindInMapOfALiteralKey) {
  EXPECT_EQ(value("Mappings: {M: {a: {n: 1}, b: {n: 2}}}\n", "!FindInMap [M, b, n]"), "2");
}

TEST(Functions, FindInMapOfAParameterIsEveryEntry) {
  EXPECT_EQ(value("Parameters: {K: {Type: String, Default: a}}\n"
                  "Mappings: {M: {a: {n: 1}, b: {n: 2}}}\n",
                  "!FindInMap [M, !Ref K, n]"),
            "(1 if K is a | 2 if K is b)");
}

TEST(Functions, FindInMapAndConditionsAgree) {
  EXPECT_EQ(value("Parameters: {K: {Type: String, Default: a}}\n"
                  "Mappings: {M: {a: {n: 1}, b: {n: 2}}}\n"
                  "Conditions: {B: !Equals [!Ref K, b]}\n",
                  "!If [B, !FindInMap [M, !Ref K, n], 0]"),
            "(2 if K is b | 0 if K is not b)");
}

TEST(Functions, FindInMapHasADefault) {
  EXPECT_EQ(value("Mappings: {M: {a: {n: 1}}}\n", "!FindInMap [M, z, n, {DefaultValue: 9}]"), "9");
}

TEST(Functions, DynamicReferencesAreSecretsOrTheProjectsOwnParameters) {
  EXPECT_EQ(value("", "'{{resolve:secretsmanager:db:SecretString:password}}'"),
            "${secretsmanager:db:SecretString:password}");
  StackProject project = with("", "'{{resolve:ssm:/app/name}}'");
  project.file("store.yaml",
               "Resources: {S: {Type: AWS::SSM::Parameter, Properties: {Name: /app/name, Type: "
               "String, Value: orders}}}\n");
  EXPECT_EQ(project.property("Q", "X"), R"("orders")");
}

TEST(Functions, LengthAndToJsonString) {
  EXPECT_EQ(value("", "!Length [a, b]"), "2");
  EXPECT_EQ(value("", "{Fn::ToJsonString: {a: 1}}"), R"("{\"a\":1}")");
}

TEST(Functions, OneThatIsNotKnownIsUnknown) {
  EXPECT_EQ(value("", "{Fn::Transform: {Name: Mine}}").substr(0, 1), "?");
}

TEST(Functions, ARefToNothingIsNoted) {
  StackProject project = with("", "[!Ref Nothing, !GetAtt Nothing.Arn]");
  EXPECT_EQ(project.lines("unresolved"), "unresolved intrinsic: nothing is named Nothing\n");
}

TEST(Exports, AnImportIsWhatTheOtherStackExports) {
  StackProject project = with("", "!ImportValue shared-bucket");
  project.file("shared.yaml",
               "Resources: {B: {Type: AWS::S3::Bucket}}\n"
               "Outputs: {O: {Value: !Ref B, Export: {Name: shared-bucket}}}\n");
  EXPECT_EQ(project.property("Q", "X"), "B");
}

TEST(Exports, NamesBuiltAlikeFromTheStacksNameMeet) {
  StackProject project =
      with("Parameters: {Shared: {Type: String}}\n", "!ImportValue {Fn::Sub: '${Shared}-Bucket'}");
  project.file("shared.yaml",
               "Resources: {B: {Type: AWS::S3::Bucket}}\n"
               "Outputs: {O: {Value: !Ref B, Export: {Name: !Sub '${AWS::StackName}-Bucket'}}}\n");
  EXPECT_EQ(project.property("Q", "X"), "B");
  EXPECT_NE(project.pool()[project.property_value("Q", "X")].uncertainty & kHeuristic, 0);
}

TEST(Exports, NamesOfEachAllowedValueMeet) {
  const std::string stage =
      "Parameters: {Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}}\n";
  StackProject project = with(stage, "!ImportValue {Fn::Sub: 'shop-${Stage}-Bucket'}");
  project.file("shared.yaml",
               cat(stage,
                   "Resources: {B: {Type: AWS::S3::Bucket}}\n"
                   "Outputs: {O: {Value: !Ref B, Export: {Name: !Sub 'shop-${Stage}-Bucket'}}}\n"));
  EXPECT_EQ(project.property("Q", "X"), "B");
  EXPECT_NE(project.pool()[project.property_value("Q", "X")].uncertainty & kHeuristic, 0);
}

TEST(Exports, OneThatNobodyMakesIsNoted) {
  StackProject project = with("", "!ImportValue net-Vpc");
  EXPECT_EQ(project.lines("unresolved"),
            "unresolved import: no stack of this run exports net-Vpc\n");
}

TEST(Exports, TheyMayImportOneAnother) {
  StackProject project;
  project.file("a.yaml",
               "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {X: !ImportValue b}}}\n"
               "Outputs: {O: {Value: !ImportValue b, Export: {Name: a}}}\n");
  project.file("b.yaml",
               "Resources: {P: {Type: AWS::SQS::Queue}}\n"
               "Outputs: {O: {Value: !ImportValue a, Export: {Name: b}}}\n");
  EXPECT_EQ(project.property("Q", "X").substr(0, 1), "?");
}

TEST(Loops, AResourceIsMadeForEachElement) {
  StackProject project;
  project.file("template.yaml",
               "Transform: AWS::LanguageExtensions\n"
               "Resources:\n"
               "  Fn::ForEach::Queues:\n"
               "    - Name\n"
               "    - [Orders, Refunds]\n"
               "    - Queue${Name}:\n"
               "        Type: AWS::SQS::Queue\n"
               "        Properties: {QueueName: !Sub 'q-${Name}'}\n");
  EXPECT_EQ(project.lines("property"),
            "property QueueOrders QueueName = \"q-Orders\"\n"
            "property QueueRefunds QueueName = \"q-Refunds\"\n");
}

TEST(Loops, PropertiesAreRepeatedToo) {
  EXPECT_EQ(value("Transform: AWS::LanguageExtensions\n",
                  "{'Fn::ForEach::L': [V, [A, B], {'Key${V}': !Ref V}]}"),
            R"({KeyA: "A", KeyB: "B"})");
}

TEST(Loops, NoMoreThan256CopiesAreMade) {
  std::string names;
  for (int i = 0; i < 300; ++i) names += cat(i > 0 ? ", " : "", "n", i);
  StackProject project;
  project.file("template.yaml", cat("Transform: AWS::LanguageExtensions\n"
                                    "Resources:\n"
                                    "  Fn::ForEach::Queues:\n"
                                    "    - Name\n"
                                    "    - [",
                                    names,
                                    "]\n"
                                    "    - Queue${Name}: {Type: AWS::SQS::Queue}\n"));
  EXPECT_EQ(project.stacks().resources.size(), 256U);
  EXPECT_NE(project.lines("problem").find("more than 256 copies"), std::string::npos);
}

TEST(Includes, AValueIsTheLocalFilesContent) {
  StackProject project =
      with("", "{Fn::Transform: {Name: AWS::Include, Parameters: {Location: part.yaml}}}");
  project.file("part.yaml", "Name: !Ref Other\n");
  EXPECT_EQ(project.property("Q", "X"), "{Name: Other}");
}

TEST(Includes, AFileThatIsNotThereIsNoted) {
  StackProject project =
      with("", "{Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/part.yaml}}}");
  EXPECT_NE(project.lines("unresolved include").find("s3://b/part.yaml"), std::string::npos);
}

TEST(Properties, BranchesAreMergedByTheirPaths) {
  StackProject project = with(kStages, "!If [IsProd, {A: 1, B: 2}, {A: 3}]");
  EXPECT_EQ(project.property("Q", "X.A"), "(1 if Env is prod | 3 if Env is not prod)");
  EXPECT_EQ(project.property("Q", "X.B"), "(2 if Env is prod | absent if Env is not prod)");
}

TEST(Properties, NoValueIsNotThere) {
  StackProject project = with(kStages, "!Ref AWS::NoValue");
  EXPECT_EQ(project.property_row("Q", "X"), nullptr);
}

TEST(Properties, KnowTheirPlaces) {
  StackProject project = with("", "{Deep: [first, second]}");
  const Property* row = project.property_row("Q", "X.Deep.1");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(project.text_at(row->where), "second");
  EXPECT_EQ(project.text_at(project.property_row("Q", "X.Deep")->key), "Deep");
}

TEST(NestedStacks, BindParametersAndGiveOutputs) {
  StackProject project;
  project.file("template.yaml",
               "Resources:\n"
               "  Data:\n"
               "    Type: AWS::CloudFormation::Stack\n"
               "    Properties: {TemplateURL: nested/data.yaml, Parameters: {Name: orders}}\n"
               "  Q: {Type: AWS::SQS::Queue, Properties: {X: !GetAtt Data.Outputs.Bucket}}\n");
  project.file("nested/data.yaml",
               "Parameters: {Name: {Type: String}}\n"
               "Resources: {B: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref Name}}}\n"
               "Outputs: {Bucket: {Value: !Ref B}}\n");
  EXPECT_EQ(project.lines("stack"), "stack \"\"\nstack \"Data\", nested\n");
  EXPECT_EQ(project.property("Data/B", "BucketName"), R"("orders")");
  EXPECT_EQ(project.property("Q", "X"), "B");
}

TEST(NestedStacks, ATemplateNestedTwiceIsTwoStacks) {
  StackProject project;
  project.file("template.yaml",
               "Transform: AWS::Serverless-2016-10-31\n"
               "Resources:\n"
               "  A: {Type: AWS::Serverless::Application, Properties: {Location: one.yaml}}\n"
               "  B: {Type: AWS::Serverless::Application, Properties: {Location: one.yaml}}\n");
  project.file("one.yaml", "Resources: {Q: {Type: AWS::SQS::Queue}}\n");
  EXPECT_EQ(project.lines("resource A/") + project.lines("resource B/"),
            "resource A/Q: queue AWS::SQS::Queue\nresource B/Q: queue AWS::SQS::Queue\n");
}

TEST(NestedStacks, AParentsChoiceReachesTheChildsConditions) {
  StackProject project;
  project.file("template.yaml",
               "Parameters: {Env: {Type: String, Default: dev, AllowedValues: [dev, prod]}}\n"
               "Resources:\n"
               "  C:\n"
               "    Type: AWS::CloudFormation::Stack\n"
               "    Properties: {TemplateURL: c.yaml, Parameters: {Stage: !Ref Env}}\n");
  project.file("c.yaml",
               "Parameters: {Stage: {Type: String}}\n"
               "Conditions: {P: !Equals [!Ref Stage, prod]}\n"
               "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {X: !If [P, 1, 2]}}}\n");
  EXPECT_EQ(project.property("C/Q", "X"), "(1 if Env is prod | 2 if Env is dev)");
}

TEST(NestedStacks, OnesThatNestThemselvesAreAProblem) {
  StackProject project;
  project.file("a.yaml",
               "Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "
               "b.yaml}}}\n");
  project.file("b.yaml",
               "Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "
               "a.yaml}}}\n");
  EXPECT_EQ(project.lines("problem"), "problem: this stack nests itself\n");
}

TEST(NestedStacks, OneThatLiesElsewhereIsNoted) {
  StackProject project;
  project.file("template.yaml",
               "Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "
               "'https://b.s3.amazonaws.com/t.yaml'}}}\n");
  EXPECT_NE(project.lines("unresolved include").find("https://b.s3.amazonaws.com/t.yaml"),
            std::string::npos);
}

// A build uploads it, and may give it another ending.
TEST(NestedStacks, AnAddressIsThatOfTheOnlyTemplateOfThatName) {
  StackProject project;
  project.file("main.yaml",
               "Parameters: {Store: {Type: String}}\n"
               "Resources:\n"
               "  Data:\n"
               "    Type: AWS::CloudFormation::Stack\n"
               "    Properties: {TemplateURL: !Sub '${Store}/v1/data.template', Parameters: {Name: "
               "orders}}\n");
  project.file("stacks/data.yaml",
               "Parameters: {Name: {Type: String}}\n"
               "Resources: {B: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref Name}}}\n");
  EXPECT_EQ(project.property("Data/B", "BucketName"), R"("orders")");
  EXPECT_NE(project.pool()[project.property_value("Data/B", "BucketName")].uncertainty & kHeuristic,
            0);
  EXPECT_EQ(project.lines("unresolved"), "");
}

TEST(NestedStacks, OfSeveralWithThatNameNoneIsMeant) {
  StackProject project;
  project.file("main.yaml",
               "Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "
               "'https://b.s3.amazonaws.com/data.yaml'}}}\n");
  project.file("a/data.yaml", "Resources: {B: {Type: AWS::S3::Bucket}}\n");
  project.file("b/data.yaml", "Resources: {B: {Type: AWS::S3::Bucket}}\n");
  EXPECT_NE(project.lines("unresolved include").find("data.yaml"), std::string::npos);
}

}  // namespace
}  // namespace fnlint::test::templates_test
