// Relations of CloudFormation's resources, one test a family.

#include "tests/link/stacks.h"

#include <gtest/gtest.h>

namespace fnlint::test {
namespace {

constexpr std::string_view kFunction =
    "  F:\n"
    "    Type: AWS::Lambda::Function\n"
    "    Properties: {FunctionName: fn, Runtime: python3.13, Handler: index.handler, Role: "
    "'arn:aws:iam::1:role/r', Code: {ZipFile: 'def handler(e, c): pass'}}\n";

// What these resources beside a function F ("fn") have to do with each other.
std::string relations(std::string_view resources) {
  StackProject project(cat(kFunction, resources));
  std::string found;
  for (const std::string_view kind :
       {"trigger", "forward", "failure forward", "may invoke", "provisions", "scales", "attaches"})
    found += project.lines(cat(kind, ' '));
  return found;
}

TEST(CloudFormation, BucketNotifications) {
  EXPECT_EQ(relations("  B:\n"
                      "    Type: AWS::S3::Bucket\n"
                      "    Properties:\n"
                      "      NotificationConfiguration:\n"
                      "        LambdaConfigurations:\n"
                      "          - {Event: 's3:ObjectCreated:Put', Function: !GetAtt F.Arn, "
                      "Filter: {S3Key: {Rules: [{Name: Prefix, Value: in/}]}}}\n"
                      "        QueueConfigurations:\n"
                      "          - {Event: 's3:ObjectRemoved:*', Queue: !GetAtt Q.Arn}\n"
                      "        TopicConfigurations:\n"
                      "          - {Event: 's3:ObjectCreated:*', Topic: !Ref T}\n"
                      "        EventBridgeConfiguration: {EventBridgeEnabled: true}\n"
                      "  Q: {Type: AWS::SQS::Queue}\n"
                      "  T: {Type: AWS::SNS::Topic}\n"),
            "trigger B -> F, {events: [\"s3:ObjectCreated:Put\"], prefix: \"in/\"}, asynchronous\n"
            "forward B -> Q, {events: [\"s3:ObjectRemoved:*\"]}\n"
            "forward B -> T, {events: [\"s3:ObjectCreated:*\"]}\n"
            "forward B -> default\n");
}

TEST(CloudFormation, CdksBucketNotifications) {
  EXPECT_EQ(relations("  B: {Type: AWS::S3::Bucket}\n"
                      "  N:\n"
                      "    Type: Custom::S3BucketNotifications\n"
                      "    Properties:\n"
                      "      BucketName: !Ref B\n"
                      "      NotificationConfiguration:\n"
                      "        LambdaFunctionConfigurations:\n"
                      "          - {Events: ['s3:ObjectCreated:*'], LambdaFunctionArn: !GetAtt "
                      "F.Arn, Filter: {Key: {FilterRules: [{Name: suffix, Value: .csv}]}}}\n"),
            "trigger B -> F, {events: [\"s3:ObjectCreated:*\"], suffix: \".csv\"}, asynchronous, "
            "by N\n");
}

TEST(CloudFormation, Replication) {
  EXPECT_EQ(relations("  A:\n"
                      "    Type: AWS::S3::Bucket\n"
                      "    Properties: {ReplicationConfiguration: {Rules: [{Status: Enabled, "
                      "Destination: {Bucket: !GetAtt B.Arn}}, {Status: Disabled, Destination: "
                      "{Bucket: 'arn:aws:s3:::c'}}]}}\n"
                      "  B: {Type: AWS::S3::Bucket}\n"),
            "forward A -> B\n");
}

TEST(CloudFormation, EventSourceMappings) {
  EXPECT_EQ(relations("  Q: {Type: AWS::SQS::Queue}\n"
                      "  M:\n"
                      "    Type: AWS::Lambda::EventSourceMapping\n"
                      "    Properties: {EventSourceArn: !GetAtt Q.Arn, FunctionName: !Ref F, "
                      "BatchSize: 10, DestinationConfig: {OnFailure: {Destination: !Ref T}}}\n"
                      "  T: {Type: AWS::SNS::Topic}\n"),
            "trigger Q -> F, {batch_size: 10}, polled, by M\nfailure forward F -> T, by M\n");
}

TEST(CloudFormation, NamesArnsAndReferencesMeanTheSameFunction) {
  for (const std::string_view name :
       {"fn", "!Ref F", "!GetAtt F.Arn", "'arn:aws:lambda:eu-west-1:1:function:fn'",
        "!Sub 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${F}'",
        "!Sub 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:fn:live'",
        "!Ref A", "!Sub '${F.Arn}:live'"}) {
    EXPECT_EQ(relations(cat("  Q: {Type: AWS::SQS::Queue}\n"
                            "  A: {Type: AWS::Lambda::Alias, Properties: {Name: live, "
                            "FunctionName: !Ref F, FunctionVersion: '1'}}\n"
                            "  M:\n"
                            "    Type: AWS::Lambda::EventSourceMapping\n"
                            "    Properties: {EventSourceArn: !GetAtt Q.Arn, FunctionName: ",
                            name, "}\n"))
                  .substr(0, 14),
              "trigger Q -> F")
        << name;
  }
}

TEST(CloudFormation, AnAliasInBetweenIsTheQualifier) {
  EXPECT_EQ(relations("  A: {Type: AWS::Lambda::Alias, Properties: {Name: live, FunctionName: !Ref "
                      "F, FunctionVersion: '1'}}\n"
                      "  R: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 "
                      "day), Targets: [{Id: a, Arn: !Ref A}]}}\n"),
            "trigger R -> F:live, asynchronous, by R\n");
}

TEST(CloudFormation, TopicsAndSubscriptions) {
  EXPECT_EQ(
      relations("  T:\n"
                "    Type: AWS::SNS::Topic\n"
                "    Properties: {Subscription: [{Protocol: lambda, Endpoint: !GetAtt F.Arn}, "
                "{Protocol: email, Endpoint: a@example.com}]}\n"
                "  Q: {Type: AWS::SQS::Queue}\n"
                "  S:\n"
                "    Type: AWS::SNS::Subscription\n"
                "    Properties: {TopicArn: !Ref T, Protocol: sqs, Endpoint: !GetAtt Q.Arn, "
                "FilterPolicy: '{\"kind\": [\"a\"]}', RedrivePolicy: {deadLetterTargetArn: !GetAtt "
                "D.Arn}}\n"
                "  D: {Type: AWS::SQS::Queue}\n"),
      "trigger T -> F, {}, asynchronous\n"
      "forward T -> Q, {policy: {kind: [\"a\"]}}, by S\n"
      "failure forward T -> D, by S\n");
}

TEST(CloudFormation, ASubscribedFunctionElsewhereIsKept) {
  StackProject project(
      "  T:\n"
      "    Type: AWS::SNS::Topic\n"
      "    Properties: {Subscription: [{Protocol: lambda, Endpoint: "
      "'arn:aws:lambda:eu-west-1:1:function:there'}]}\n");
  ASSERT_EQ(project.stacks().relations.size(), 1U);
  const Resource& function = project.stacks()[project.stacks().relations[0].to];
  EXPECT_TRUE(function.external);
  EXPECT_EQ(function.kind, ResourceKind::Function);
}

TEST(CloudFormation, QueuesWithDeadLetters) {
  EXPECT_EQ(relations("  Q: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: "
                      "{deadLetterTargetArn: !GetAtt D.Arn, maxReceiveCount: 3}}}\n"
                      "  D: {Type: AWS::SQS::Queue}\n"),
            "failure forward Q -> D\n");
}

TEST(CloudFormation, RulesToEverything) {
  EXPECT_EQ(relations("  R:\n"
                      "    Type: AWS::Events::Rule\n"
                      "    Properties:\n"
                      "      EventPattern: {source: [a]}\n"
                      "      Targets:\n"
                      "        - {Id: f, Arn: !GetAtt F.Arn}\n"
                      "        - {Id: q, Arn: !GetAtt Q.Arn, DeadLetterConfig: {Arn: !GetAtt "
                      "D.Arn}}\n"
                      "        - {Id: b, Arn: !GetAtt B.Arn}\n"
                      "  Q: {Type: AWS::SQS::Queue}\n"
                      "  D: {Type: AWS::SQS::Queue}\n"
                      "  B: {Type: AWS::Events::EventBus, Properties: {Name: b}}\n"),
            "trigger default -> F, {source: [\"a\"]}, asynchronous, by R\n"
            "forward default -> Q, {source: [\"a\"]}, by R\n"
            "forward default -> B, {source: [\"a\"]}, by R\n"
            "failure forward default -> D, by R\n");
}

TEST(CloudFormation, ABusInAnotherRegionIsNotItself) {
  EXPECT_EQ(relations("  B: {Type: AWS::Events::EventBus, Properties: {Name: b}}\n"
                      "  R:\n"
                      "    Type: AWS::Events::Rule\n"
                      "    Properties: {EventBusName: !Ref B, EventPattern: {source: [a]}, "
                      "Targets: [{Id: b, Arn: 'arn:aws:events:us-west-2:1:event-bus/b'}]}\n"),
            "");
}

TEST(CloudFormation, ADisabledRuleGivesNoEdge) {
  EXPECT_EQ(relations("  R:\n"
                      "    Type: AWS::Events::Rule\n"
                      "    Properties: {State: DISABLED, EventPattern: {source: [a]}, Targets: "
                      "[{Id: f, Arn: !GetAtt F.Arn}]}\n"),
            "");
}

TEST(CloudFormation, SchedulesAndPipes) {
  EXPECT_EQ(
      relations("  S: {Type: AWS::Scheduler::Schedule, Properties: {Target: {Arn: !GetAtt F.Arn, "
                "DeadLetterConfig: {Arn: !GetAtt Q.Arn}}}}\n"
                "  Q: {Type: AWS::SQS::Queue}\n"
                "  T: {Type: AWS::SNS::Topic}\n"
                "  P:\n"
                "    Type: AWS::Pipes::Pipe\n"
                "    Properties: {Source: !GetAtt Q.Arn, SourceParameters: {FilterCriteria: "
                "{Filters: [{Pattern: '{\"body\": [\"x\"]}'}]}}, Enrichment: !GetAtt F.Arn, "
                "Target: !Ref T}\n"),
      "trigger S -> F, asynchronous, by S\n"
      "trigger P -> F, synchronous, by P\n"
      "forward Q -> P, {patterns: [{body: [\"x\"]}]}, by P\n"
      "forward P -> T, by P\n"
      "failure forward S -> Q, by S\n");
}

TEST(CloudFormation, Apis) {
  EXPECT_EQ(
      relations("  A: {Type: AWS::ApiGateway::RestApi}\n"
                "  M:\n"
                "    Type: AWS::ApiGateway::Method\n"
                "    Properties: {RestApiId: !Ref A, Integration: {Uri: !Sub "
                "'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"
                "${F.Arn}/invocations'}}\n"
                "  H: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: h}}\n"
                "  I: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: !Ref H, "
                "IntegrationUri: !GetAtt F.Arn}}\n"
                "  O:\n"
                "    Type: AWS::Serverless::Api\n"
                "    Properties:\n"
                "      StageName: a\n"
                "      DefinitionBody:\n"
                "        paths: {/x: {get: {x-amazon-apigateway-integration: {uri: !Sub "
                "'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/"
                "invocations'}}}}\n"),
      "trigger A -> F, synchronous, by M\n"
      "trigger H -> F, synchronous, by I\n"
      "trigger O -> F, synchronous\n");
}

TEST(CloudFormation, WhatElseInvokesAFunction) {
  EXPECT_EQ(relations("  U: {Type: AWS::Cognito::UserPool, Properties: {LambdaConfig: {PreSignUp: "
                      "!GetAtt F.Arn}}}\n"
                      "  I: {Type: AWS::IoT::TopicRule, Properties: {TopicRulePayload: {Sql: a, "
                      "Actions: [{Lambda: {FunctionArn: !GetAtt F.Arn}}]}}}\n"
                      "  L: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: "
                      "/aws/x, DestinationArn: !GetAtt F.Arn}}\n"
                      "  W: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: !Ref F}}\n"),
            "trigger U -> F, synchronous, by U\n"
            "trigger I -> F, asynchronous, by I\n"
            "trigger /aws/x -> F, asynchronous, by L\n"
            "trigger W -> F, synchronous, by W\n");
}

TEST(CloudFormation, ProvisionedConcurrencyOfAliasesAndVersions) {
  EXPECT_EQ(
      relations("  A: {Type: AWS::Lambda::Alias, Properties: {Name: live, FunctionName: !Ref F, "
                "FunctionVersion: '1', ProvisionedConcurrencyConfig: "
                "{ProvisionedConcurrentExecutions: 6}}}\n"
                "  V: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref F, "
                "ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: '4'}}}\n"),
      "provisions A -> F, 6, by A\nprovisions V -> F, \"4\", by V\n");
}

TEST(CloudFormation, ScalableTargetsHoweverTheirIdIsBuilt) {
  for (const std::string_view id :
       {"'function:fn:live'", "!Sub 'function:${F}:live'", "!Join [':', [function, !Ref F, live]]",
        "!Sub ['function:${N}:live', {N: !Select [6, !Split [':', !GetAtt F.Arn]]}]",
        "!Join [':', [function, !Select [6, !Split [':', !Ref A]], live]]"}) {
    EXPECT_EQ(
        relations(cat("  A: {Type: AWS::Lambda::Alias, Properties: {Name: live, "
                      "FunctionName: !Ref F, FunctionVersion: '1'}}\n"
                      "  S:\n"
                      "    Type: AWS::ApplicationAutoScaling::ScalableTarget\n"
                      "    Properties: {ServiceNamespace: lambda, ScalableDimension: "
                      "'lambda:function:ProvisionedConcurrency', MinCapacity: 1, MaxCapacity: "
                      "50, ResourceId: ",
                      id, "}\n"))
            .substr(0, 13),
        "scales S -> F")
        << id;
  }
}

TEST(CloudFormation, OtherScalableTargetsAreOfNoFunction) {
  EXPECT_EQ(relations("  S:\n"
                      "    Type: AWS::ApplicationAutoScaling::ScalableTarget\n"
                      "    Properties: {ServiceNamespace: dynamodb, ScalableDimension: "
                      "'dynamodb:table:ReadCapacityUnits', MaxCapacity: 5, ResourceId: table/t}\n"),
            "");
}

TEST(CloudFormation, LayersInTheirOrderUnderTheirConditions) {
  StackProject project;
  project.file("template.yaml",
               "Parameters: {P: {Type: String, Default: a}}\n"
               "Conditions: {C: !Equals [!Ref P, b]}\n"
               "Resources:\n"
               "  L: {Type: AWS::Lambda::LayerVersion, Properties: {Content: layer/}}\n"
               "  F:\n"
               "    Type: AWS::Lambda::Function\n"
               "    Properties: {Code: {ZipFile: x}, Layers: [!Ref L, !If [C, "
               "'arn:aws:lambda:eu-west-1:1:layer:x:3', !Ref AWS::NoValue]]}\n");
  EXPECT_EQ(project.lines("attaches"),
            "attaches F -> L\n"
            "attaches F -> arn:aws:lambda:eu-west-1:1:layer:x:3, if P is b\n");
}

TEST(CloudFormation, PermissionsSayWhoMayInvoke) {
  EXPECT_EQ(relations("  T: {Type: AWS::SNS::Topic}\n"
                      "  P: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref F, "
                      "Principal: sns.amazonaws.com, SourceArn: !Ref T}}\n"),
            "may invoke T -> F, by P\n");
}

TEST(CloudFormation, DeliveryStreamsAndTables) {
  EXPECT_EQ(relations("  B: {Type: AWS::S3::Bucket}\n"
                      "  K: {Type: AWS::Kinesis::Stream}\n"
                      "  D:\n"
                      "    Type: AWS::KinesisFirehose::DeliveryStream\n"
                      "    Properties: {KinesisStreamSourceConfiguration: {KinesisStreamARN: "
                      "!GetAtt K.Arn}, ExtendedS3DestinationConfiguration: {BucketARN: !GetAtt "
                      "B.Arn, Prefix: raw/}}\n"
                      "  T: {Type: AWS::DynamoDB::Table, Properties: {KinesisStreamSpecification: "
                      "{StreamArn: !GetAtt K.Arn}}}\n"),
            "forward D -> B, {prefix: \"raw/\"}\nforward K -> D\nforward T -> K\n");
}

TEST(CloudFormation, ResourcesOfOtherTypesAreKept) {
  StackProject project("  C: {Type: Custom::Mine, Properties: {ServiceToken: a, X: 1}}\n");
  EXPECT_EQ(project.lines("resource") + project.lines("property C X"),
            "resource C: other Custom::Mine\nproperty C X = 1\n");
}

TEST(StateMachines, TasksOfAnInlineDefinition) {
  EXPECT_EQ(relations("  T: {Type: AWS::SNS::Topic}\n"
                      "  M:\n"
                      "    Type: AWS::Serverless::StateMachine\n"
                      "    Properties:\n"
                      "      Definition:\n"
                      "        States:\n"
                      "          A: {Type: Task, Resource: !GetAtt F.Arn}\n"
                      "          B:\n"
                      "            Type: Parallel\n"
                      "            Branches: [{States: {C: {Type: Task, Resource: "
                      "'arn:aws:states:::sns:publish', Parameters: {TopicArn: !Ref T}}}}]\n"),
            "trigger M -> F, synchronous, by M\nforward M -> T, {action: \"sns:publish\"}, by M\n");
}

TEST(StateMachines, ADefinitionStringWithSubstitutions) {
  EXPECT_EQ(relations("  M:\n"
                      "    Type: AWS::StepFunctions::StateMachine\n"
                      "    Properties:\n"
                      "      DefinitionSubstitutions: {Fn: !GetAtt F.Arn}\n"
                      "      DefinitionString: !Sub |\n"
                      "        {\"States\": {\"A\": {\"Type\": \"Task\", \"Resource\":\n"
                      "          \"arn:aws:states:::lambda:invoke.waitForTaskToken\",\n"
                      "          \"Parameters\": {\"FunctionName\": \"${!Fn}\"}},\n"
                      "         \"B\": {\"Type\": \"Task\", \"Resource\": \"${F.Arn}\"}}}\n"),
            "trigger M -> F, synchronous, by M\ntrigger M -> F, synchronous, by M\n");
}

TEST(StateMachines, ADefinitionLongerThanAValueHolds) {
  std::string states;
  for (int i = 0; i < 200; ++i)
    states += cat("            \"S", i, "\": {\"Type\": \"Pass\", \"Comment\": \"", i, "\"},\n");
  EXPECT_EQ(relations(cat("  M:\n"
                          "    Type: AWS::StepFunctions::StateMachine\n"
                          "    Properties:\n"
                          "      DefinitionString: !Sub |\n"
                          "            {\"States\": {\n",
                          states,
                          "            \"Z\": {\"Type\": \"Task\", \"Resource\": "
                          "\"${F.Arn}\"}}}\n")),
            "trigger M -> F, synchronous, by M\n");
}

TEST(StateMachines, ADefinitionInAFile) {
  StackProject project(cat(kFunction,
                           "  M:\n"
                           "    Type: AWS::Serverless::StateMachine\n"
                           "    Properties: {DefinitionUri: states.asl.json, "
                           "DefinitionSubstitutions: {Fn: !GetAtt F.Arn}}\n"));
  project.file("states.asl.json", R"({"States": {"A": {"Type": "Task", "Resource": "${Fn}"}}})");
  EXPECT_EQ(project.lines("trigger"), "trigger M -> F, synchronous, by M\n");
  EXPECT_EQ(project.text_at(project.stacks().relations[0].where), R"("${Fn}")");
}

TEST(StateMachines, TheirEventsStartThem) {
  EXPECT_EQ(relations("  M:\n"
                      "    Type: AWS::Serverless::StateMachine\n"
                      "    Properties:\n"
                      "      Definition: {States: {}}\n"
                      "      Events:\n"
                      "        R: {Type: EventBridgeRule, Properties: {Pattern: {source: [a]}}}\n"
                      "        S: {Type: Schedule, Properties: {Schedule: rate(1 day)}}\n"),
            "forward default -> M, {source: [\"a\"]}, by MR\nforward MS -> M, by MS\n");
}

}  // namespace
}  // namespace fnlint::test
