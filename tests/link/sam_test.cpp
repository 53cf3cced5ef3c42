// What SAM's transform makes of Globals, events, aliases and policies.

#include "tests/link/stacks.h"

#include <gtest/gtest.h>

namespace fnlint::test::sam_test {
namespace {

// A function F with these properties (one a line, indented by six) among these other resources.
StackProject sam(std::string_view properties, std::string_view others = "",
                 std::string_view sections = "") {
  StackProject project;
  project.file("template.yaml", cat(StackProject::kSam, sections,
                                    "Resources:\n"
                                    "  F:\n"
                                    "    Type: AWS::Serverless::Function\n"
                                    "    Properties:\n"
                                    "      Handler: app.handler\n"
                                    "      Runtime: python3.13\n",
                                    properties, others));
  project.file("app.py", "def handler(event, context): pass\n");
  return project;
}

// The triggers of one event of the function.
std::string triggers(std::string_view event, std::string_view others = "") {
  StackProject project = sam(cat("      Events:\n        E: ", event, "\n"), others);
  return project.lines("trigger") + project.lines("forward");
}

TEST(SamGlobals, PropertiesAreInheritedWithTheirPlaces) {
  StackProject project =
      sam("      Timeout: 5\n", "", "Globals: {Function: {MemorySize: 512, Timeout: 3}}\n");
  EXPECT_EQ(project.lines("property F MemorySize") + project.lines("property F Timeout"),
            "property F MemorySize = 512, inherited\nproperty F Timeout = 5\n");
  EXPECT_EQ(project.text_at(project.property_row("F", "MemorySize")->where), "512");
}

TEST(SamGlobals, MapsAreMerged) {
  StackProject project = sam("      Environment: {Variables: {A: own, B: own}}\n", "",
                             "Globals: {Function: {Environment: {Variables: {A: all, C: all}}}}\n");
  EXPECT_EQ(project.property("F", "Environment.Variables"), R"({A: "own", B: "own", C: "all"})");
  EXPECT_TRUE(project.property_row("F", "Environment.Variables.C")->inherited);
  EXPECT_FALSE(project.property_row("F", "Environment.Variables.A")->inherited);
}

TEST(SamGlobals, ListsAreJoinedTheGlobalItemsFirst) {
  StackProject project = sam("      Layers: [own]\n", "", "Globals: {Function: {Layers: [all]}}\n");
  EXPECT_EQ(project.property("F", "Layers"), R"(["all", "own"])");
  EXPECT_EQ(project.lines("attaches"), "attaches F -> all\nattaches F -> own\n");
}

TEST(SamGlobals, AFunctionCallInPlaceOfAMapReplacesIt) {
  StackProject project = sam("      VpcConfig: !If [C, {SubnetIds: [a]}, !Ref AWS::NoValue]\n", "",
                             "Parameters: {P: {Type: String, Default: x}}\n"
                             "Conditions: {C: !Equals [!Ref P, y]}\n"
                             "Globals: {Function: {VpcConfig: {SecurityGroupIds: [b]}}}\n");
  EXPECT_EQ(project.property_row("F", "VpcConfig.SecurityGroupIds"), nullptr);
}

TEST(SamGlobals, IgnoreGlobalsLeavesThemOut) {
  StackProject project;
  project.file("template.yaml",
               "Transform: AWS::Serverless-2016-10-31\n"
               "Globals: {Function: {MemorySize: 512, Timeout: 3}}\n"
               "Resources:\n"
               "  F: {Type: AWS::Serverless::Function, IgnoreGlobals: [Timeout], Properties: "
               "{InlineCode: x}}\n"
               "  G: {Type: AWS::Serverless::Function, IgnoreGlobals: '*', Properties: "
               "{InlineCode: x}}\n");
  EXPECT_EQ(project.property("F", "MemorySize"), "512");
  EXPECT_EQ(project.property("F", "Timeout"), "");
  EXPECT_EQ(project.property("G", "MemorySize"), "");
}

TEST(SamGlobals, WhatSamDoesNotInheritIsNotInherited) {
  StackProject project = sam("", "", "Globals: {Function: {FunctionName: all}}\n");
  EXPECT_EQ(project.property("F", "FunctionName"), "");
}

TEST(SamProperties, CarryCloudFormationsNames) {
  StackProject project = sam("      CodeUri: {Bucket: b, Key: k}\n      Tracing: Active\n");
  EXPECT_EQ(project.lines("property F Code") + project.lines("property F Tracing"),
            "property F Code (CodeUri) = {Bucket: \"b\", Key: \"k\"}\n"
            "property F Code.S3Bucket (CodeUri.Bucket) = \"b\"\n"
            "property F Code.S3Key (CodeUri.Key) = \"k\"\n"
            "property F TracingConfig.Mode (Tracing) = \"Active\"\n");
}

TEST(SamProperties, NullIsNotThere) {
  StackProject project = sam("      Role: null\n      MemorySize:\n");
  EXPECT_EQ(project.property_row("F", "MemorySize"), nullptr);
  EXPECT_EQ(project.lines("grants"), "grants F -> FRole\n");
}

TEST(SamEvents, ABucketsNotificationHasItsFilterDecoded) {
  EXPECT_EQ(triggers("{Type: S3, Properties: {Bucket: !Ref B, Events: 's3:ObjectCreated:*', "
                     "Filter: {S3Key: {Rules: [{Name: prefix, Value: in+box%2Fa/}, {Name: suffix, "
                     "Value: .jpg}]}}}}",
                     "  B: {Type: AWS::S3::Bucket}\n"),
            "trigger B -> F, {events: [\"s3:ObjectCreated:*\"], prefix: \"in box/a/\", "
            "suffix: \".jpg\"}, asynchronous\n");
}

TEST(SamEvents, AQueueIsPolledThroughAMapping) {
  StackProject project =
      sam("      Events:\n"
          "        E: {Type: SQS, Properties: {Queue: !GetAtt Q.Arn, BatchSize: 5, "
          "FunctionResponseTypes: [ReportBatchItemFailures], FilterCriteria: {Filters: [{Pattern: "
          "'{\"body\": {\"kind\": [\"a\"]}}'}]}}}\n",
          "  Q: {Type: AWS::SQS::Queue}\n");
  EXPECT_EQ(project.lines("trigger"),
            "trigger Q -> F, {patterns: [{body: {kind: [\"a\"]}}], batch_size: 5}, polled, "
            "reports failures, by FE\n");
  EXPECT_EQ(project.lines("resource FE"),
            "resource FE: event source mapping AWS::Lambda::EventSourceMapping, generated\n");
  EXPECT_EQ(project.lines("property FE EventSourceArn"),
            "property FE EventSourceArn (Queue) = Q.Arn\n");
}

TEST(SamEvents, ADisabledMappingGivesNoEdge) {
  EXPECT_EQ(triggers("{Type: SQS, Properties: {Queue: !GetAtt Q.Arn, Enabled: false}}",
                     "  Q: {Type: AWS::SQS::Queue}\n"),
            "");
}

TEST(SamEvents, OneThatIsOffByDefaultMayBeOn) {
  StackProject project =
      sam("      Events: {E: {Type: SQS, Properties: {Queue: !GetAtt Q.Arn, Enabled: !Ref On}}}\n",
          "  Q: {Type: AWS::SQS::Queue}\n", "Parameters: {On: {Type: String, Default: 'false'}}\n");
  ASSERT_EQ(project.stacks().relations.size(), 2U);
  EXPECT_EQ(project.stacks().relations[0].uncertainty, kOverridable);
}

TEST(SamEvents, StreamsOfTablesAndKinesis) {
  EXPECT_EQ(triggers("{Type: DynamoDB, Properties: {Stream: !GetAtt T.StreamArn, "
                     "StartingPosition: LATEST}}",
                     "  T: {Type: AWS::DynamoDB::Table}\n"),
            "trigger T -> F, {}, polled, by FE\n");
  EXPECT_EQ(triggers("{Type: Kinesis, Properties: {Stream: !GetAtt S.Arn, StartingPosition: "
                     "LATEST}}",
                     "  S: {Type: AWS::Kinesis::Stream}\n"),
            "trigger S -> F, {}, polled, by FE\n");
}

TEST(SamEvents, AStreamsConsumerIsItsStream) {
  EXPECT_EQ(triggers("{Type: Kinesis, Properties: {Stream: !Ref C, StartingPosition: LATEST}}",
                     "  S: {Type: AWS::Kinesis::Stream}\n"
                     "  C: {Type: AWS::Kinesis::StreamConsumer, Properties: {StreamARN: !GetAtt "
                     "S.Arn, ConsumerName: c}}\n"),
            "trigger S -> F, {}, polled, by FE\n");
}

TEST(SamEvents, ClustersAndBrokers) {
  EXPECT_EQ(triggers("{Type: MSK, Properties: {Stream: !Ref C, Topics: [t], StartingPosition: "
                     "LATEST}}",
                     "  C: {Type: AWS::MSK::Cluster}\n"),
            "trigger C -> F, {}, polled, by FE\n");
  EXPECT_EQ(triggers("{Type: MQ, Properties: {Broker: !GetAtt B.Arn, Queues: [q]}}",
                     "  B: {Type: AWS::AmazonMQ::Broker}\n"),
            "trigger B -> F, {}, polled, by FE\n");
  EXPECT_EQ(triggers("{Type: SelfManagedKafka, Properties: {KafkaBootstrapServers: ['a:9092'], "
                     "Topics: [t]}}"),
            "trigger [a:9092] -> F, {}, polled, by FE\n");
  EXPECT_EQ(triggers("{Type: DocumentDB, Properties: {Cluster: !Ref D, DatabaseName: d}}",
                     "  D: {Type: AWS::DocDB::DBCluster}\n"),
            "trigger D -> F, {}, polled, by FE\n");
}

TEST(SamEvents, ATopicsFilterPolicyIsKept) {
  EXPECT_EQ(triggers("{Type: SNS, Properties: {Topic: !Ref T, FilterPolicyScope: MessageBody, "
                     "FilterPolicy: {kind: [a]}}}",
                     "  T: {Type: AWS::SNS::Topic}\n"),
            "trigger T -> F, {policy: {kind: [\"a\"]}, scope: \"MessageBody\"}, asynchronous, by "
            "FE\n");
}

TEST(SamEvents, AQueueMayStandBetweenTopicAndFunction) {
  EXPECT_EQ(triggers("{Type: SNS, Properties: {Topic: !Ref T, SqsSubscription: true}}",
                     "  T: {Type: AWS::SNS::Topic}\n"),
            "trigger FEQueue -> F, {}, polled, by FE\nforward T -> FEQueue, {}, by FE\n");
  EXPECT_EQ(triggers("{Type: SNS, Properties: {Topic: !Ref T, SqsSubscription: {QueueArn: !GetAtt "
                     "Q.Arn, QueueUrl: !Ref Q, BatchSize: 3}}}",
                     "  T: {Type: AWS::SNS::Topic}\n  Q: {Type: AWS::SQS::Queue}\n"),
            "trigger Q -> F, {batch_size: 3}, polled, by FE\nforward T -> Q, {}, by FE\n");
}

TEST(SamEvents, ARuleListensOnItsBusOrTheDefaultOne) {
  EXPECT_EQ(triggers("{Type: EventBridgeRule, Properties: {Pattern: {source: [a]}}}"),
            "trigger default -> F, {source: [\"a\"]}, asynchronous, by FE\n");
  EXPECT_EQ(triggers("{Type: CloudWatchEvent, Properties: {EventBusName: !Ref B, Pattern: {source: "
                     "[a]}}}",
                     "  B: {Type: AWS::Events::EventBus, Properties: {Name: b}}\n"),
            "trigger B -> F, {source: [\"a\"]}, asynchronous, by FE\n");
}

TEST(SamEvents, ADisabledRuleGivesNoEdge) {
  EXPECT_EQ(triggers("{Type: EventBridgeRule, Properties: {Pattern: {source: [a]}, State: "
                     "DISABLED}}"),
            "");
}

TEST(SamEvents, SchedulesOfBothKinds) {
  EXPECT_EQ(triggers("{Type: Schedule, Properties: {Schedule: rate(1 hour)}}"),
            "trigger FE -> F, asynchronous, by FE\n");
  EXPECT_EQ(triggers("{Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 hour)}}"),
            "trigger FE -> F, asynchronous, by FE\n");
  EXPECT_EQ(triggers("{Type: Schedule, Properties: {Schedule: rate(1 hour), Enabled: false}}"), "");
}

TEST(SamEvents, ApisAreTheNamedOnesOrTheImplicitOnes) {
  EXPECT_EQ(triggers("{Type: Api, Properties: {Path: /, Method: get}}"),
            "trigger ServerlessRestApi -> F, synchronous\n");
  EXPECT_EQ(triggers("{Type: HttpApi}"), "trigger ServerlessHttpApi -> F, synchronous\n");
  EXPECT_EQ(triggers("{Type: Api, Properties: {Path: /, Method: get, RestApiId: !Ref A}}",
                     "  A: {Type: AWS::Serverless::Api, Properties: {StageName: live}}\n"),
            "trigger A -> F, synchronous\n");
}

TEST(SamEvents, TheOthers) {
  EXPECT_EQ(triggers("{Type: CloudWatchLogs, Properties: {LogGroupName: !Ref L, FilterPattern: x}}",
                     "  L: {Type: AWS::Logs::LogGroup}\n"),
            "trigger L -> F, asynchronous, by FE\n");
  EXPECT_EQ(triggers("{Type: IoTRule, Properties: {Sql: select 1}}"),
            "trigger FE -> F, asynchronous, by FE\n");
  EXPECT_EQ(triggers("{Type: Cognito, Properties: {UserPool: !Ref U, Trigger: PreSignUp}}",
                     "  U: {Type: AWS::Cognito::UserPool}\n"),
            "trigger U -> F, synchronous\n");
  EXPECT_EQ(triggers("{Type: AlexaSkill}"), "trigger nothing -> F, synchronous\n");
}

TEST(SamEvents, ASourceOutsideIsOneNodeForOneExpression) {
  StackProject project =
      sam("      Events:\n"
          "        E: {Type: SQS, Properties: {Queue: !Ref QueueArn}}\n",
          "  G:\n"
          "    Type: AWS::Serverless::Function\n"
          "    Properties:\n"
          "      InlineCode: x\n"
          "      Events: {E: {Type: SQS, Properties: {Queue: !Ref QueueArn}}}\n",
          "Parameters: {QueueArn: {Type: String}}\n");
  ASSERT_EQ(project.lines("trigger").substr(0, 8), "trigger ");
  const auto& relations = project.stacks().relations;
  EXPECT_EQ(relations[0].from, relations[1].from);
  EXPECT_TRUE(project.stacks()[relations[0].from].external);
}

TEST(SamEvents, OneOfNoKnownTypeOrWithoutItsSourceIsAProblem) {
  StackProject project = sam("      Events: {A: {Type: Sqs}, B: {Type: SQS}, C: 5}\n");
  EXPECT_EQ(project.lines("problem"),
            "problem: there is no event type Sqs\n"
            "problem: the event B has no Queue\n"
            "problem: the event C has no type\n");
}

TEST(SamEvents, TheirPlaceIsTheSource) {
  StackProject project = sam("      Events: {E: {Type: SQS, Properties: {Queue: !GetAtt Q.Arn}}}\n",
                             "  Q: {Type: AWS::SQS::Queue}\n");
  EXPECT_EQ(project.text_at(project.stacks().relations[0].where), "!GetAtt Q.Arn");
}

TEST(SamFunctions, AnAliasIsPublishedAndInvokedWithItsProvisionedConcurrency) {
  StackProject project =
      sam("      AutoPublishAlias: live\n"
          "      ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 5}\n"
          "      Events: {E: {Type: SQS, Properties: {Queue: !GetAtt Q.Arn}}}\n",
          "  Q: {Type: AWS::SQS::Queue, Properties: {X: !Ref F.Alias, Y: !Ref FAliaslive}}\n");
  EXPECT_EQ(project.lines("provisions"), "provisions FAliaslive -> F, 5, by FAliaslive\n");
  EXPECT_EQ(project.lines("trigger"), "trigger Q -> F:live, {}, polled, by FE\n");
  EXPECT_EQ(project.property("Q", "X") + project.property("Q", "Y"), "FAliasliveFAliaslive");
  EXPECT_EQ(project.function("F")->publishes_alias, "live");
  EXPECT_EQ(project.text_at(project.stacks().relations[2].where), "5");
}

TEST(SamFunctions, ProvisionedConcurrencyNeedsAnAlias) {
  StackProject project =
      sam("      ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 5}\n");
  EXPECT_EQ(project.lines("provisions"), "");
  EXPECT_EQ(project.lines("problem"),
            "problem: ProvisionedConcurrencyConfig needs AutoPublishAlias\n");
}

TEST(SamFunctions, AUrlInvokesTheFunction) {
  StackProject project = sam("      FunctionUrlConfig: {AuthType: NONE}\n");
  EXPECT_EQ(project.lines("trigger"), "trigger FUrl -> F, synchronous, by FUrl\n");
  EXPECT_EQ(project.property("FUrl", "AuthType"), R"("NONE")");
}

TEST(SamFunctions, DestinationsAndDeadLetters) {
  StackProject project =
      sam("      DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Q.Arn}\n"
          "      EventInvokeConfig:\n"
          "        DestinationConfig:\n"
          "          OnSuccess: {Type: SNS, Destination: !Ref T}\n"
          "          OnFailure: {Type: SQS}\n",
          "  Q: {Type: AWS::SQS::Queue}\n  T: {Type: AWS::SNS::Topic}\n");
  EXPECT_EQ(project.lines("forward") + project.lines("failure forward"),
            "forward F -> T, by FEventInvokeConfig\n"
            "failure forward F -> Q\n"
            "failure forward F -> FEventInvokeConfigOnFailureQueue, by FEventInvokeConfig\n");
}

TEST(SamFunctions, AParameterThatDecidesIsNoted) {
  StackProject project;
  project.file("template.yaml",
               "Transform: AWS::Serverless-2016-10-31\n"
               "Parameters: {R: {Type: String}}\n"
               "Resources:\n"
               "  F: {Type: AWS::Serverless::Function, Properties: {Runtime: !Ref R, InlineCode: "
               "x}}\n");
  EXPECT_EQ(project.lines("unresolved"),
            "unresolved parameter: Runtime is the parameter R, which has no default (F)\n");
}

}  // namespace
}  // namespace fnlint::test::sam_test
