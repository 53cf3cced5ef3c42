// Code beyond the walk's limits: what is left out is said, and nothing is concluded from it.

#include "app/pictures/model_json.h"
#include "app/run/pipeline.h"
#include "core/text.h"
#include "tables/models.h"
#include "tables/tables.h"
#include "tests/app/memory_file_system.h"

#include <gtest/gtest.h>

#include <span>
#include <string>
#include <string_view>

namespace fnlint::cut_code_test {
namespace {

constexpr std::string_view kTemplate = R"(Transform: AWS::Serverless-2016-10-31
Resources:
  Worker:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: .}
)";

constexpr std::string_view kBegin = "import boto3\nqueue = boto3.client('sqs')\n";

PipelineOptions options_for_all() {
  PipelineOptions options;
  options.search = {{""}, {}, [](std::string_view, bool) { return false; }};
  return options;
}

// What --show-unresolved says of the function, with its line.
std::string unresolved(const std::string& code) {
  const test::MemoryFileSystem files{{"template.yaml", std::string(kTemplate)}, {"app.py", code}};
  const Run run = run_pipeline(options_for_all(), files);
  std::string said;
  for (const Unresolved& one : run.unresolved)
    if (one.kind == UnresolvedKind::CodeLimit)
      said += cat(run.files.path(one.where.file), ' ', one.function, ": ", one.reason, '\n');
  return said;
}

// Ids of the operations that the function is known to do.
std::string effects(const std::string& code) {
  const test::MemoryFileSystem files{{"template.yaml", std::string(kTemplate)}, {"app.py", code}};
  PipelineOptions options = options_for_all();
  std::string done;
  options.inspect = [&](const LinkedModel& model) {
    const LambdaFunction& function = model.project.functions.front();
    for (const std::vector<Effect>* list : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *list) done += cat(operations()[effect.operation].id, '\n');
  };
  run_pipeline(options, files);
  return done;
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
  EXPECT_EQ(unresolved(calling_through(20)),
            "app.py Worker: the chain of calls here is too deep to follow: what comes after that "
            "many calls is unknown\n");
}

TEST(CutCode, WhatComesAfterAllStepsThatAreKeptIsNotKnown) {
  EXPECT_EQ(unresolved(sending(60)), "");
  EXPECT_EQ(
      unresolved(sending(1200)),
      "app.py Worker: it does more than fnlint keeps of one function (1024 effects, reads and "
      "calls, 512 of them on unknown targets): what comes after them is not checked\n");
}

// What it does with its parameter is not known, call after call; then it sends.
std::string asking_before_sending(int times) {
  std::string code = cat(kBegin, "def work(order):\n");
  for (int i = 0; i < times; ++i) code += cat("    order.part(", i, ").check_", i, "()\n");
  return code +
         "    queue.send_message(QueueUrl='q', MessageBody=order.text)\n"
         "def handler(event, context):\n    work(event['order'])\n";
}

TEST(CutCode, CallsThatAreNotKnownLeaveRoomForWhatIsDone) {
  EXPECT_EQ(effects(asking_before_sending(60)), "sqs.SendMessage\n");
  EXPECT_EQ(effects(asking_before_sending(400)), "sqs.SendMessage\n");
}

// Fills a list, does so much, and empties the list.
std::string filling_before(int sends) {
  std::string code =
      cat(kBegin, "rows = []\ndef handler(event, context):\n    rows.append(event['id'])\n");
  for (int i = 0; i < sends; ++i)
    code += cat("    queue.send_message(QueueUrl='q", i, "', MessageBody=str(rows))\n");
  return code + "    rows.clear()\n";
}

TEST(CutCode, AListMayBeEmptiedInWhatIsNotKept) {
  const Rule* const rule = find_rule("state-request-data-in-global");
  PipelineOptions options = options_for_all();
  options.rules = std::span(&rule, 1);
  options.possible = true;
  for (const int sends : {60, 600}) {
    const test::MemoryFileSystem files{{"template.yaml", std::string(kTemplate)},
                                       {"app.py", filling_before(sends)}};
    const Findings findings = run_pipeline(options, files).findings;
    ASSERT_EQ(findings.size(), 1U) << sends;
    EXPECT_EQ(findings.front().confidence, Confidence::Possible) << sends;
  }
}

// Each function returns three times what the next one does, of other parts of its parameters.
std::string growing(int functions) {
  std::string code = "def f0(x, y):\n    return x\n";
  for (int i = 1; i <= functions; ++i)
    code += cat("def f", i, "(x, y):\n    return [f", i - 1, "(x.l", i, ", y), f", i - 1, "(y, x.m",
                i, "), f", i - 1, "(x.r", i, ", y.r", i, ")]\n");
  return code +
         cat("def handler(event, context):\n    return f", functions, "(event['a'], event['b'])\n");
}

TEST(CutCode, WhatGrowsWithEveryCallIsNotKept) {
  EXPECT_EQ(unresolved(growing(5)), "");
  EXPECT_EQ(unresolved(growing(14)),
            "app.py Worker: a value here has more parts than fnlint keeps: it is unknown\n");
}

}  // namespace
}  // namespace fnlint::cut_code_test
