#include "app/pipeline.h"
#include "core/text.h"
#include "tests/app/memory_file_system.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace fnlint {
namespace {

constexpr std::string_view kTemplate = R"(Transform: AWS::Serverless-2016-10-31
Resources:
  Worker:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: .}
)";

constexpr std::string_view kBegin = "import boto3\nqueue = boto3.client('sqs')\n";

// What --show-unresolved says of the function, with its line.
std::string unresolved(const std::string& code) {
  const test::MemoryFileSystem files{{"template.yaml", std::string(kTemplate)}, {"app.py", code}};
  PipelineOptions options;
  options.search = {{""}, {}, [](std::string_view, bool) { return false; }};
  const Run run = run_pipeline(options, files);
  std::string said;
  for (const Unresolved& one : run.unresolved)
    if (one.kind == UnresolvedKind::CodeLimit)
      said += cat(run.files.path(one.where.file), ' ', one.function, ": ", one.reason, '\n');
  return said;
}

// handler() calls f1(), that calls f2(), ..., and the last one sends.
std::string calling_through(int functions) {
  std::string code(kBegin);
  for (int i = 1; i <= functions; ++i) {
    const std::string does = i == functions ? "queue.send_message(QueueUrl=text, MessageBody=text)"
                                            : cat("f", i + 1, "(text)");
    code += cat("def f", i, "(text):\n    ", does, '\n');
  }
  return code + "def handler(event, context):\n    f1(event['text'])\n";
}

std::string sending(int times) {
  std::string code = cat(kBegin, "def handler(event, context):\n");
  for (int i = 0; i < times; ++i)
    code += cat("    queue.send_message(QueueUrl='q", i, "', MessageBody=event['text'])\n");
  return code;
}

TEST(CutCode, ChainsOfCallsAreFollowedAsFarAsTheyGo) {
  EXPECT_EQ(unresolved(calling_through(15)), "");
  EXPECT_EQ(
      unresolved(calling_through(20)),
      "app.py Worker: more is done here than can be followed: what lies behind many calls, of "
      "which each makes the next, is not known\n");
}

TEST(CutCode, WhatComesAfterAllStepsThatAreKeptIsNotKnown) {
  EXPECT_EQ(unresolved(sending(60)), "");
  EXPECT_EQ(unresolved(sending(400)),
            "app.py Worker: more is done here than the 256 steps that are kept of one function: "
            "what comes after them is not known\n");
}

}  // namespace
}  // namespace fnlint
