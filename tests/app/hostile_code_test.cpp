// Handlers whose values or paths would grow without end.

#include "app/run/pipeline.h"
#include "core/limits.h"
#include "core/text.h"
#include "tables/tables.h"
#include "tests/app/memory_file_system.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint::hostile_code_test {
namespace {

constexpr std::string_view kTemplate = R"(Transform: AWS::Serverless-2016-10-31
Resources:
  Media: {Type: AWS::S3::Bucket}
  Table: {Type: AWS::DynamoDB::Table, Properties: {KeySchema: [{AttributeName: id, KeyType: HASH}]}}
  Growing:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: .
      Environment: {Variables: {BUCKET: !Ref Media, TABLE: !Ref Table}}
      Events:
        Added: {Type: S3, Properties: {Bucket: !Ref Media, Events: "s3:ObjectCreated:*"}}
)";

constexpr std::string_view kBegin = R"(import datetime, json, os, uuid
import boto3

s3 = boto3.client("s3")
table = boto3.resource("dynamodb").Table(os.environ["TABLE"])
CACHE = {}


def handler(event, context):
    for record in event["Records"]:
        x = y = record["s3"]["object"]["key"]
)";

constexpr std::string_view kEnd = R"py(
        table.put_item(Item=x, ConditionExpression="attribute_not_exists(id)")
        if x == y or not x["a"]:
            table.put_item(Item={"id": x, "at": y})
        s3.put_object(Bucket=os.environ["BUCKET"], Key="in/" + str(x), Body=json.dumps(x))
        CACHE[x] = x
)py";

Run run_every_rule(const FileSystem& files) {
  std::vector<const Rule*> all_rules;
  for (const Rule& rule : rules()) all_rules.push_back(&rule);
  PipelineOptions options{.rules = all_rules};
  options.search = {{""}, {}, [](std::string_view, bool) { return false; }};
  options.possible = true;
  return run_pipeline(options, files);
}

// Each line makes a value of two that are the one before: written out, it would hold 2^70 texts.
// A function that goes into each part wherever it stands does not come back.
TEST(HostileCode, ValuesThatDoubleWithEachLineComeToAnEnd) {
  constexpr std::string_view kLines[] = {
      "x = {'a': x, 'b': x}",
      "x = [x, x, str(uuid.uuid4())]",
      "x = (x, x, datetime.date.today().isoformat())",
      "x = {**{'a': x}, 'b': {**{'a': x}}}",
      "x = json.dumps([x, x])",
      "x = f'{x}/{x}'",
      "x = [one for one in [x, x] if one]",
      "x = (x and y) or (x and not y)",
      "x = {'a': x, 'b': x} if x else [x, x]",
      "x, y = [x, y], [y, x]",
  };
  for (const std::string_view line : kLines) {
    std::string code(kBegin);
    for (int i = 0; i < 70; ++i) code += cat("        ", line, '\n');
    const test::MemoryFileSystem files{{"template.yaml", std::string(kTemplate)},
                                       {"app.py", cat(code, kEnd)}};
    EXPECT_FALSE(run_every_rule(files).findings.empty()) << line;
  }
}

// Variables of many modules, whose numbers within their modules are the same.
TEST(HostileCode, ManyModulesAlikeNeedNoMoreThanTheirPlace) {
  constexpr int kModules = 400, kVariables = 60;
  std::string module, read = "def f():\n    return [None";
  for (int i = 0; i < kVariables; ++i) {
    module += cat("v", i, " = [", i, "]\n");
    read += cat(", v", i);
  }
  std::map<std::string, std::string> files{{"template.yaml", std::string(kTemplate)}};
  std::string imports, calls;
  for (int i = 0; i < kModules; ++i) {
    files.emplace(cat("m", i, ".py"), cat(module, read, "]\n"));
    imports += cat("import m", i, "\n");
    calls += cat("    m", i, ".f()\n");
  }
  files.emplace("app.py", cat(imports, "def handler(event, context):\n", calls));
  EXPECT_EQ(run_every_rule(test::MemoryFileSystem(files)).functions, 1U);
}

std::string python_handler(std::string_view before, std::string_view body) {
  return cat("import boto3\ns3 = boto3.client(\"s3\")\n", before,
             "\ndef handler(event, context):\n    x = event\n", body,
             "    s3.put_object(Bucket=event[\"Records\"][0][\"s3\"][\"bucket\"][\"name\"], "
             "Key=\"a\", Body=x)\n");
}

constexpr std::string_view kUploads = R"(Transform: AWS::Serverless-2016-10-31
Resources:
  Media: {Type: AWS::S3::Bucket}
  F:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: .
      Events:
        Added: {Type: S3, Properties: {Bucket: !Ref Media, Events: "s3:ObjectCreated:*"}}
)";

Run run_of_handler(std::string code) {
  return run_every_rule(test::MemoryFileSystem(
      {{"template.yaml", std::string(kUploads)}, {"app.py", std::move(code)}}));
}

// What stands behind the cut is not followed: nothing is told of it, and the function counts as read
// in part.
TEST(HostileCode, ABodyWithTooMuchToJoinIsReadInPart) {
  std::string body;
  for (int i = 0; i < 1500; ++i) body += cat("    v", i, " = event[", i, "]\n");
  for (int i = 0; i < 8000; ++i) body += cat("    if x[", i, "]:\n        v0 = ", i, "\n");
  const auto run = run_of_handler(python_handler("", body));
  EXPECT_EQ(run.functions, 1U);
  EXPECT_EQ(run.partly, 1U);
  for (const Finding& finding : run.findings) EXPECT_NE(finding.rule, "loop-s3-recursion");
}

TEST(HostileCode, CallsAreFollowedUpToALimit) {
  const auto partly_with = [](std::size_t calls) {
    std::string body;
    for (std::size_t i = 0; i < calls; ++i) body += "    same(x)\n";
    return run_of_handler(python_handler("def same(x):\n    return x\n", body)).partly;
  };
  EXPECT_EQ(partly_with(kFollowedCalls - 100), 0U);
  EXPECT_EQ(partly_with(kFollowedCalls + 100), 1U);
}

// Choices that a record spreads multiply up to a limit.
TEST(HostileCode, ARecordThatSpreadsManyChoicesEnds) {
  std::string body = "    made = {";
  for (int i = 0; i < 60; ++i) body += cat("**({'a", i, "': 1} if event['b", i, "'] else {}), ");
  EXPECT_EQ(run_of_handler(python_handler("", body + "}\n")).partly, 0U);
}

// What a turn of a loop writes is joined behind each branch, and not put together anew.
TEST(HostileCode, ALoopOfManyBranchesEnds) {
  std::string body = "    for row in event['rows']:\n";
  for (int i = 0; i < 60; ++i)
    body += cat("        if row['a", i, "']:\n            v", i, " = row\n");
  EXPECT_EQ(run_of_handler(python_handler("", body)).partly, 0U);
}

}  // namespace
}  // namespace fnlint::hostile_code_test
