// What the Serverless Framework makes of a service: variables, functions, events, roles.

#include "tests/link/stacks.h"

#include <gtest/gtest.h>

namespace fnlint::test::serverless_test {
namespace {

constexpr std::string_view kHead =
    "service: shop\nprovider:\n  name: aws\n  runtime: nodejs22.x\n";

// A service with a function f: `rest` are further keys of the service, `events` of the function.
StackProject service(std::string_view function, std::string_view rest = "") {
  StackProject project;
  project.file("serverless.yml", cat(kHead, "functions:\n  f:\n    handler: app.handler\n",
                                     function, rest));
  project.file("app.js", "exports.handler = async () => {};\n");
  return project;
}
std::string triggers(std::string_view event, std::string_view rest = "") {
  StackProject project = service(cat("    events:\n      - ", event, "\n"), rest);
  return project.lines("trigger") + project.lines("forward") + project.lines("failure");
}
constexpr std::string_view kResources = "resources:\n  Resources:\n";

// The value of custom.x, as the function's description.
std::string value(std::string_view custom, std::string_view rest = "") {
  StackProject project =
      service("    description: ${self:custom.x}\n", cat("custom:\n", custom, rest));
  return project.property("f", "Description");
}

TEST(ServerlessVariables, AreFollowedToWhatIsWritten) {
  EXPECT_EQ(value("  x: ${self:custom.y}\n  y: {z: 1}\n"), "{z: 1}");
  EXPECT_EQ(value("  x: ${self:custom.y.z}\n  y: {z: text}\n"), R"("text")");
  EXPECT_EQ(value("  x: ${self:custom.y.1}\n  y: [a, b]\n"), R"("b")");
  EXPECT_EQ(value("  x: a-${self:service}-b\n"), R"("a-shop-b")");
  EXPECT_EQ(value("  x: ${self:custom.none, 'other'}\n"), R"("other")");
  EXPECT_EQ(value("  x: ${self:custom.${self:custom.key}}\n  key: y\n  y: 5\n"), "5");
}

TEST(ServerlessVariables, WhatADeploymentMayGiveIsADefault) {
  EXPECT_EQ(value("  x: ${opt:size, 512}\n"), "512~");
  EXPECT_EQ(value("  x: ${env:NAME, 'a'}\n"), R"("a"~)");
  EXPECT_EQ(value("  x: ${sls:stage}\n"), R"("dev"~)");
  EXPECT_EQ(value("  x: ${self:custom.sizes.${sls:stage}}\n  sizes: {dev: 1, prod: 2}\n"),
            "1~");
}

TEST(ServerlessVariables, WhatIsGivenIsKnown) {
  StackProject project = service("    description: ${self:custom.sizes.${opt:stage, 'dev'}}\n",
                                 "custom: {sizes: {dev: 1, prod: 2}}\n");
  project.given("stage", "prod");
  EXPECT_EQ(project.property("f", "Description"), "2");
}

TEST(ServerlessVariables, ParametersAreThoseOfTheStage) {
  EXPECT_EQ(value("  x: ${param:size}\n",
                  "params: {default: {size: 1, other: 2}, dev: {size: 3}}\n"),
            "3~");
  EXPECT_EQ(value("  x: ${param:size}\n", "stages: {default: {params: {size: 1}}}\n"),
            "1~");
}

TEST(ServerlessVariables, OneValueIsWhereItIsUsed) {
  StackProject project = service("    timeout: ${file(config/${sls:stage}.yml):limits.time}\n");
  project.file("config/dev.yml", "limits:\n  time: 17\n");
  EXPECT_EQ(project.property("f", "Timeout"), "17~");
  EXPECT_EQ(project.text_at(project.property_row("f", "Timeout")->where),
            "${file(config/${sls:stage}.yml):limits.time}");
}

TEST(ServerlessVariables, WhatIsInsideAMapIsWhereThatIsWritten) {
  StackProject project = service("    environment: ${file(env.yml):all}\n");
  project.file("env.yml", "all:\n  A: value\n");
  EXPECT_EQ(project.property("f", "Environment.Variables"), "{A: \"value\"}");
  EXPECT_EQ(project.text_at(project.property_row("f", "Environment.Variables.A")->where), "value");
}

TEST(ServerlessVariables, FilesAreNamedFromTheServicesFolder) {
  StackProject project;
  project.file("a/serverless.yml", cat(kHead, "functions: ${file(fn/all.yml)}\n"));
  project.file("a/fn/all.yml", "f: ${file(fn/one.json)}\n");
  project.file("a/fn/one.json", R"({"handler": "x.y", "timeout": 4})");
  EXPECT_EQ(project.property("f", "Timeout"), "4");
}

TEST(ServerlessVariables, CirclesEnd) {
  constexpr std::string_view kCircle = R"(?"a variable that depends on itself")";
  EXPECT_EQ(value("  x: ${self:custom.x}\n"), kCircle);
  EXPECT_EQ(value("  x: ${self:custom.y}\n  y: ${self:custom.x}\n"), kCircle);
  EXPECT_NE(value("  x: {y: '${self:custom}'}\n"), "");
  StackProject project = service("    timeout: ${file(a.yml):b}\n");
  project.file("a.yml", "b: ${file(a.yml):b}\n");
  EXPECT_EQ(project.property("f", "Timeout"), kCircle);
  std::string doubled = "  x: ${self:custom.v0}\n";
  for (int i = 0; i < 60; ++i)
    doubled += cat("  v", i, ": ${self:custom.v", i + 1, "}${self:custom.v", i + 1, "}\n");
  EXPECT_NE(value(cat(doubled, "  v60: a\n")), "");
}

TEST(ServerlessVariables, AStageThatIsAnOptionIsNoCircle) {
  StackProject project;
  project.file("a/serverless.yml",
               "service: s\nprovider:\n  name: aws\n  stage: ${opt:stage}\n  runtime: python3.13\n"
               "functions:\n  f:\n    handler: a.b\n    description: ${self:provider.stage}\n");
  EXPECT_EQ(project.property("f", "Description"), "\"dev\"~");
  EXPECT_TRUE(project.stacks().problems.empty());
}

TEST(ServerlessVariables, WhatOnlyTheDeploymentKnowsIsAHole) {
  EXPECT_EQ(value("  x: ${env:NAME}\n"), "${env:NAME}");
  EXPECT_EQ(value("  x: ${ssm:/a/b}\n"), "${ssm:/a/b}");
  EXPECT_EQ(value("  x: ${cf:other.Output}\n"), "${cf:other.Output}");
  EXPECT_EQ(value("  x: ${aws:accountId}\n"), "${AWS::AccountId}");
}

TEST(ServerlessFunctions, HaveTheFrameworksDefaults) {
  StackProject project = service("");
  EXPECT_EQ(project.property("f", "Timeout"), "6");
  EXPECT_EQ(project.property("f", "MemorySize"), "1024");
  EXPECT_EQ(project.property("f", "FunctionName"), R"("shop-dev-f"~)");
  EXPECT_EQ(project.property("f", "Runtime"), R"("nodejs22.x")");
  EXPECT_TRUE(project.property_row("f", "Runtime")->inherited);
}

TEST(ServerlessFunctions, TakeWhatTheProviderSays) {
  StackProject project;
  project.file("serverless.yml",
               "service: shop\nprovider:\n  name: aws\n  environment: {A: all, B: all}\n"
               "  layers: [all]\n  timeout: 9\n  vpc: {securityGroupIds: [s], subnetIds: [t]}\n"
               "functions:\n  f: {handler: a.b, environment: {A: own}, layers: [own]}\n"
               "  g: {handler: a.b, vpc: false}\n");
  EXPECT_EQ(project.property("f", "Environment.Variables"), R"({A: "own", B: "all"})");
  EXPECT_EQ(project.property("f", "Layers"), R"(["own"])");
  EXPECT_EQ(project.property("f", "Timeout"), "9");
  EXPECT_EQ(project.property("f", "VpcConfig"), R"({SecurityGroupIds: ["s"], SubnetIds: ["t"]})");
  EXPECT_EQ(project.property("g", "VpcConfig"), "");
}

TEST(ServerlessFunctions, HaveTheFrameworksLogicalIds) {
  StackProject project = service(
      "  my-other_one: {handler: a.b, provisionedConcurrency: 2, url: true}\n",
      cat("resources:\n  Outputs:\n    A: {Value: !GetAtt MyDashotherUnderscoreoneLambdaFunction.Arn}"
          "\n    B: {Value: !Ref NoneLambdaFunction}\n"));
  EXPECT_EQ(project.lines("unresolved Intrinsic"), "");
  EXPECT_NE(project.lines("provisions"), "");
  EXPECT_NE(project.lines("trigger"), "");
}

TEST(ServerlessFunctions, ProvisionedConcurrencyIsOnAnAlias) {
  StackProject project = service("    reservedConcurrency: 5\n    provisionedConcurrency: 8\n");
  EXPECT_EQ(project.lines("provisions"), "provisions FProvConcLambdaAlias -> f, 8, by FProvConcLambdaAlias\n");
  EXPECT_EQ(project.property("f", "ReservedConcurrentExecutions"), "5");
}

TEST(ServerlessFunctions, MayBeGivenAsAListOfMaps) {
  StackProject project;
  project.file("serverless.yml",
               cat(kHead, "functions:\n  - ${file(a.yml)}\n  - {g: {handler: a.b}}\n"));
  project.file("a.yml", "f: {handler: x.y}\n");
  EXPECT_NE(project.function("f"), nullptr);
  EXPECT_NE(project.function("g"), nullptr);
}

TEST(ServerlessEvents, Queues) {
  const std::string jobs = cat(kResources, "    Jobs: {Type: AWS::SQS::Queue}\n");
  EXPECT_EQ(triggers("sqs: !GetAtt Jobs.Arn", jobs),
            "trigger Jobs -> f, {batch_size: 10}, polled, by FEventSourceMappingSQSJobs\n");
  EXPECT_EQ(triggers("sqs: {arn: !GetAtt Jobs.Arn, batchSize: 1, enabled: false}", jobs), "");
  EXPECT_EQ(triggers("sqs: arn:aws:sqs:eu-west-1:123456789012:jobs"),
            "trigger arn:aws:sqs:eu-west-1:123456789012:jobs -> f, {batch_size: 10}, polled, by "
            "FEventSourceMappingSQSJobs\n");
  EXPECT_EQ(triggers("sqs: {arn: !GetAtt Jobs.Arn, functionResponseType: ReportBatchItemFailures, "
                     "filterPatterns: [{body: {a: [1]}}]}",
                     jobs),
            "trigger Jobs -> f, {patterns: [{body: {a: [1]}}], batch_size: 10}, polled, reports "
            "failures, by FEventSourceMappingSQSJobs\n");
}

TEST(ServerlessEvents, Buckets) {
  EXPECT_EQ(triggers("s3: uploads"),
            "trigger S3BucketUploads -> f, {events: [\"s3:ObjectCreated:*\"]}, asynchronous\n");
  EXPECT_EQ(triggers("s3: {bucket: uploads, event: 's3:ObjectRemoved:*', rules: [{prefix: in/}, "
                     "{suffix: .jpg}]}"),
            "trigger S3BucketUploads -> f, {events: [\"s3:ObjectRemoved:*\"], prefix: \"in/\", suffix: "
            "\".jpg\"}, asynchronous\n");
  EXPECT_EQ(triggers("s3: {bucket: !Ref Mine, existing: true, rules: [{prefix: in/}]}",
                     cat(kResources, "    Mine: {Type: AWS::S3::Bucket}\n")),
            "trigger Mine -> f, {events: [\"s3:ObjectCreated:*\"], prefix: \"in/\"}, asynchronous, by "
            "FCustomS31\n");
}

TEST(ServerlessEvents, Topics) {
  EXPECT_EQ(triggers("sns: votes-topic"), "trigger SNSTopicVotestopic -> f, {}, asynchronous\n");
  EXPECT_EQ(triggers("sns: {topicName: votes, filterPolicy: {kind: [a]}}"),
            "trigger SNSTopicVotes -> f, {policy: {kind: [\"a\"]}}, asynchronous, by "
            "FSnsSubscriptionVotes\n");
  EXPECT_EQ(triggers("sns: {arn: !Ref Votes, topicName: votes}",
                     cat(kResources, "    Votes: {Type: AWS::SNS::Topic}\n")),
            "trigger Votes -> f, {}, asynchronous, by FSnsSubscriptionVotes\n");
}

TEST(ServerlessEvents, Streams) {
  EXPECT_EQ(triggers("stream: {type: dynamodb, arn: !GetAtt T.StreamArn}",
                     cat(kResources, "    T: {Type: AWS::DynamoDB::Table}\n")),
            "trigger T -> f, {batch_size: 10}, polled, by FEventSourceMappingDynamodbT\n");
  EXPECT_EQ(triggers("stream: arn:aws:kinesis:eu-west-1:1:stream/s"),
            "trigger arn:aws:kinesis:eu-west-1:1:stream/s -> f, {batch_size: 10}, polled, by "
            "FEventSourceMappingKinesisS\n");
}

TEST(ServerlessEvents, RulesAndSchedules) {
  EXPECT_EQ(triggers("schedule: rate(1 hour)"), "trigger FEventsRuleSchedule1 -> f, asynchronous, by FEventsRuleSchedule1\n");
  EXPECT_EQ(triggers("schedule: {rate: ['rate(1 hour)', 'rate(2 hours)'], enabled: true}"),
            "trigger FEventsRuleSchedule1 -> f, asynchronous, by FEventsRuleSchedule1\n"
            "trigger FEventsRuleSchedule2 -> f, asynchronous, by FEventsRuleSchedule2\n");
  EXPECT_EQ(triggers("schedule: {rate: 'rate(1 hour)', enabled: false}"), "");
  EXPECT_EQ(triggers("schedule: {rate: 'rate(1 hour)', method: scheduler}"),
            "trigger FSchedulerSchedule1 -> f, asynchronous, by FSchedulerSchedule1\n");
  EXPECT_EQ(triggers("eventBridge: {eventBus: !Ref Bus, pattern: {source: [a]}}",
                     cat(kResources, "    Bus: {Type: AWS::Events::EventBus}\n")),
            "trigger Bus -> f, {source: [\"a\"]}, asynchronous, by Shopdevfrule1EventBridgeRule\n");
  EXPECT_EQ(triggers("cloudwatchEvent: {event: {source: [aws.ec2]}}"),
            "trigger default -> f, {source: [\"aws.ec2\"]}, asynchronous, by "
            "FEventsRuleCloudWatchEvent1\n");
}

TEST(ServerlessEvents, Apis) {
  EXPECT_EQ(triggers("http: GET users/{id}"), "trigger ApiGatewayRestApi -> f, synchronous, by ApiGatewayMethodUsersIdVarGet\n");
  EXPECT_EQ(triggers("httpApi: 'POST /users'"), "trigger HttpApi -> f, synchronous, by HttpApiIntegrationF\n");
  EXPECT_EQ(triggers("httpApi: '*'"), "trigger HttpApi -> f, synchronous, by HttpApiIntegrationF\n");
  EXPECT_EQ(triggers("websocket: $connect"), "trigger WebsocketsApi -> f, synchronous, by FWebsocketsIntegration\n");
}

TEST(ServerlessPlugins, StateMachinesCallFunctionsByTheirNames) {
  EXPECT_EQ(triggers("http: GET /",
                     "stepFunctions:\n  stateMachines:\n    steps:\n      definition:\n"
                     "        StartAt: A\n        States: {A: {Type: Task, Resource: !GetAtt f.Arn, "
                     "End: true}}\n"),
            "trigger StepsStepFunctionsStateMachine -> f, synchronous, by "
            "StepsStepFunctionsStateMachine\n"
            "trigger ApiGatewayRestApi -> f, synchronous, by ApiGatewayMethodGet\n");
}

TEST(ServerlessPlugins, ConstructsHaveWorkers) {
  StackProject project = service("    environment: {URL: '${construct:jobs.queueUrl}'}\n",
                                 "constructs: {jobs: {type: queue, worker: {handler: a.b}}}\n");
  EXPECT_EQ(project.lines("trigger"),
            "trigger JobsQueue -> jobsWorker, {batch_size: 1}, polled, reports failures, by "
            "JobsWorkerEventSourceMappingSQSJobs\n");
  EXPECT_EQ(project.property("f", "Environment.Variables"), "{URL: JobsQueue}");
}

TEST(ServerlessRoles, AreTheServices) {
  StackProject project;
  project.file("serverless.yml",
               "service: shop\nprovider:\n  name: aws\n  iam: {role: {statements: [{Effect: Allow, "
               "Action: 's3:PutObject', Resource: '*'}]}}\nfunctions:\n  f: {handler: a.b}\n"
               "  g: {handler: a.b, role: arn:aws:iam::1:role/x}\n"
               "  h: {handler: a.b, iamRoleStatements: [{Effect: Allow, Action: 'sqs:*', Resource: "
               "'*'}]}\nplugins: [serverless-iam-roles-per-function]\n");
  ASSERT_NE(project.function("f"), nullptr);
  EXPECT_TRUE(project.function("f")->role_complete);
  EXPECT_FALSE(project.function("f")->default_role);
  EXPECT_FALSE(project.function("g")->role.exists());
  EXPECT_NE(project.function("h")->role, project.function("f")->role);
  StackProject unwritten = service("");
  EXPECT_TRUE(unwritten.function("f")->default_role);
}

TEST(ServerlessResources, MayChangeWhatTheFrameworkMakes) {
  StackProject project = service("", cat(kResources,
                                         "    FLambdaFunction: {Properties: {Timeout: 20}}\n"
                                         "  extensions:\n    FLambdaFunction:\n      Properties:\n"
                                         "        MemorySize: 256\n"));
  EXPECT_EQ(project.property("f", "Timeout"), "20");
  EXPECT_EQ(project.property("f", "MemorySize"), "256");
}

TEST(ServerlessPackage, TakesTheFolderAndItsPatterns) {
  StackProject project = service("", "package: {patterns: ['!test/**', keep/**]}\n");
  const DeclaredFunction* function = project.function("f");
  ASSERT_NE(function, nullptr);
  EXPECT_EQ(function->code.kind, CodeKind::Folder);
  EXPECT_TRUE(function->code.drops_development);
  const auto& patterns = function->code.patterns;
  ASSERT_GE(patterns.size(), 2U);
  EXPECT_EQ(patterns[patterns.size() - 2].glob, "test/**");
  EXPECT_FALSE(patterns[patterns.size() - 2].includes);
  EXPECT_TRUE(patterns.back().includes);
}

TEST(ServerlessPackage, KnowsWhoBundles) {
  EXPECT_EQ(service("", "plugins: [serverless-esbuild]\n").function("f")->code.build_method,
            "esbuild");
  EXPECT_EQ(service("", "frameworkVersion: '4'\n").function("f")->code.build_method, "esbuild");
  EXPECT_EQ(service("", "frameworkVersion: '4'\nbuild: {esbuild: false}\n")
                .function("f")
                ->code.build_method,
            "");
}

TEST(ServerlessEnvironment, FilesAreReadWhereTheServiceSaysSo) {
  const auto described = [](std::string_view rest, std::string_view path, std::string_view text) {
    StackProject project = service("    description: ${env:NAME, 'none'}\n", rest);
    project.file(std::string(path), std::string(text));
    return project.property("f", "Description");
  };
  EXPECT_EQ(described("useDotenv: true\n", ".env", "NAME=a # one\n"), R"("a"~)");
  EXPECT_EQ(described("useDotenv: true\n", ".env.dev", "export NAME=\"a b\"\n"), R"("a b"~)");
  EXPECT_EQ(described("useDotenv: true\n", ".env", "X=1\nNAME=$X-${X}\n"), R"("1-1"~)");
  EXPECT_EQ(described("frameworkVersion: '4'\n", ".env", "NAME='a'\n"), R"("a"~)");
  EXPECT_EQ(described("", ".env", "NAME=a\n"), R"("none"~)");
  EXPECT_EQ(described("useDotenv: ../common\n", ".env", "NAME=a\n"), R"("a"~)");
}

TEST(ServerlessCompose, ServicesGetOutputsOfOthers) {
  StackProject project;
  project.file("serverless-compose.yml", R"(
services:
  queues: {path: a}
  workers:
    path: b
    params:
      url: ${queues.queueUrl}
      fixed: text
stages:
  dev: {params: {common: of-dev}}
)");
  project.file("a/serverless.yml", R"(
service: a
provider: {name: aws}
resources:
  Resources:
    Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: jobs}}
  Outputs:
    queueUrl: {Value: !Ref Jobs}
)");
  project.file("b/serverless.yml", R"(
service: b
provider: {name: aws}
functions:
  f:
    handler: app.handler
    description: ${param:fixed}-${param:common}
    environment: {QUEUE: '${param:url}', OTHER: '${cf:a-dev.queueUrl}', HTTP: '${cf:a-dev.none}'}
)");
  for (const std::string_view name : {"QUEUE", "OTHER"}) {
    const ValueId queue = project.property_value("f", cat("Environment.Variables.", name));
    ASSERT_TRUE(queue.exists()) << name;
    EXPECT_TRUE(project.pool().is(queue, ValueKind::Reference)) << name;
  }
  EXPECT_EQ(project.property("f", "Description"), R"("text-of-dev"~)");
  EXPECT_TRUE(project.pool().is(project.property_value("f", "Environment.Variables.HTTP"),
                                ValueKind::Hole));
}

TEST(ServerlessPlugins, StateMachinesAreStartedByRules) {
  StackProject project = service("", R"(stepFunctions:
  stateMachines:
    daily:
      events:
        - schedule: rate(1 day)
        - eventBridge: {event: {source: [shop]}, enabled: false}
      definition:
        StartAt: A
        States: {A: {Type: Task, Resource: !GetAtt [f, Arn], End: true}}
)");
  EXPECT_EQ(project.property("DailyStepFunctionsEventsRuleSchedule1", "ScheduleExpression"),
            R"T("rate(1 day)")T");
  EXPECT_EQ(project.property("DailyEventBridgeEventsRule2", "State"), R"("DISABLED")");
  EXPECT_FALSE(project.lines("forward").empty());
}

TEST(Serverless, AnotherClouds) {
  StackProject project;
  project.file("serverless.yml",
               "service: a\nprovider: ${file(p.yml)}\nfunctions: {f: {handler: a.b}}\n");
  project.file("p.yml", "name: google\n");
  EXPECT_EQ(project.function("f"), nullptr);
}

}  // namespace
}  // namespace fnlint::test::serverless_test
