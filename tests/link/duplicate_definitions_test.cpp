// Systems that a project describes twice: which description counts.

#include "tests/link/stacks.h"
#include "values/compute.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace fnlint::test {
namespace {

constexpr std::string_view kQuote =
    "Transform: AWS::Serverless-2016-10-31\nResources:\n  Quote:\n"
    "    Type: AWS::Serverless::Function\n"
    "    Properties: {CodeUri: CODE, Handler: app.handler, Runtime: python3.13, Timeout: TIME}\n";

std::string quote(std::string_view code, std::string_view time = "3") {
  return replace_all(replace_all(kQuote, "CODE", code), "TIME", time);
}

std::size_t functions(StackProject& project) { return project.stacks().functions.size(); }

TEST(DescribedTwice, APackagedCopyIsNoStack) {
  StackProject project;
  project.file("template.yaml", quote("src")).file("packaged.yaml", quote("s3://bucket/key"));
  project.file("src/app.py", "");
  EXPECT_EQ(functions(project), 1U);
  ASSERT_NE(project.function("Quote"), nullptr);
  EXPECT_EQ(project.function("Quote")->code.path, "src");
}

TEST(DescribedTwice, ACopyMayLieInAFolderBelow) {
  StackProject project;
  project.file("template.yaml", quote("src")).file("build/out.yaml", quote("s3://bucket/key"));
  EXPECT_EQ(functions(project), 1U);
}

TEST(DescribedTwice, WhatDiffersInAnythingElseIsASystemOfItsOwn) {
  for (const auto& [path, text] :
       {std::pair{"prod.yaml", quote("s3://bucket/key", "9")},
        std::pair{"other.yaml", quote("lib")},
        std::pair{"../elsewhere/packaged.yaml", quote("s3://bucket/key")}}) {
    StackProject project;
    project.file("app/template.yaml", quote("src")).file(join_path("app", path), text);
    EXPECT_EQ(functions(project), 2U) << path;
  }
}

TEST(DescribedTwice, OfEqualTemplatesInOneFolderOneCounts) {
  StackProject project;
  project.file("a.yaml", quote("src")).file("b.yaml", quote("src"));
  EXPECT_EQ(functions(project), 1U);
  EXPECT_TRUE(project.find("Quote").exists());
}

// A service, and the stack that it was compiled to.
constexpr std::string_view kService =
    "service: shop\nprovider: {name: aws, runtime: nodejs22.x}\n"
    "functions:\n  order:\n    handler: HANDLER\n";
constexpr std::string_view kCompiled =
    R"({"Resources": {"OrderLambdaFunction": {"Type": "AWS::Lambda::Function", "Properties": {
         "Handler": "HANDLER", "Runtime": "nodejs22.x", "MemorySize": 1024}}}})";
const std::string kCompiledPath = ".serverless/cloudformation-template-update-stack.json";

std::string with_handler(std::string_view text, std::string_view handler) {
  return replace_all(text, "HANDLER", handler);
}

TEST(DescribedTwice, TheCompiledStackCountsForItsService) {
  StackProject project;
  project.file("serverless.yml", with_handler(kService, "order.handler"))
      .file(kCompiledPath, with_handler(kCompiled, "order.handler"));
  ASSERT_EQ(functions(project), 1U);
  EXPECT_TRUE(project.find("OrderLambdaFunction").exists());
}

TEST(DescribedTwice, ACompiledStackOfBeforeIsNoStack) {
  StackProject project;
  project.file("serverless.yml", with_handler(kService, "src/order.handler"))
      .file(kCompiledPath, with_handler(kCompiled, "order.handler"));
  ASSERT_EQ(functions(project), 1U);
  EXPECT_EQ(as_text(project.pool(), project.stacks().functions[0].handler), "src/order.handler");
}

TEST(DescribedTwice, OfSeveralServicesTheCompiledStackIsWhoseHandlersItHas) {
  StackProject project;
  project.file("serverless.yml", with_handler(kService, "order.handler"))
      .file("serverless-prod.yml", with_handler(kService, "src/order.handler"))
      .file(kCompiledPath, with_handler(kCompiled, "order.handler"));
  ASSERT_EQ(functions(project), 2U);
  std::set<std::string> handlers;
  for (const DeclaredFunction& each : project.stacks().functions)
    handlers.emplace(as_text(project.pool(), each.handler).value_or("?"));
  EXPECT_EQ(handlers, (std::set<std::string>{"order.handler", "src/order.handler"}));
}

std::string problems_of(StackProject& project) {
  std::string text;
  for (const LocatedProblem& one : project.stacks().problems) text += one.message;
  return text;
}

// The compiled stack of kService with further properties, and the service with further lines.
std::string of_service(StackProject& project, std::string_view more, std::string_view compiled) {
  project.file("serverless.yml", cat(with_handler(kService, "order.handler"), more))
      .file(kCompiledPath, replace_all(with_handler(kCompiled, "order.handler"),
                                       "\"MemorySize\": 1024", compiled));
  std::string said = problems_of(project);
  return cat(functions(project), " ", project.find("OrderLambdaFunction").exists(), " ", said);
}

TEST(DescribedTwice, AnOutputThatSaysLessThanItsSourceIsOld) {
  StackProject runtime;
  EXPECT_NE(of_service(runtime, "    memorySize: 256\n", "\"MemorySize\": 512")
                .find("MemorySize is 512 in it, and 256 in its source"),
            std::string::npos);
  EXPECT_EQ(runtime.stacks().functions.size(), 1U);
  StackProject variable;
  EXPECT_NE(of_service(variable, "    environment: {TABLE: rows}\n", "\"MemorySize\": 1024")
                .find("it does not set TABLE"),
            std::string::npos);
  EXPECT_EQ(variable.stacks().functions.size(), 1U);
}

TEST(DescribedTwice, WhatTheSourceLeavesOpenTheOutputSays) {
  StackProject project;
  EXPECT_EQ(of_service(project, "    memorySize: ${opt:memory, '256'}\n",
                       "\"MemorySize\": 512, \"Environment\": {\"Variables\": {\"A\": \"a\"}}"),
            "1 true ");
}

TEST(Assets, AreFoundByTheNamesUnderWhichTheyAreUploaded) {
  StackProject project;
  project
      .file("out/S.template.json", R"({"Resources": {
        "Zip": {"Type": "AWS::Lambda::Function", "Properties": {"Handler": "index.handler",
          "Runtime": "nodejs22.x", "Code": {"S3Bucket": "b", "S3Key": "abc.zip"}}},
        "Image": {"Type": "AWS::Lambda::Function", "Properties": {"PackageType": "Image",
          "Code": {"ImageUri": {"Fn::Sub": "${AWS::AccountId}.dkr.ecr.eu-west-1.x/y:def"}}}},
        "Gone": {"Type": "AWS::Lambda::Function", "Properties": {"Handler": "index.handler",
          "Runtime": "nodejs22.x", "Code": {"S3Bucket": "b", "S3Key": "none.zip"}}}}})")
      .file("out/S.assets.json", R"({"version": "36", "files": {
        "abc": {"source": {"path": "asset.abc", "packaging": "zip"},
                "destinations": {"here": {"bucketName": "b", "objectKey": "abc.zip"}}},
        "bad": {"source": 3, "destinations": []}},
        "dockerImages": {"def": {"source": {"directory": "asset.def", "dockerFile": "My.Dockerfile",
                         "dockerBuildTarget": "fn"},
                "destinations": {"here": {"repositoryName": "y", "imageTag": "def"}}}}})")
      .file("out/asset.abc/index.js", "exports.handler = 1;")
      .file("out/asset.def/My.Dockerfile", "FROM x\n");
  EXPECT_EQ(project.function("Zip")->code.kind, CodeKind::Folder);
  EXPECT_EQ(project.function("Zip")->code.path, "out/asset.abc");
  EXPECT_EQ(project.function("Image")->code.kind, CodeKind::Image);
  EXPECT_EQ(project.function("Image")->code.docker_file, "out/asset.def/My.Dockerfile");
  EXPECT_EQ(project.function("Image")->code.docker_target, "fn");
  EXPECT_EQ(project.function("Gone")->code.kind, CodeKind::Remote);
}

TEST(Snapshots, AllAnswersOfOneFolderAreOneAccount) {
  const std::string arn = "arn:aws:lambda:eu-west-1:123456789012:function:";
  StackProject project;
  project
      .file("a/list-functions.json",
            R"({"Functions": [{"FunctionName": "f", "FunctionArn": ")" + arn +
                R"(f", "Runtime": "python3.13", "Handler": "app.handler"},
               {"FunctionName": "g", "FunctionArn": ")" +
                arn + R"(g", "Runtime": "python3.13", "Handler": "app.handler"}]})")
      .file("a/get-function.json", R"({"Configuration": {"FunctionName": "f", "FunctionArn": ")" +
                                       arn + R"(f", "Runtime": "python3.12", "Timeout": 9},
               "Code": {"Location": "https://x"}, "Concurrency": {"ReservedConcurrentExecutions": 5}})")
      .file("a/g.concurrency.json", R"({"ReservedConcurrentExecutions": 7})")
      .file("b/get-function-configuration.json",
            R"({"FunctionName": "f", "FunctionArn": ")" + arn + R"(f", "Runtime": "nodejs22.x"})");
  EXPECT_EQ(functions(project), 3U);
  EXPECT_EQ(project.property("f", "Timeout"), "9");
  EXPECT_EQ(project.property("f", "Runtime"), "\"python3.12\"") << "the first file has the say";
  EXPECT_EQ(project.property("f", "Handler"), "\"app.handler\"") << "only the list has it";
  EXPECT_EQ(project.property("f", "ReservedConcurrentExecutions"), "5");
  EXPECT_EQ(project.property("g", "ReservedConcurrentExecutions"), "7") << "named by its file";
}

}  // namespace
}  // namespace fnlint::test
