// Terraform's modules, instances, types, functions and state.

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
  EXPECT_EQ(worth(R"(try(var.o.missing, "else"))", R"(variable "o" { default = {} })"),
            R"("else")");
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
  const ValueId queue =
      project.property_value("aws_lambda_function.f", "Environment.Variables.QUEUE");
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

TEST(TerraformTypes, OptionalAttributesHaveTheirDefaults) {
  constexpr std::string_view kMore = R"(
variable "o" {
  type    = object({ a = optional(string, "x"), b = optional(string), c = optional(object({ d = optional(string, "y") }), {}) })
  default = {}
}
variable "m" {
  type    = map(object({ a = optional(string, "x"), b = string }))
  default = { one = { b = "given" } }
}
variable "n" {
  type    = object({ a = optional(string, "x") })
  default = { a = null }
})";
  EXPECT_EQ(worth("var.o.a", kMore), R"("x"~)");
  EXPECT_EQ(worth("var.o.c.d", kMore), R"("y"~)");
  EXPECT_EQ(worth(R"(var.o.b == null ? "none" : var.o.b)", kMore),
            R"T(("none" if @main.tf:416 is true | null~ if @main.tf:416 is not true))T");
  EXPECT_EQ(worth(R"(var.m["one"].a)", kMore), R"("x"~)");
  EXPECT_EQ(worth(R"(var.m["one"].b)", kMore), R"("given"~)");
  EXPECT_EQ(worth("var.n.a", kMore), R"("x"~)");
}

TEST(TerraformTypes, TheDefaultsOfAModulesInputsAreDecided) {
  StackProject project;
  project.file("main.tf", R"(
module "m" {
  source    = "./m"
  functions = { a = { handler = "a.handler" }, b = { handler = "b.handler", timeout = 60 } }
}
)");
  project.file("m/main.tf", R"(
variable "functions" {
  type = map(object({ handler = string, timeout = optional(number, 30) }))
}
resource "aws_lambda_function" "f" {
  for_each      = var.functions
  function_name = each.key
  handler       = each.value.handler
  timeout       = each.value.timeout
}
)");
  EXPECT_EQ(project.property("module.m.aws_lambda_function.f[\"a\"]", "Timeout"), "30");
  EXPECT_EQ(project.property("module.m.aws_lambda_function.f[\"b\"]", "Timeout"), "60");
}

TEST(TerraformTypes, JsonSyntaxHasThemToo) {
  StackProject project;
  project.file("main.tf.json", R"T({
  "variable": {"o": {"type": "object({ a = optional(string, \"x\") })", "default": {}}},
  "resource": {"aws_sqs_queue": {"q": {"name": "${var.o.a}"}}}
})T");
  EXPECT_EQ(project.property("aws_sqs_queue.q", "QueueName"), R"("x"~)");
}

TEST(TerraformInstances, ManyAreAsManyAsAreWritten) {
  std::string names;
  for (int i = 0; i < 300; ++i) names += cat(i == 0 ? "" : ", ", "\"q", i, "\"");
  StackProject project;
  project.file("main.tf", cat("locals { names = [", names, R"(] }
resource "aws_sqs_queue" "q" {
  for_each = toset(local.names)
  name     = each.key
}
resource "aws_sqs_queue" "n" {
  count = length(local.names)
  name  = "n-${count.index}"
}
)"));
  EXPECT_EQ(project.property("aws_sqs_queue.q[\"q299\"]", "QueueName"), R"("q299")");
  EXPECT_EQ(project.property("aws_sqs_queue.n[200]", "QueueName"), R"("n-200")");
}

TEST(TerraformState, OutputsOfTheRootWithThatKeyAreTaken) {
  StackProject project;
  project.file("shared/main.tf", R"(
terraform {
  backend "s3" {
    bucket = "states"
    key    = "shared.tfstate"
  }
}
resource "aws_sqs_queue" "jobs" { name = "jobs" }
output "queue_url" { value = aws_sqs_queue.jobs.url }
output "name" { value = "of-shared" }
)");
  project.file("other/main.tf", R"(
terraform {
  backend "s3" {
    bucket = "states"
    key    = "other.tfstate"
  }
}
output "name" { value = "of-other" }
)");
  project.file("app/main.tf", R"(
data "terraform_remote_state" "base" {
  backend = "s3"
  config = {
    bucket = "states"
    key    = "shared.tfstate"
  }
}
resource "aws_sqs_queue" "q" { name = data.terraform_remote_state.base.outputs.name }
resource "aws_lambda_function" "f" {
  function_name = "f"
  environment { variables = { QUEUE = data.terraform_remote_state.base.outputs["queue_url"] } }
}
)");
  EXPECT_EQ(project.property("aws_sqs_queue.q", "QueueName"), R"("of-shared")");
  const ValueId queue =
      project.property_value("aws_lambda_function.f", "Environment.Variables.QUEUE");
  ASSERT_TRUE(queue.exists());
  EXPECT_TRUE(project.pool().is(queue, ValueKind::Reference));
}

TEST(TerraformState, WithoutAKeyTheOnlyOutputOfThatNameIsLikelyMeant) {
  StackProject project;
  project.file("shared/main.tf", R"(
terraform { backend "s3" {} }
output "name" { value = "of-shared" }
)");
  project.file("away/main.tf", R"(
terraform {
  backend "s3" { key = "away.tfstate" }
}
output "name" { value = "of-away" }
)");
  project.file("app/main.tf", R"(
variable "environment" {}
data "terraform_remote_state" "shared" {
  backend = "s3"
  config  = { bucket = "states", key = "shared.tfstate" }
}
resource "aws_sqs_queue" "q" { name = data.terraform_remote_state.shared.outputs.name }
resource "aws_sqs_queue" "n" { name = data.terraform_remote_state.shared.outputs.missing }
)");
  EXPECT_EQ(project.property("aws_sqs_queue.q", "QueueName"), R"("of-shared")");
  const ValueId queue = project.property_value("aws_sqs_queue.q", "QueueName");
  EXPECT_NE(project.pool()[queue].uncertainty & kHeuristic, 0);
  EXPECT_TRUE(project.pool().is(project.property_value("aws_sqs_queue.n", "QueueName"),
                                ValueKind::Hole));
  ASSERT_FALSE(project.stacks().unresolved.empty());
  EXPECT_NE(project.stacks().unresolved.front().reason.find("missing"), std::string::npos);
}

TEST(TerraformState, FilesOnThisMachineAreFoundByTheirPaths) {
  StackProject project;
  project.file("net/main.tf", "output \"name\" { value = \"of-net\" }\n");
  project.file("app/main.tf.json", R"({
  "data": {"terraform_remote_state": {"net": {"backend": "local", "config": {"path": "../net/terraform.tfstate"}}}},
  "resource": {"aws_sqs_queue": {"q": {"name": "${data.terraform_remote_state.net.outputs.name}"}}}
})");
  EXPECT_EQ(project.property("aws_sqs_queue.q", "QueueName"), R"("of-net")");
}

TEST(TerraformState, TwoThatAskEachOtherEnd) {
  StackProject project;
  for (const std::string_view name : {"a", "b"})
    project.file(cat(name, "/main.tf"), cat(R"(
terraform {
  backend "s3" { key = ")", name, R"(" }
}
data "terraform_remote_state" "o" {
  backend = "s3"
  config  = { key = ")", name == "a" ? "b" : "a", R"(" }
}
output "x" { value = data.terraform_remote_state.o.outputs.x }
resource "aws_sqs_queue" "q" { name = data.terraform_remote_state.o.outputs.x }
)"));
  EXPECT_EQ(project.stacks().scopes.size(), 2U);
}

TEST(TerraformParameterStore, OneRootWritesAnotherReads) {
  StackProject project;
  project.file("base/main.tf", R"(
variable "env" {}
resource "aws_sqs_queue" "q" { name = "jobs" }
resource "aws_ssm_parameter" "plain" {
  name  = "/shop/queue"
  type  = "String"
  value = aws_sqs_queue.q.url
}
resource "aws_ssm_parameter" "built" {
  name  = "/shop/${var.env}/table"
  type  = "String"
  value = "orders"
}
)");
  project.file("app/main.tf", R"(
variable "environment" {}
data "aws_ssm_parameter" "queue" { name = "/shop/queue" }
data "aws_ssm_parameter" "table" { name = "/shop/${var.environment}/table" }
locals { table = data.aws_ssm_parameter.table.value }
resource "aws_sqs_queue" "q" {
  count = local.table == "" ? 0 : 1
  name  = local.table
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  environment { variables = { QUEUE = data.aws_ssm_parameter.queue.value } }
}
)");
  project.file("serverless.yml",
               "service: s\nprovider: {name: aws}\nfunctions:\n  g:\n    handler: a.b\n"
               "    environment: {QUEUE: '${ssm:/shop/queue}'}\n");
  for (const std::string_view function : {"aws_lambda_function.f", "g"}) {
    const ValueId queue = project.property_value(function, "Environment.Variables.QUEUE");
    ASSERT_TRUE(queue.exists());
    EXPECT_TRUE(project.pool().is(queue, ValueKind::Reference)) << function;
  }
  EXPECT_EQ(project.property("aws_sqs_queue.q[0]", "QueueName"), R"("orders")");
}

TEST(TerraformValues, FilesThatOneIsTakenOfAreAlternatives) {
  StackProject project;
  project.file("main.tf", R"(
variable "name" { default = "default" }
variable "both" { default = "default" }
resource "aws_sqs_queue" "q" { name = var.name }
resource "aws_sqs_queue" "b" { name = var.both }
)");
  project.file("terraform.tfvars", "both = \"general\"\n");
  project.file("env/dev.tfvars", "name = \"dev\"\nboth = \"dev\"\n");
  project.file("env/prod.tfvars", "name = \"prod\"\n");
  EXPECT_EQ(
      project.property("aws_sqs_queue.q", "QueueName"),
      R"T(("dev"~ if file of values is env/dev.tfvars | "prod"~ if file of values is env/prod.tfvars | "default"~ if file of values is none))T");
  EXPECT_EQ(
      project.property("aws_sqs_queue.b", "QueueName"),
      R"T(("dev"~ if file of values is env/dev.tfvars | "general"~ if file of values is env/prod.tfvars or none))T");
}

TEST(TerraformFunctions, YamlIsReadWhereverItsTextComesFrom) {
  EXPECT_EQ(worth(R"(yamldecode("a: {b: c}").a.b)"), R"("c")");
  EXPECT_EQ(worth(R"(yamldecode("a: x-${local.n}").a)", "locals { n = \"y\" }"), R"("x-y")");
  StackProject project;
  project.file("functions/one.yml", cat("name: one\npadding: ", std::string(6000, 'x'), "\n"));
  project.file("functions/two.yml", "name: two\n");
  project.file("main.tf", R"(
locals { all = { for f in fileset(path.module, "functions/*.yml") : f => yamldecode(file("${path.module}/${f}")) } }
resource "aws_sqs_queue" "q" {
  for_each = local.all
  name     = each.value.name
}
)");
  EXPECT_EQ(project.property("aws_sqs_queue.q[\"functions/one.yml\"]", "QueueName"), R"("one")");
  EXPECT_EQ(project.property("aws_sqs_queue.q[\"functions/two.yml\"]", "QueueName"), R"("two")");
}

TEST(TerraformCloudControl, NamesAreCloudFormations) {
  StackProject project;
  project.file("main.tf", R"(
resource "awscc_sqs_queue" "q" {
  queue_name         = "jobs"
  visibility_timeout = 30
}
resource "awscc_dynamodb_table" "t" {
  table_name           = "orders"
  stream_specification = { stream_view_type = "NEW_IMAGE" }
}
resource "awscc_lambda_function" "f" {
  function_name = "f"
  runtime       = "python3.13"
  handler       = "index.handler"
  code          = { zip_file = "def handler(event, context): pass" }
  environment   = { variables = { QUEUE = awscc_sqs_queue.q.queue_url } }
}
resource "awscc_lambda_event_source_mapping" "m" {
  event_source_arn = awscc_sqs_queue.q.arn
  function_name    = awscc_lambda_function.f.arn
  batch_size       = 5
}
resource "awscc_docdb_db_cluster" "c" { db_cluster_identifier = "c" }
)");
  const DeclaredFunction* function = project.function("awscc_lambda_function.f");
  ASSERT_NE(function, nullptr);
  EXPECT_EQ(function->code.kind, CodeKind::Inline);
  EXPECT_EQ(function->code.inline_text, "def handler(event, context): pass");
  const auto kind = [&](std::string_view address) {
    return project.stacks()[project.find(address)].kind;
  };
  EXPECT_EQ(kind("awscc_dynamodb_table.t"), ResourceKind::Table);
  EXPECT_EQ(kind("awscc_docdb_db_cluster.c"), ResourceKind::Cluster);
  EXPECT_FALSE(project.lines("trigger").empty());
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

TEST(Terraform, AModuleThatIsCalledNoTimesIsNoRoot) {
  StackProject project;
  project.file("main.tf",
               "module \"off\" {\n  source = \"./off\"\n  count  = 0\n}\n"
               "resource \"aws_sqs_queue\" \"q\" {}\n");
  project.file("off/main.tf",
               "module \"inner\" {\n  source = \"../inner\"\n}\n"
               "resource \"aws_sns_topic\" \"t\" {}\n");
  project.file("inner/main.tf", "resource \"aws_s3_bucket\" \"b\" {}\n");
  EXPECT_EQ(project.lines("resource "), "resource aws_sqs_queue.q: queue aws_sqs_queue\n");
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
  project.file("plan.json",
               R"({"format_version": "1.2", "variables": {"runtime": {"value": "python3.8"}},
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
