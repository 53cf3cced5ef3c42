#include "tests/link/stacks.h"

#include <gtest/gtest.h>

namespace fnlint::test {
namespace {

// What a queue's name is when it is that expression.
std::string worth(std::string_view expression, std::string_view more = "") {
  StackProject project;
  project.file("main.tf", cat(more, "\nresource \"aws_sqs_queue\" \"q\" {\n  name = ", expression,
                              "\n}\n"));
  return project.property("aws_sqs_queue.q", "QueueName");
}

TEST(TerraformFunctions, AreComputedWhereTheirArgumentsAreKnown) {
  EXPECT_EQ(worth(R"(join("-", ["a", "b"]))"), R"("a-b")");
  EXPECT_EQ(worth(R"(format("%s-%03d", "a", 7))"), R"("a-007")");
  EXPECT_EQ(worth(R"(replace("a.b.c", ".", "-"))"), R"("a-b-c")");
  EXPECT_EQ(worth(R"(replace("a1b22", "/[0-9]+/", "_"))"), R"("a_b_")");
  EXPECT_EQ(worth(R"(lower(upper("aB")))"), R"("ab")");
  EXPECT_EQ(worth(R"(title("jobs queue"))"), R"("Jobs Queue")");
  EXPECT_EQ(worth(R"(trimsuffix(trimspace(" a.fifo "), ".fifo"))"), R"("a")");
  EXPECT_EQ(worth(R"(substr("abcdef", 1, 3))"), R"("bcd")");
  EXPECT_EQ(worth(R"(split(",", "a,b")[1])"), R"("b")");
  EXPECT_EQ(worth(R"(merge({a = "1"}, {a = "2"}).a)"), R"("2")");
  EXPECT_EQ(worth(R"(lookup({a = "1"}, "b", "none"))"), R"("none")");
  EXPECT_EQ(worth(R"(element(["a", "b"], 3))"), R"("b")");
  EXPECT_EQ(worth(R"(coalesce(null, "", "a"))"), R"("a")");
  EXPECT_EQ(worth(R"(join("", flatten([["a"], ["b", ["c"]]])))"), R"("abc")");
  EXPECT_EQ(worth(R"(join("", compact(["a", "", null, "b"])))"), R"("ab")");
  EXPECT_EQ(worth(R"(keys({b = 1, a = 2})[0])"), R"("a")");
  EXPECT_EQ(worth(R"(zipmap(["a"], ["x"]).a)"), R"("x")");
  EXPECT_EQ(worth(R"(try(var.o.missing, "else"))", R"(variable "o" { default = {} })"), R"("else")");
  EXPECT_EQ(worth(R"(can({}.a) ? "yes" : "no")"), R"("no")");
  EXPECT_EQ(worth(R"(jsondecode("{\"a\": \"b\"}").a)"), R"("b")");
  EXPECT_EQ(worth(R"(regex("([a-z]+)-", "ab-1")[0])"), R"("ab")");
  EXPECT_EQ(worth(R"(tostring(max(1, 3)))"), R"("3")");
  EXPECT_EQ(worth(R"(join("", reverse(sort(["b", "a"]))))"), R"("ba")");
  EXPECT_EQ(worth(R"(join("", [for p in setproduct(["a"], ["b", "c"]) : join("", p)]))"),
            R"("abac")");
  EXPECT_EQ(worth(R"(one(["a"]))"), R"("a")");
  EXPECT_EQ(worth(R"(length(["a", "b"]) == 2 ? "two" : "more")"), R"("two")");
}

TEST(TerraformFunctions, ReadFilesOfTheRootAlone) {
  StackProject project;
  project.file("infra/name.txt", "jobs").file("infra/main.tf", R"(
resource "aws_sqs_queue" "a" { name = file("${path.module}/name.txt") }
resource "aws_sqs_queue" "b" { name = templatefile("${path.module}/b.tpl", { env = "prod" }) }
resource "aws_sqs_queue" "c" { name = fileexists("../../etc/passwd") ? "there" : "not" }
resource "aws_sqs_queue" "d" { name = join(",", fileset(path.module, "*.txt")) }
)");
  project.file("infra/b.tpl", "b-${env}%{ if env == \"prod\" }!%{ endif }");
  EXPECT_EQ(project.property("aws_sqs_queue.a", "QueueName"), R"("jobs")");
  EXPECT_EQ(project.property("aws_sqs_queue.b", "QueueName"), R"("b-prod!")");
  EXPECT_EQ(project.property("aws_sqs_queue.d", "QueueName"), R"("name.txt")");
}

TEST(TerraformModules, ValuesGoInAndOut) {
  StackProject project;
  project.file("main.tf", R"(
locals { env = "prod" }
module "jobs" {
  source = "./modules/queue"
  name   = "jobs-${local.env}"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  runtime       = "python3.13"
  environment { variables = { QUEUE = module.jobs.url, NAME = module.jobs.name } }
}
)");
  project.file("modules/queue/main.tf", R"(
variable "name" { type = string }
variable "size" { default = 3 }
resource "aws_sqs_queue" "this" {
  name                       = var.name
  visibility_timeout_seconds = var.size * 10
}
)");
  project.file("modules/queue/outputs.tf", R"(
output "url" { value = aws_sqs_queue.this.url }
output "name" { value = var.name }
)");
  EXPECT_EQ(project.property("module.jobs.aws_sqs_queue.this", "QueueName"), R"("jobs-prod")");
  EXPECT_EQ(project.property("module.jobs.aws_sqs_queue.this", "VisibilityTimeout"), "30");
  EXPECT_EQ(project.property("aws_lambda_function.f", "Environment.Variables.NAME"),
            R"("jobs-prod")");
  const ValueId queue = project.property_value("aws_lambda_function.f", "Environment.Variables.QUEUE");
  ASSERT_TRUE(queue.exists());
  EXPECT_TRUE(project.pool().is(queue, ValueKind::Reference));
}

TEST(TerraformModules, CountAndForEachMakeInstances) {
  StackProject project;
  project.file("main.tf", R"(
variable "names" { default = ["a", "b"] }
resource "aws_sqs_queue" "counted" {
  count = length(var.names)
  name  = "q-${count.index}-${var.names[count.index]}"
}
resource "aws_sqs_queue" "keyed" {
  for_each = toset(var.names)
  name     = each.key
}
resource "aws_sqs_queue" "none" {
  count = 0
}
module "m" {
  source   = "./m"
  for_each = { x = "one", y = "two" }
  name     = each.value
}
resource "aws_sns_topic" "t" {
  name = module.m["y"].name
}
)");
  project.file("m/main.tf", R"(
variable "name" {}
resource "aws_sqs_queue" "q" { name = var.name }
output "name" { value = "of-${aws_sqs_queue.q.name}-${var.name}" }
)");
  EXPECT_EQ(project.property("aws_sqs_queue.counted[1]", "QueueName"), R"("q-1-b"~)");
  EXPECT_EQ(project.property("aws_sqs_queue.keyed[\"a\"]", "QueueName"), R"("a"~)");
  EXPECT_FALSE(project.find("aws_sqs_queue.none").exists());
  EXPECT_EQ(project.property("module.m[\"x\"].aws_sqs_queue.q", "QueueName"), R"("one")");
  EXPECT_TRUE(project.find("aws_sns_topic.t").exists());
}

TEST(TerraformModules, AFolderThatIsCalledIsNoRoot) {
  StackProject project;
  project.file("main.tf", "module \"m\" {\n  source = \"./m\"\n  name = \"given\"\n}\n");
  project.file("m/main.tf",
               "variable \"name\" { default = \"own\" }\n"
               "resource \"aws_sqs_queue\" \"q\" { name = var.name }\n");
  EXPECT_TRUE(project.find("module.m.aws_sqs_queue.q").exists());
  EXPECT_FALSE(project.find("aws_sqs_queue.q").exists());
}

TEST(TerraformModules, WhatDependsOnItselfIsSaidNotFollowed) {
  StackProject project;
  project.file("main.tf", R"(
locals {
  a = local.b
  b = local.a
}
resource "aws_sqs_queue" "q" {
  name  = local.a
  count = length(aws_sqs_queue.q)
}
module "m" { source = "./m" }
)");
  project.file("m/main.tf", "module \"again\" { source = \"../m\" }\n");
  EXPECT_GE(project.stacks().scopes.size(), 1U);
}

TEST(TerraformValues, FilesOfValuesGoBeforeDefaults) {
  StackProject project;
  project.file("main.tf", R"(
variable "a" { default = "default" }
variable "b" { default = "default" }
resource "aws_sqs_queue" "a" { name = var.a }
resource "aws_sqs_queue" "b" { name = var.b }
)");
  project.file("terraform.tfvars", "a = \"file\"\nb = \"file\"\n");
  project.file("x.auto.tfvars", "b = \"auto\"\n");
  EXPECT_EQ(project.property("aws_sqs_queue.a", "QueueName"), R"("file")");
  EXPECT_EQ(project.property("aws_sqs_queue.b", "QueueName"), R"("auto")");
}

TEST(TerraformRelations, NotificationsAndTargetsBecomeTriggers) {
  StackProject project;
  project.file("main.tf", R"(
resource "aws_lambda_function" "f" {
  function_name = "f"
  runtime       = "python3.13"
}
resource "aws_s3_bucket" "b" { bucket = "acme" }
resource "aws_s3_bucket_notification" "n" {
  bucket = aws_s3_bucket.b.id
  lambda_function {
    lambda_function_arn = aws_lambda_function.f.arn
    events              = ["s3:ObjectCreated:*"]
    filter_suffix       = ".txt"
  }
}
resource "aws_cloudwatch_event_rule" "r" {
  event_pattern = jsonencode({ source = ["acme"] })
}
resource "aws_cloudwatch_event_target" "t" {
  rule = aws_cloudwatch_event_rule.r.name
  arn  = aws_lambda_function.f.arn
}
resource "aws_sqs_queue" "q" { name = "q" }
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = aws_sqs_queue.q.arn
  function_name    = aws_lambda_function.f.function_name
  batch_size       = 5
}
)");
  const Stacks& stacks = project.stacks();
  std::size_t triggers = 0;
  for (const Relation& relation : stacks.relations)
    if (relation.kind == RelationKind::Trigger) ++triggers;
  EXPECT_EQ(triggers, 3U) << stacks_text(project.pool(), stacks);
}

TEST(TerraformRoles, StatementsComeFromDocumentsAndAttachments) {
  StackProject project;
  project.file("main.tf", R"(
data "aws_iam_policy_document" "rights" {
  statement {
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.b.arn}/*"]
  }
}
resource "aws_s3_bucket" "b" { bucket = "acme" }
resource "aws_iam_role" "r" { name = "r" }
resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.id
  policy = data.aws_iam_policy_document.rights.json
}
resource "aws_iam_policy" "q" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "*" }] })
}
resource "aws_iam_role_policy_attachment" "a" {
  role       = aws_iam_role.r.name
  policy_arn = aws_iam_policy.q.arn
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  runtime       = "python3.13"
  role          = aws_iam_role.r.arn
}
)");
  EXPECT_EQ(project.stacks().statements.size(), 2U);
  const DeclaredFunction* function = project.function("aws_lambda_function.f");
  ASSERT_NE(function, nullptr);
  EXPECT_TRUE(function->role.exists());
  EXPECT_TRUE(function->role_complete);
}

TEST(TerraformCode, ArchivesLeadToTheirFolders) {
  StackProject project;
  project.file("infra/main.tf", R"(
data "archive_file" "a" {
  type        = "zip"
  source_dir  = "${path.module}/../src"
  output_path = "a.zip"
  excludes    = ["tests"]
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  filename      = data.archive_file.a.output_path
  handler       = "app.handler"
  runtime       = "python3.13"
}
)");
  project.file("src/app.py", "def handler(event, context): pass\n");
  const DeclaredFunction* function = project.function("aws_lambda_function.f");
  ASSERT_NE(function, nullptr);
  EXPECT_EQ(function->code.kind, CodeKind::Folder);
  EXPECT_EQ(function->code.path, "src");
  ASSERT_EQ(function->code.patterns.size(), 1U);
  EXPECT_EQ(function->code.patterns[0].glob, "tests");
}

TEST(TerraformPlan, WinsOverWhatItDescribes) {
  StackProject project;
  project.file("main.tf", R"(
variable "runtime" { default = "python3.13" }
data "aws_ssm_parameter" "size" { name = "/size" }
resource "aws_lambda_function" "f" {
  count         = 1
  function_name = "f"
  runtime       = var.runtime
  memory_size   = data.aws_ssm_parameter.size.value
}
resource "aws_lambda_function" "gone" {
  count         = var.runtime == "python3.13" ? 1 : 0
  function_name = "gone"
}
)");
  project.file("plan.json", R"({"format_version": "1.2", "variables": {"runtime": {"value": "python3.8"}},
"planned_values": {"root_module": {"resources": [{"address": "aws_lambda_function.f[0]",
"mode": "managed", "type": "aws_lambda_function", "name": "f", "index": 0,
"values": {"function_name": "f", "runtime": "python3.8", "memory_size": 512}}]}}})");
  EXPECT_EQ(project.property("aws_lambda_function.f[0]", "Runtime"), R"("python3.8")");
  EXPECT_EQ(project.property("aws_lambda_function.f[0]", "MemorySize"), "512");
  EXPECT_FALSE(project.find("aws_lambda_function.gone[0]").exists());
  EXPECT_EQ(project.text_at(project.property_row("aws_lambda_function.f[0]", "Runtime")->where),
            "var.runtime");
}

}  // namespace
}  // namespace fnlint::test
