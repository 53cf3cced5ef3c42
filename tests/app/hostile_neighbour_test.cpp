#include "app/run/pipeline.h"
#include "core/text.h"
#include "tables/tables.h"
#include "tests/app/memory_file_system.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

// One bad neighbour costs nothing else: each row is a small tree that once ended the run, or took
// all that it had, beside a project of which two things are known.
namespace fnlint::hostile_neighbour_test {
namespace {

using Files = std::map<std::string, std::string>;

constexpr std::string_view kHealthy = R"(Transform: AWS::Serverless-2016-10-31
Resources:
  Photos:
    Type: AWS::S3::Bucket
    Properties: {BucketName: photos-of-the-house}
  Healthy:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.7
      Handler: app.handler
      CodeUri: src/
      Events:
        Added: {Type: S3, Properties: {Bucket: !Ref Photos, Events: "s3:ObjectCreated:*"}}
)";
constexpr std::string_view kHealthyCode = R"(import boto3
s3 = boto3.client("s3")


def handler(event, context):
    s3.put_object(Bucket="photos-of-the-house", Key="a/b", Body=b"x")
)";

Run run_beside_healthy(const Files& hostile) {
  Files files{{"healthy/template.yaml", std::string(kHealthy)},
              {"healthy/src/app.py", std::string(kHealthyCode)}};
  for (const auto& [path, text] : hostile) files.emplace(cat("hostile/", path), text);
  std::vector<const Rule*> all_rules;
  for (const Rule& rule : rules()) all_rules.push_back(&rule);
  PipelineOptions options{.rules = all_rules};
  options.search = {{""}, {}, [](std::string_view, bool) { return false; }};
  options.possible = true;
  options.settings.today = 20'781;  // 2026-11-24
  return run_pipeline(options, test::MemoryFileSystem(files));
}

// The rules that speak of the healthy function.
std::set<std::string> of_healthy(const Run& run) {
  std::set<std::string> found;
  for (const Finding& finding : run.findings)
    if (finding.where.file.exists() &&
        run.files.path(finding.where.file).starts_with("healthy/"))
      found.emplace(finding.rule);
  return found;
}

// What the run says of its own limits, with the file that it says it of.
std::string said(const Run& run) {
  std::string all;
  for (const LocatedProblem& one : run.problems)
    all += cat(one.where.file.exists() ? run.files.path(one.where.file) : "?", ": ", one.message, '\n');
  for (const Unresolved& one : run.unresolved)
    all += cat(one.where.file.exists() ? run.files.path(one.where.file) : "?", ": ", one.reason, '\n');
  return all;
}

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::string template_of(std::string_view runtime, std::string_view handler) {
  return cat("Transform: AWS::Serverless-2016-10-31\nResources:\n  Odd:\n"
             "    Type: AWS::Serverless::Function\n    Properties: {Runtime: ", runtime,
             ", Handler: ", handler, ", CodeUri: .}\n");
}

std::string terraform(std::string_view inside) {
  return cat("resource \"aws_lambda_function\" \"odd\" {\n  function_name = \"odd\"\n"
             "  runtime = \"python3.13\"\n  handler = \"a.h\"\n  filename = \"a.zip\"\n"
             "  role = \"x\"\n  ", inside, "\n}\n");
}

// m0 = {a = 1}, m1 of two of it, m2 of two of that, ...
std::string doubling_maps(int count) {
  std::string all = "locals {\n  m0 = {a = 1}\n  l0 = [\"a\"]\n";
  for (int i = 1; i <= count; ++i)
    all += cat("  m", i, " = {a = local.m", i - 1, ", b = local.m", i - 1, "}\n  l", i,
               " = [local.l", i - 1, ", local.l", i - 1, "]\n");
  return all + "}\n";
}

std::string service(std::string_view custom) {
  return cat("service: a\nprovider: {name: aws, runtime: python3.13}\nfunctions:\n"
             "  a: {handler: a.h, environment: {A: \"${self:custom.x}\"}}\ncustom:\n", custom);
}

std::string doubling_lists(int count) {
  std::string all = "  x: ${self:custom.x0}\n";
  for (int i = 0; i < count; ++i)
    all += cat("  x", i, ": [\"${self:custom.x", i + 1, "}\", \"${self:custom.x", i + 1, "}\"]\n");
  return all + cat("  x", count, ": a\n");
}

std::string cdk(std::string_view body) {
  return cat("import * as cdk from 'aws-cdk-lib';\n"
             "import * as lambda from 'aws-cdk-lib/aws-lambda';\n"
             "const app = new cdk.App();\nconst stack = new cdk.Stack(app, 'S');\n"
             "const fn = (id: string, name: string) => new lambda.Function(stack, id, {\n"
             "  runtime: lambda.Runtime.PYTHON_3_13, handler: 'a.h', functionName: name,\n"
             "  code: lambda.Code.fromInline('def h(e, c): return 1')});\n", body);
}

// A helper with a memo: each call looks at what the calls before may have left.
std::string memo_calls(int calls) {
  std::string all = R"(import * as fs from 'fs';
let table: Record<string, string> | null = null;
function read(): Record<string, string> {
  if (table) { return table; }
  try {
    if (fs.existsSync('names.json')) {
      table = JSON.parse(fs.readFileSync('names.json', 'utf-8'));
      return table!;
    }
  } catch (error) { console.warn('none'); }
  table = {};
  return table;
}
const nameOf = (plain: string) => read()[plain] || plain;
)";
  for (int i = 0; i < calls; ++i) all += cat("fn('F", i, "', nameOf('f-", i, "'));\n");
  return all;
}

Files python(std::string_view code) {
  return {{"template.yaml", template_of("python3.13", "app.handler")}, {"app.py", std::string(code)}};
}
Files javascript(std::string_view code) {
  return {{"template.yaml", template_of("nodejs22.x", "app.handler")}, {"app.js", std::string(code)}};
}

struct Row {
  std::string name = {};
  Files files = {};
  std::string says = {};  // words of what is said; none: nothing is left out
};

const std::string kTooMuch = "this makes more values than are followed";

std::vector<Row> rows() {
  std::vector<Row> all;
  const auto add = [&](std::string name, Files files, std::string says = {}) {
    all.push_back({std::move(name), std::move(files), std::move(says)});
  };
  add("a service that holds itself", {{"serverless.yml", service("  x: ${self:}\n")}}, kTooMuch);
  add("a service that is a file of itself",
      {{"serverless.yml", service("  x: ${file(./serverless.yml)}\n")}}, kTooMuch);
  add("lists of a service that double", {{"serverless.yml", service(doubling_lists(60))}}, kTooMuch);
  add("a plan that ends within a resource",
      {{"plan.json", R"({"terraform_version":"","planned_values":{"root_module":{"resources":[)"
                     R"({"address":"photos","values":{)"}});
  add("a plan with a resource of no type",
      {{"plan.json", R"({"terraform_version":"1.9.0","planned_values":{"root_module":{)"
                     R"("resources":[{"address":"photos","values":{}}]}}})"}});
  add("a local value in itself",
      {{"main.tf", cat("locals {\n  d = {x = local.d}\n}\n",
                       terraform("environment { variables = local.d }"))}});
  add("maps that double",
      {{"main.tf", cat(doubling_maps(39), terraform("environment { variables = local.m39 }"))}},
      kTooMuch);
  add("maps that double, as a text",
      {{"main.tf",
        cat(doubling_maps(39), terraform("description = jsonencode(local.m39)"))}});
  add("a template that includes itself twice",
      {{"main.tf", terraform("description = templatefile(\"t.tpl\", {})")},
       {"t.tpl", repeated("${templatefile(\"t.tpl\", {})}", 2)}});  // which Terraform refuses
  add("a manifest that is nested without end",
      {{"template.yaml", template_of("nodejs22.x", "app.handler")},
       {"app.js", "exports.handler = async () => 1;\n"},
       {"package.json", repeated("{\"a\":", 100'000)}});
  add("a class that is its own base",
      python("class Order(Order.Model): pass\ndef handler(e, c): return Order.objects\n"));
  add("classes in a ring",
      python("class A(B.x): pass\nclass B(A.x): pass\ndef handler(e, c): return A.objects\n"));
  add("a JavaScript class that is its own base",
      javascript("class Order extends Order.Model {}\nexports.handler = async () => Order.objects;\n"));
  add("a field that is called like an interface",
      {{"template.yaml", template_of("java21", "shop.Notified")},
       {"src/main/java/shop/Notified.java",
        "package shop class Notified implements RequestHandler{static final ThreadLocal "
        "RequestHandler;"}});
  add("members behind an element of a call",
      javascript(cat("const x = f(1)[0]", repeated(".b", 60),
                     ";\nexports.handler = async () => x;\n")));
  add("members behind an argument",
      python(cat("import sys\nx = sys.argv[1]", repeated(".b", 60),
                 "\ndef handler(e, c): return x\n")));
  add("a CDK program with a memo",
      {{"cdk.json", "{\"app\": \"npx ts-node bin/app.ts\"}"},
       {"bin/app.ts", cdk(memo_calls(30))}});
  return all;
}

TEST(HostileNeighbour, CostsTheHealthyProjectNothing) {
  for (const Row& row : rows()) {
    const auto run = run_beside_healthy(row.files);
    const std::set<std::string> found = of_healthy(run);
    EXPECT_TRUE(found.contains("runtime-deprecated")) << row.name;
    EXPECT_TRUE(found.contains("loop-s3-recursion")) << row.name;
    const std::string words = said(run);
    EXPECT_NE(words.find(row.says), std::string::npos) << row.name << " says\n" << words;
    for (const LocatedProblem& one : run.problems)
      EXPECT_FALSE(one.where.file.exists() &&
                   run.files.path(one.where.file).starts_with("healthy/"))
          << row.name << ": " << one.message;
  }
}

}  // namespace
}  // namespace fnlint::hostile_neighbour_test
