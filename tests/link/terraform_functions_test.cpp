// Functions, roles, triggers and archives of Terraform as resources of Lambda.

#include "tests/link/stacks.h"

#include <gtest/gtest.h>

namespace fnlint::test {
namespace {

TEST(TerraformImages, LeadToWhatBuildsThem) {
  StackProject project;
  project.file("infra/main.tf", R"(
resource "aws_ecr_repository" "r" { name = "r" }
resource "docker_image" "app" {
  name = "${aws_ecr_repository.r.repository_url}:1"
  build {
    context    = "${path.module}/../app"
    dockerfile = "lambda.Dockerfile"
    target     = "run"
  }
}
resource "docker_registry_image" "app" { name = docker_image.app.name }
resource "aws_lambda_function" "pushed" {
  function_name = "pushed"
  package_type  = "Image"
  image_uri     = "${aws_ecr_repository.r.repository_url}@${docker_registry_image.app.sha256_digest}"
}
resource "aws_lambda_function" "named" {
  function_name = "named"
  package_type  = "Image"
  image_uri     = "${aws_ecr_repository.r.repository_url}:1"
}
module "built" {
  source      = "./build"
  source_path = "../app"
}
resource "aws_lambda_function" "of_module" {
  function_name = "of_module"
  package_type  = "Image"
  image_uri     = module.built.image_uri
}
resource "aws_lambda_function" "elsewhere" {
  function_name = "elsewhere"
  package_type  = "Image"
  image_uri     = "1.dkr.ecr.eu-west-1.amazonaws.com/x:2"
}
)");
  project.file("infra/build/main.tf", R"(
variable "source_path" {}
resource "docker_image" "this" {
  name = "x"
  build { context = var.source_path }
}
output "image_uri" { value = docker_image.this.name }
)");
  project.file("app/lambda.Dockerfile",
               "FROM public.ecr.aws/lambda/python:3.12\nCMD [\"app.handler\"]\n");
  for (const std::string_view name : {"pushed", "named", "of_module"}) {
    const DeclaredFunction* function = project.function(cat("aws_lambda_function.", name));
    ASSERT_NE(function, nullptr);
    EXPECT_EQ(function->code.kind, CodeKind::Image);
    EXPECT_EQ(function->code.path, "app") << name;
  }
  EXPECT_EQ(project.function("aws_lambda_function.pushed")->code.docker_file,
            "app/lambda.Dockerfile");
  EXPECT_EQ(project.function("aws_lambda_function.pushed")->code.docker_target, "run");
  EXPECT_EQ(project.function("aws_lambda_function.of_module")->code.docker_file,
            "app/lambda.Dockerfile")
      << "the only one of the context";
  EXPECT_EQ(project.function("aws_lambda_function.elsewhere")->code.path, "");
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

TEST(TerraformRoles, APolicyThatAnotherRootMakesIsReadThere) {
  StackProject project;
  project.file("shared/main.tf", R"(
terraform {
  backend "s3" { key = "shared" }
}
resource "aws_iam_policy" "p" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "*" }] })
}
output "policy" { value = aws_iam_policy.p.arn }
)");
  project.file("app/main.tf", R"(
data "terraform_remote_state" "shared" {
  backend = "s3"
  config  = { key = "shared" }
}
data "aws_iam_policy" "p" { arn = data.terraform_remote_state.shared.outputs.policy }
resource "aws_iam_policy" "copy" { policy = data.aws_iam_policy.p.policy }
resource "aws_iam_role" "r" { name = "r" }
resource "aws_iam_role_policy_attachment" "a" {
  for_each   = { copy = aws_iam_policy.copy.arn, none = null }
  role       = aws_iam_role.r.name
  policy_arn = each.value
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  runtime       = "python3.13"
  role          = aws_iam_role.r.arn
}
)");
  EXPECT_EQ(project.stacks().statements.size(), 1U);
  EXPECT_TRUE(project.function("aws_lambda_function.f")->role_complete);
}

TEST(TerraformCode, AnArchiveThatABundlerFillsLeadsToWhatItBundles) {
  StackProject project;
  project.file("infra/main.tf", R"(
resource "aws_lambda_function" "f" {
  function_name = "f"
  filename      = "${path.module}/../lambdas/resize/resize.zip"
  handler       = "index.resize"
  runtime       = "nodejs22.x"
}
)");
  project.file("lambdas/resize/package.json", R"({"scripts": {"test": "esbuild src/other.ts",
    "build": "tsc --noEmit && ncc build src/lambda.ts -o dist", "zip": "zip resize.zip dist/*"}})");
  project.file("lambdas/resize/src/lambda.ts", "export const resize = async () => {};\n");
  project.file("lambdas/resize/src/other.ts", "");
  const DeclaredFunction* function = project.function("aws_lambda_function.f");
  ASSERT_NE(function, nullptr);
  EXPECT_EQ(function->code.kind, CodeKind::Folder);
  EXPECT_EQ(function->code.path, "lambdas/resize");
  EXPECT_EQ(function->code.entry_points, std::vector<std::string>{"src/lambda.ts"});
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

TEST(TerraformCode, WhatADeploymentGivesToInlineCodeIsAName) {
  StackProject project;
  project.file("main.tf", R"(
variable "days" { type = number }
data "archive_file" "a" {
  type        = "zip"
  output_path = "a.zip"
  source {
    filename = "app.py"
    content  = "days = ${var.days}; name = 'x-${var.days}'"
  }
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  filename      = data.archive_file.a.output_path
  handler       = "app.handler"
  runtime       = "python3.13"
}
)");
  const DeclaredFunction* function = project.function("aws_lambda_function.f");
  ASSERT_NE(function, nullptr);
  EXPECT_EQ(function->code.kind, CodeKind::Inline);
  EXPECT_EQ(function->code.inline_text, "days = unknown_value; name = 'x-${parameter days}'");
}

}  // namespace
}  // namespace fnlint::test
