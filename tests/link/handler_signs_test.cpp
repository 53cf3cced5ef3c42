// Handlers that only their form shows, language by language.

#include "link/resolve/handler_signs.h"

#include "frontends/source/csharp/csharp.h"
#include "frontends/source/go/go.h"
#include "frontends/source/java/java.h"
#include "frontends/source/javascript/javascript.h"
#include "frontends/source/python/python.h"
#include "frontends/source/ruby/ruby.h"

#include <gtest/gtest.h>

namespace fnlint::handler_signs_test {
namespace {

// "symbol" or "symbol<S3>", each; with "?" where it is one only in a project that works with AWS.
std::string handlers_of(const CodeFacts& code) {
  std::string words;
  for (const FoundHandler& row : find_handlers(code)) {
    if (!words.empty()) words += ' ';
    words += row.symbol.empty() ? row.name : row.symbol;
    if (row.event != nullptr) words += "<" + std::string(row.event->type) + ">";
    if (row.needs_aws) words += '?';
  }
  return words;
}

TEST(HandlerSigns, IsAFunctionOfBothParametersInPython) {
  EXPECT_EQ(handlers_of(lower_python("def lambda_handler(event, context): pass\n")),
            "lambda_handler");
  EXPECT_EQ(handlers_of(lower_python("def handler(_event, _ctx): pass\n")), "handler?");
  EXPECT_EQ(handlers_of(lower_python("def handler(event): pass\n")), "");
  EXPECT_EQ(handlers_of(lower_python("def main(event, context): pass\n")), "main?");
  EXPECT_EQ(handlers_of(lower_python("import boto3\ndef main(event, context): pass\n")), "main");
  EXPECT_EQ(handlers_of(lower_python("def f():\n  def handler(event, context): pass\n")), "");
  EXPECT_EQ(handlers_of(lower_python("class A:\n  def handler(event, context): pass\n")), "");
}

TEST(HandlerSigns, IsNotWhatOtherPlatformsCall) {
  EXPECT_EQ(
      handlers_of(lower_python("import functions_framework\ndef handler(event, context): pass\n")),
      "");
  EXPECT_EQ(handlers_of(lower_javascript("import { Handler } from '@netlify/functions';\n"
                                         "export const handler = async (event, context) => 1;\n",
                                         JavaScriptDialect::TypeScript)),
            "");
  EXPECT_EQ(handlers_of(lower_javascript("exports.handler = (request, response) => 1;\n",
                                         JavaScriptDialect::JavaScript)),
            "");
}

TEST(HandlerSigns, IsNotWhatApplicationsHave) {
  EXPECT_EQ(handlers_of(lower_python("import boto3, flask\ndef handler(event, context): pass\n")),
            "");
  EXPECT_EQ(handlers_of(lower_javascript("import React from 'react';\nimport AWS from 'aws-sdk';\n"
                                         "export const submitHandler = (event) => 1;\n",
                                         JavaScriptDialect::JavaScript)),
            "");
}

TEST(HandlerSigns, AreNotCountedWithoutEnd) {
  std::string text;
  for (int i = 0; i < 5000; ++i)
    text += "exports.h" + std::to_string(i) + "Handler = (event, context) => event.Records;\n";
  EXPECT_EQ(find_handlers(lower_javascript(text, JavaScriptDialect::JavaScript)).size(), 60U);
}

TEST(HandlerSigns, IsWhatJavaScriptExports) {
  const auto found = [](std::string_view text) {
    return handlers_of(lower_javascript(text, JavaScriptDialect::JavaScript));
  };
  EXPECT_EQ(found("exports.handler = async (event) => 1;\n"), "handler?");
  EXPECT_EQ(found("async function handler(event) {}\nmodule.exports = { handler, other: 1 };\n"),
            "handler?");
  EXPECT_EQ(found("export async function lambdaHandler(event, context) {}\n"), "lambdaHandler");
  EXPECT_EQ(found("export const handler = async () => 1;\n"), "handler?");
  EXPECT_EQ(found("export const clickHandler = (e) => 1;\n"), "");
  EXPECT_EQ(found("const handler = (event) => 1;\n"), "");
  EXPECT_EQ(found("import middy from '@middy/core';\nexport const handler = middy(work);\n"),
            "handler");
}

TEST(HandlerSigns, ShowsItsEventsByTheirRecords) {
  EXPECT_EQ(handlers_of(lower_python("def handler(event, context):\n"
                                     "  return event['Records'][0]['s3']['object']['key']\n")),
            "handler<S3>");
  EXPECT_EQ(
      handlers_of(lower_python("def handler(event, context):\n"
                               "  for r in event.get('Records', []): print(r.get('body'))\n")),
      "handler<SQS>");
  // A notification in a message.
  EXPECT_EQ(handlers_of(lower_python("def handler(event, context):\n"
                                     "  for r in event['Records']: print(r['body'], r['s3'])\n")),
            "handler?");
  EXPECT_EQ(handlers_of(lower_python("def handler(event, context): return event['body']\n")),
            "handler?");
}

TEST(HandlerSigns, IsAClassOfTheRuntimesInterfaceInJava) {
  EXPECT_EQ(
      handlers_of(lower_java("package shop;\n"
                             "import com.amazonaws.services.lambda.runtime.*;\n"
                             "public class Orders implements RequestHandler<SQSEvent, Void> {\n"
                             "  public Void handleRequest(SQSEvent e, Context c) { return null; }\n"
                             "}\n")),
      "shop.Orders<SQS>");
  EXPECT_EQ(
      handlers_of(lower_java("package shop;\n"
                             "abstract class Base implements RequestHandler<String, Void> {\n"
                             "  public Void handleRequest(String e, Context c) { return null; }\n"
                             "}\n")),
      "");
}

TEST(HandlerSigns, IsAMethodThatTakesTheContextOrAnEventInCSharp) {
  EXPECT_EQ(
      handlers_of(lower_csharp("using Amazon.Lambda.Core;\nnamespace Shop;\npublic class F {\n"
                               "  public string Run(string e, ILambdaContext c) => e;\n"
                               "  public string Help(string e) => e;\n}\n")),
      "Shop.F::Run");
  EXPECT_EQ(handlers_of(lower_csharp("using Amazon.Lambda.SNSEvents;\nnamespace Shop;\n"
                                     "public class F { public void Run(SNSEvent e) {} }\n")),
            "Shop.F::Run<SNS>");
  EXPECT_EQ(handlers_of(lower_csharp("using Amazon.Lambda.Core;\nnamespace Shop;\npublic class F {\n"
                                     "  public F(IStore store) {}\n"
                                     "  public string Run(string e, ILambdaContext c) => e;\n}\n")),
            "")
      << "the runtime cannot make such an object";
}

TEST(HandlerSigns, IsAProgramThatHandsOneOverInGo) {
  EXPECT_EQ(handlers_of(lower_go("package main\nimport \"github.com/aws/aws-lambda-go/lambda\"\n"
                                 "func main() { lambda.Start(handle) }\n")),
            "main");
  EXPECT_EQ(handlers_of(lower_go("package main\nfunc main() {}\n")), "");
}

TEST(HandlerSigns, IsAMethodOfTheRuntimesNamesInRuby) {
  EXPECT_EQ(handlers_of(lower_ruby("def run(event:, context:)\nend\n")), "run?");
  EXPECT_EQ(handlers_of(lower_ruby("module A\n  class B\n    def self.call(event:, context:)\n"
                                   "    end\n  end\nend\n")),
            "A::B.call?");
}

}  // namespace
}  // namespace fnlint::handler_signs_test
