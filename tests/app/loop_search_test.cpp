// Loops in dense event graphs: found within the budget, and the cut is reported.

#include "app/run/pipeline.h"
#include "core/text.h"
#include "tables/tables.h"
#include "tests/app/memory_file_system.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {
namespace {

// A function that may send to many topics: whether it does depends on what nobody can know.
constexpr std::string_view kSender = R"(import json, os
import boto3, requests

sns = boto3.client("sns")


def handler(event, context):
    for record in event["Records"]:
        if json.loads(record["Sns"]["Message"])["go"]:
            text = requests.get("https://example.com/next").text
)";
constexpr int kTopicsOfEach = 8;

// Functions of which each is started by a topic of its own and sends to those of eight others.
std::map<std::string, std::string> dense_circles(int functions) {
  std::string handler(kSender);
  for (int i = 0; i < kTopicsOfEach; ++i)
    handler += cat("            sns.publish(TopicArn=os.environ[\"T", i, "\"], Message=text)\n");
  std::string text = "Transform: AWS::Serverless-2016-10-31\nResources:\n";
  for (int i = 0; i < functions; ++i) {
    text += cat("  Topic", i, ": {Type: AWS::SNS::Topic}\n  Sender", i,
                ":\n    Type: AWS::Serverless::Function\n    Properties:\n"
                "      Runtime: python3.13\n      Handler: app.handler\n      CodeUri: src\n"
                "      Role: arn:aws:iam::111122223333:role/worker\n"
                "      Events: {Sent: {Type: SNS, Properties: {Topic: !Ref Topic",
                i, "}}}\n      Environment:\n        Variables:\n");
    for (int k = 0; k < kTopicsOfEach; ++k)
      text += cat("          T", k, ": !Ref Topic", (i + 1 + 5 * k) % functions, "\n");
  }
  return {{"circles/template.yaml", text}, {"circles/src/app.py", handler}};
}

// A function that a bucket starts and that writes another one.
std::string writer(std::string_view name, std::string_view from, std::string_view to) {
  return cat("  ", name,
             ":\n    Type: AWS::Serverless::Function\n    Properties:\n"
             "      Runtime: python3.13\n      Handler: app.handler\n      CodeUri: src\n"
             "      Role: arn:aws:iam::111122223333:role/worker\n"
             "      Environment: {Variables: {NEXT: !Ref ",
             to, "}}\n      Events: {Put: {Type: S3, Properties: {Bucket: !Ref ", from,
             ", Events: \"s3:ObjectCreated:*\"}}}\n");
}
constexpr std::string_view kWriter = R"(import os
import boto3

s3 = boto3.client("s3")


def handler(event, context):
    for record in event["Records"]:
        s3.put_object(Bucket=os.environ["NEXT"], Key="next", Body=b"")
)";

Run run_every_rule(std::map<std::string, std::string> files) {
  std::vector<const Rule*> all_rules;
  for (const Rule& rule : rules()) all_rules.push_back(&rule);
  PipelineOptions options{.rules = all_rules};
  options.search = {{""}, {}, [](std::string_view, bool) { return false; }};
  const test::MemoryFileSystem disk(std::move(files));
  return run_pipeline(options, disk);
}

bool has_sure_loop(const Run& run, std::string_view folder) {
  return std::ranges::any_of(run.findings, [&](const Finding& finding) {
    return finding.rule.starts_with("loop-") && finding.confidence == Confidence::Certain &&
           run.files.path(finding.where.file).starts_with(folder);
  });
}

TEST(LoopSearch, FindsWhatLiesBesideAPartThatLeadsInCirclesTooOften) {
  std::map<std::string, std::string> files = dense_circles(250);
  files.emplace("two/template.yaml",
                cat("Transform: AWS::Serverless-2016-10-31\nResources:\n"
                    "  A: {Type: AWS::S3::Bucket}\n  B: {Type: AWS::S3::Bucket}\n",
                    writer("First", "A", "B"), writer("Second", "B", "A")));
  files.emplace("two/src/app.py", kWriter);
  const fnlint::Run run = run_every_rule(std::move(files));
  EXPECT_TRUE(has_sure_loop(run, "two/"));
  // It says where it was cut, once.
  ASSERT_EQ(run.problems.size(), 1U);
  EXPECT_EQ(run.files.path(run.problems[0].where.file), "circles/template.yaml");
  EXPECT_NE(run.problems[0].message.find("reached its limit"), std::string::npos);
}

TEST(LoopSearch, GoesThroughManyCirclesWithoutComingToALimit) {
  std::map<std::string, std::string> files = dense_circles(60);
  const fnlint::Run run = run_every_rule(std::move(files));
  EXPECT_EQ(run.problems.size(), 0U);
}

}  // namespace
}  // namespace fnlint
