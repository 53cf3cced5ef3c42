// What the language of policies means: each test is a template, a policy and what is said of it.
#include "app/configuration/rule_registry.h"
#include "app/run/pipeline.h"
#include "core/memory_files.h"
#include "core/text.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace fnlint::policies_test {

// "likely 3: message" for each finding, by line.
std::vector<std::string> said(const std::string& policy, const std::string& text,
                              const std::string& file = "template.yaml") {
  std::string rule = "id: team-rule\ntitle: Title\npolicy:\n";
  for (const std::string_view line : split(policy, '\n')) rule += cat("  ", line, '\n');
  const MemoryFileSystem files({{file, text}, {".fnlint/rules/team.yaml", rule}});
  const auto registry = RuleRegistry::load(files);
  if (!registry) return {registry.error()};
  const std::vector<const Rule*> rules{registry.value()->find("team-rule")};
  PipelineOptions options{
      .settings = {.today = 20'000}, .rules = rules, .registry = registry.value()};
  options.search.folders = {""};
  const Run run = run_pipeline(std::move(options), files);
  std::vector<std::string> lines;
  for (const Finding& finding : run.findings) {
    const std::string_view word = finding.confidence == Confidence::Certain  ? "certain"
                                  : finding.confidence == Confidence::Likely ? "likely"
                                                                             : "possible";
    const auto begin = run.files.text(finding.where.file).substr(0, finding.where.range.begin);
    lines.push_back(cat(word, ' ', std::ranges::count(begin, '\n') + 1, ": ", finding.message));
  }
  std::ranges::sort(lines);
  return lines;
}

using Said = std::vector<std::string>;

constexpr const char* kFunctions = R"(Parameters:
  Size: {Type: Number, Default: 4096}
  Given: {Type: Number}
  Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Small: {Type: AWS::Lambda::Function, Properties: {MemorySize: 512}}
  Large:
    Type: AWS::Lambda::Function
    Properties:
      MemorySize: 2048
  ByDefault:
    Type: AWS::Lambda::Function
    Properties:
      MemorySize: !Ref Size
  Unknown: {Type: AWS::Lambda::Function, Properties: {MemorySize: !Ref Given}}
  Chosen:
    Type: AWS::Lambda::Function
    Properties:
      MemorySize: !If [IsProd, 3008, 512]
  Unset: {Type: AWS::Lambda::Function, Properties: {Timeout: 3}}
)";

TEST(Policies, AValueIsJudgedByWhatIsKnownOfIt) {
  EXPECT_EQ(said("resource: function\nrequire: {attribute: MemorySize, at_most: 1024}\n"
                 "message: \"{name} has {MemorySize}\"",
                 kFunctions),
            (Said{"certain 12: Large has 2048", "likely 16: ByDefault has 4096",
                  "likely 21: Chosen has 3008"}));
}

TEST(Policies, WhatIsAbsentIsNotComparedButMayBeAskedFor) {
  EXPECT_EQ(said("resource: function\nrequire: {attribute: MemorySize, exists: true}\n"
                 "message: \"{name}\"",
                 kFunctions),
            (Said{"certain 22: Unset"}));
  EXPECT_EQ(said("resource: function\nreport: {attribute: MemorySize, less_than: 200}\n"
                 "message: \"{name}\"",
                 kFunctions),
            (Said{}));
  EXPECT_EQ(said("resource: function\nwhere: {attribute: name, equals: Unset}\n"
                 "report: {attribute: memory, less_than: 200}\nmessage: \"{memory}\"",
                 kFunctions),
            (Said{"certain 22: 128"}));
}

constexpr const char* kLinked = R"(Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 60}}
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Timeout: 20
      Tags: [{Key: team, Value: orders}]
      Environment: {Variables: {AWS_REGION: x, TABLE: y}}
      Role: !GetAtt Role.Arn
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Work}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}
      Policies:
        - PolicyName: all
          PolicyDocument:
            Statement:
              - {Effect: Allow, Action: [s3:GetObject, "s3:*"], Resource: "*"}
              - {Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Orders.Arn}
)";

TEST(Policies, PathsLeadAlongWhatIsJoined) {
  EXPECT_EQ(said("resource: event_source_mapping\nwhere: {attribute: source.kind, equals: queue}\n"
                 "require: {attribute: source.VisibilityTimeout, at_least: \"= 6 * function.timeout\"}\n"
                 "message: \"'{source.name}': {source.VisibilityTimeout} s, {6 * function.timeout} s "
                 "for '{function.name}'\"",
                 kLinked),
            (Said{"certain 10: 'Orders': 60 s, 120 s for 'Work'"}));
}

TEST(Policies, EachItemIsToldAtItsPlace) {
  EXPECT_EQ(said("resource: role\neach: statements[*]\n"
                 "report: {attribute: \"actions[*]\", ends_with: \":*\"}\n"
                 "message: \"{subject.name}: {actions[*]} on {resources[*]}\"",
                 kLinked),
            (Said{"certain 22: Role: s3:GetObject, s3:* on *"}));
  EXPECT_EQ(said("resource: function\neach: Environment.Variables.keys[*]\n"
                 "report: {attribute: item, in: \"table:reserved-variables\"}\nmessage: \"{item}\"",
                 kLinked),
            (Said{"certain 8: AWS_REGION"}));
}

TEST(Policies, QuantifiersAskOfAllThatAPathLeadsTo) {
  const std::string start = "resource: function\nmessage: \"{name}\"\nreport:\n  ";
  EXPECT_EQ(said(start + "{no: \"triggers[*]\", that: {attribute: kind, equals: queue}}", kLinked),
            (Said{}));
  EXPECT_EQ(said(start + "{every: \"triggers[*]\", that: {attribute: kind, equals: queue}}", kLinked),
            (Said{"certain 3: Work"}));
  EXPECT_EQ(said(start + "{some: \"role.statements[*]\", that: {attribute: \"count(actions[*])\", "
                         "more_than: 1}}",
                 kLinked),
            (Said{"certain 22: Work"}));
}

TEST(Policies, AListOfKeysAndValuesIsAMap) {
  EXPECT_EQ(said("resource: function\nreport: {attribute: Tags.team, equals: orders}\n"
                 "message: \"{Tags.team}\"",
                 kLinked),
            (Said{"certain 7: orders"}));
}

TEST(Policies, APolicySpeaksOfEachTool) {
  EXPECT_EQ(said("resource: function\nrequire: {attribute: Timeout, at_most: 30}\n"
                 "message: \"{name}: {Timeout}\"",
                 "resource \"aws_lambda_function\" \"work\" {\n  function_name = \"work\"\n"
                 "  timeout = 60\n}\n",
                 "main.tf"),
            (Said{"certain 3: aws_lambda_function.work: 60"}));
}

TEST(Policies, AMistakeIsToldAtItsPlace) {
  const auto mistake = [](const std::string& policy) {
    const Said lines = said(policy, kLinked);
    return lines.empty() ? std::string() : lines.front();
  };
  const std::string rest = "\nmessage: \"x\"";
  EXPECT_EQ(mistake("resource: funtion\nreport: {attribute: Timeout, at_most: 3}" + rest),
            ".fnlint/rules/team.yaml:4:13: there is no kind of resource 'funtion'; did you mean "
            "'function'?");
  EXPECT_EQ(mistake("resource: function\nreport: {attribute: Timeout, at_mos: 3}" + rest),
            ".fnlint/rules/team.yaml:5:32: a condition has no 'at_mos'; did you mean 'at_most'?");
  EXPECT_EQ(mistake("resource: function\nreport: {attribute: timeoot, at_most: 3}" + rest),
            ".fnlint/rules/team.yaml:5:23: a resource has no 'timeoot'; did you mean 'timeout'?");
  EXPECT_EQ(mistake("resource: function\nreport: {attribute: triggers.kind, equals: a}" + rest),
            ".fnlint/rules/team.yaml:5:23: 'triggers' are several: 'triggers[*]'");
  EXPECT_EQ(mistake("resource: function\nreport: {attribute: Timeout, matches: \"(\"}" + rest),
            ".fnlint/rules/team.yaml:5:41: this regular expression cannot be read: missing ): (");
  EXPECT_EQ(mistake("resource: function\nreport: {attribute: Timeout}" + rest),
            ".fnlint/rules/team.yaml:5:11: nothing is compared: an operator is missing");
  EXPECT_EQ(mistake("resource: function\nreport: {attribute: \"(1 + \", equals: 1}" + rest),
            ".fnlint/rules/team.yaml:5:23: a name is missing in '(1 + '");
  EXPECT_EQ(
      mistake("resource: function\nreport: {attribute: \"cnt(Layers[*])\", equals: 1}" + rest),
      ".fnlint/rules/team.yaml:5:23: there is no function 'cnt'; did you mean 'count'?");
  EXPECT_EQ(mistake("resource: function" + rest),
            ".fnlint/rules/team.yaml:4:3: one of 'require' (what has to hold) and 'report' (what is "
            "wrong) is needed");
  EXPECT_EQ(mistake("resource: function\nreport: {attribute: Timeout, in: \"table:x\"}" + rest),
            ".fnlint/rules/team.yaml:5:36: there is no table 'x'");
}

TEST(Policies, NamesAreThoseOfTheSchemasOfResources) {
  const auto mistake = [](const std::string& policy) {
    const Said lines = said(policy + "\nmessage: x", kLinked);
    return lines.empty() ? std::string() : lines.front();
  };
  EXPECT_EQ(mistake("resource: function\nrequire: {attribute: MemorySzie, at_most: 3}"),
            ".fnlint/rules/team.yaml:5:24: AWS::Lambda::Function has no 'MemorySzie'; did you mean "
            "'MemorySize'? (in double quotes any name may stand)");
  EXPECT_EQ(
      mistake("resource: function\nrequire: {attribute: DeadLetterConfig.TargetArm, exists: true}"),
      ".fnlint/rules/team.yaml:5:24: 'DeadLetterConfig' has no 'TargetArm'; did you mean "
      "'TargetArn'? (in double quotes any name may stand)");
  EXPECT_EQ(
      mistake("resource: AWS::Lambda::Funktion\nreport: {attribute: Timeout, exists: true}"),
      ".fnlint/rules/team.yaml:4:13: there is no type of resource 'AWS::Lambda::Funktion'; did "
      "you mean 'AWS::Lambda::Function'?");
  EXPECT_EQ(mistake("resource: aws_lambda_function\nreport: {attribute: Timeout, exists: true}"),
            ".fnlint/rules/team.yaml:4:13: 'aws_lambda_function' of Terraform is "
            "'AWS::Lambda::Function' here, as in every tool");
  EXPECT_EQ(mistake("resource: aws_lamda_function\nreport: {attribute: '\"x\"', exists: true}"),
            ".fnlint/rules/team.yaml:4:13: Terraform has no 'aws_lamda_function'; did you mean "
            "'AWS::Lambda::Function'?");
  EXPECT_EQ(
      mistake("resource: event_source_mapping\nrequire: {attribute: function.Tmeout, at_most: 3}"),
      ".fnlint/rules/team.yaml:5:24: AWS::Lambda::Function has no 'Tmeout'; did you mean "
      "'Timeout'? (in double quotes any name may stand)");
  for (const char* fine :
       {"function\nreport: {attribute: '\"SkipDestroy\"', exists: true}",
        "function\nreport: {attribute: Environment.Variables.ANY, exists: true}",
        "function\nreport: {attribute: Tags.team, equals: nobody}",
        "AWS::Lambda::Function\nreport: {attribute: CodeUri, exists: true}",
        "AWS::New::Thing\nreport: {attribute: Anything, exists: true}",
        "aws_elb\nreport: {attribute: '\"name\"', exists: true}",
        "AWS::SQS::*\nreport: {attribute: Anything, exists: true}",
        "event_source_mapping\nreport: {attribute: source.Anything, exists: true}"})
    EXPECT_EQ(said(std::string("resource: ") + fine + "\nmessage: x", kLinked), Said{}) << fine;
}

TEST(Policies, ANumberIsComparedWithANumber) {
  const auto mistake = [](const std::string& value) {
    const Said lines = said(
        "resource: function\nrequire: {attribute: Timeout, at_most: " + value + "}\nmessage: x",
        kLinked);
    return lines.empty() ? std::string() : lines.front();
  };
  EXPECT_EQ(mistake("abc"),
            ".fnlint/rules/team.yaml:5:42: 'at_most' compares numbers, and 'abc' is none");
  EXPECT_EQ(
      mistake("6 * memory"),
      ".fnlint/rules/team.yaml:5:42: 'at_most' compares numbers, and '6 * memory' is none; did "
      "you mean '= 6 * memory'?");
  EXPECT_EQ(mistake("\"100\""), "");
}

TEST(Policies, AllMistakesOfAFileAreTold) {
  EXPECT_EQ(
      said("resource: [funtion, function]\nwhere: {attribute: nmae, equals: a}\n"
           "require:\n  - {attribute: Timeout, at_mots: 3}\n"
           "  - {some: \"trigers[*]\", that: {attribute: kind, equals: a}}\n"
           "message: \"{nam}\"\nsevrity: error",
           kLinked),
      (Said{".fnlint/rules/team.yaml:4:14: there is no kind of resource 'funtion'; did you mean "
            "'function'?\n"
            ".fnlint/rules/team.yaml:5:22: a resource has no 'nmae'; did you mean 'name'?\n"
            ".fnlint/rules/team.yaml:7:28: a condition has no 'at_mots'; did you mean 'at_most'?\n"
            ".fnlint/rules/team.yaml:8:14: a resource has no 'trigers'; did you mean "
            "'triggers'?\n"
            ".fnlint/rules/team.yaml:9:12: a resource has no 'nam'; did you mean 'name'?\n"
            ".fnlint/rules/team.yaml:10:3: a policy has no 'sevrity'; did you mean "
            "'severity'?"}));
}

TEST(Policies, WhatNobodyKnowsIsToldInWords) {
  EXPECT_EQ(
      said(
          "resource: event_source_mapping\nreport: {attribute: BatchSize, at_least: 10}\n"
          "message: \"{BatchSize} of '{source.name}' for '{function.name}' in '{FilterCriteria}'\"",
          "Parameters: {Queue: {Type: String}}\nResources:\n  M:\n"
          "    Type: AWS::Lambda::EventSourceMapping\n    Properties:\n      BatchSize: 10\n"
          "      FunctionName: !Ref Queue\n"),
      (Said{"certain 6: 10 of its source for its function in nothing"}));
}

TEST(Policies, EveryBuiltInPolicyCanBeRead) {
  const RuleRegistry registry;
  for (const Rule& rule : registry.rules())
    EXPECT_EQ(rule.made_by == RuleMaker::Policy, !rule.policy.empty()) << rule.id;
  for (const Rule& rule : registry.rules()) {
    if (rule.made_by != RuleMaker::Policy) continue;
    EXPECT_FALSE(registry.policies(rule).empty()) << rule.id;
  }
}

}  // namespace fnlint::policies_test
