// Files that cannot be read, or not to their end: what they may say is never absent.

#include "app/files/day.h"
#include "app/run/pipeline.h"
#include "core/text.h"
#include "tables/tables.h"
#include "tests/app/memory_file_system.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace fnlint::unread_test {
namespace {

using test::MemoryFileSystem;

// A project of which some files are there and may not be read.
class Forbidding final : public FileSystem {
 public:
  Forbidding(const MemoryFileSystem& files, std::string ending)
      : files_(files), ending_(std::move(ending)) {}
  EntryKind kind(std::string_view path) const override { return files_.kind(path); }
  std::vector<Entry> list(std::string_view folder) const override { return files_.list(folder); }
  Result<std::string> read(std::string_view path, std::size_t limit) const override {
    if (path.ends_with(ending_)) return Error{"cannot be read: Permission denied"};
    return files_.read(path, limit);
  }

 private:
  const MemoryFileSystem& files_;
  std::string ending_;
};

Run run_on(const FileSystem& files, bool possible = false) {
  std::vector<const Rule*> all_rules;
  for (const Rule& rule : rules()) all_rules.push_back(&rule);
  PipelineOptions options{.rules = all_rules};
  options.search = {{""}, {}, [](std::string_view, bool) { return false; }};
  options.possible = possible;
  options.settings.today = day_of("2026-03-01").value();
  return run_pipeline(options, files);
}

std::string found(const Run& run, std::string_view rule) {
  std::string words;
  for (const Finding& one : run.findings)
    if (one.rule == rule) words += cat(one.message, '\n');
  return words;
}

std::string problems(const Run& run) {
  std::string words;
  for (const LocatedProblem& one : run.problems)
    words += cat(run.files.path(one.where.file), ": ", one.message, '\n');
  return words;
}

struct Case {
  std::string_view runtime, handler, file, code;
};
constexpr Case kHandlers[] = {
    {"python3.13", "app.handler", "app.py", "def handler(event, context):\n    pass\n"},
    {"nodejs22.x", "app.handler", "app.js", "exports.handler = async () => 1;\n"},
    {"nodejs22.x", "app.handler", "app.mjs", "export const handler = async () => 1;\n"},
    {"ruby3.4", "app.handler", "app.rb", "def handler(event:, context:)\nend\n"},
    {"java21", "app.App::handler", "src/main/java/app/App.java",
     "package app; public class App { public String handler(String in) { return in; } }\n"},
    {"java21", "app.App::handler", "src/main/kotlin/app/App.kt",
     "package app\nclass App { fun handler(input: String): String = input }\n"},
    {"dotnet8", "App::App.App::Handler", "App.cs",
     "namespace App; public class App { public string Handler(string x) => x; }\n"},
};

std::string template_of(const Case& one) {
  return cat("Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n",
             "    Type: AWS::Serverless::Function\n    Properties:\n      Runtime: ", one.runtime,
             "\n      Handler: ", one.handler, "\n      CodeUri: fn/\n");
}

// What may not be read is not known, and so not absent.
TEST(Unread, AHandlerThatMayNotBeReadIsNotMissing) {
  for (const Case& one : kHandlers) {
    const std::string path = cat("fn/", one.file);
    const MemoryFileSystem files{{"template.yaml", template_of(one)},
                                 {path, std::string(one.code)},
                                 {"fn/pom.xml", "<project/>"},
                                 {"fn/App.csproj", "<Project/>"}};
    const auto open = run_on(files, true);
    EXPECT_EQ(open.unread, 0U) << one.file;
    const auto run = run_on(Forbidding(files, path), true);
    EXPECT_EQ(found(run, "handler-not-found"), "") << one.file;
    EXPECT_EQ(run.unread, 1U) << one.file;
  }
}

TEST(Unread, AHandlerThatMayNotBeReadFailsTheRun) {
  const MemoryFileSystem files{{"template.yaml", template_of(kHandlers[0])},
                               {"fn/app.py", std::string(kHandlers[0].code)}};
  const auto run = run_on(Forbidding(files, "app.py"));
  EXPECT_TRUE(problems(run).starts_with("fn/app.py: cannot be read: Permission denied\n"));
  EXPECT_TRUE(run.broken.contains(run.files.find("fn/app.py")));
}

TEST(Unread, AModuleThatMayNotBeReadLeavesItsImporterReadInPart) {
  const MemoryFileSystem files{
      {"template.yaml", template_of(kHandlers[0])},
      {"fn/app.py", "import prices\ndef handler(event, context):\n    prices.get()\n"},
      {"fn/prices.py", "def get():\n    pass\n"}};
  EXPECT_EQ(run_on(files).partly, 0U);
  const auto run = run_on(Forbidding(files, "prices.py"));
  EXPECT_EQ(run.unread, 0U);
  EXPECT_EQ(run.partly, 1U);
  EXPECT_TRUE(run.broken.empty());
}

std::string in_utf16(std::string_view text) {
  std::string wide = "\xFE\xFF";
  for (const char c : text) wide += {'\0', c};
  return wide;
}

std::string reasons(const Run& run) {
  std::string words = cat(run.partly, " in part\n");
  for (const Unresolved& one : run.unresolved) words += cat(one.reason, '\n');
  return words;
}

TEST(Unread, AModuleThatIsNotThereOrWhoseNameIsComputedLeavesItsImporterReadInPart) {
  const std::string begin =
      "Transform: AWS::Serverless-2016-10-31\nResources:\n  Work:\n"
      "    Type: AWS::Serverless::Function\n"
      "    Properties: {CodeUri: ., Handler: app.handler, Runtime: ";
  EXPECT_EQ(reasons(run_on(MemoryFileSystem{
                {"template.yaml", cat(begin, "nodejs24.x}\n")},
                {"app.js",
                 "const steps = process.env.STEPS.split(',').map((one) => "
                 "require(`./${one}`));\n"
                 "exports.handler = async (event) => steps.map((one) => one(event));\n"}})),
            "1 in part\nwhich module is loaded here is known only at run time\n");
  EXPECT_EQ(reasons(run_on(MemoryFileSystem{
                {"template.yaml", cat(begin, "python3.13}\n")},
                {"app.py",
                 "from importlib import import_module\n\n\ndef handler(event, context):\n"
                 "    import_module('steps.' + event['step']).run()\n"}})),
            "1 in part\nwhich module is loaded here is known only at run time\n");
  EXPECT_EQ(
      reasons(run_on(MemoryFileSystem{{"template.yaml", cat(begin, "nodejs24.x}\n")},
                                      {"prices.wasm", "{}"},
                                      {"app.js",
                                       "const prices = require('./prices.wasm');\n"
                                       "exports.handler = async (event) => prices[event.id];\n"}})),
      "1 in part\n'./prices.wasm' is not code that fnlint reads\n");
  EXPECT_EQ(
      reasons(run_on(MemoryFileSystem{{"template.yaml", cat(begin, "nodejs24.x}\n")},
                                      {"prices.json", "{}"},
                                      {"app.js",
                                       "const prices = require('./prices.json');\n"
                                       "exports.handler = async (event) => prices[event.id];\n"}})),
      "0 in part\n");
  EXPECT_EQ(reasons(run_on(MemoryFileSystem{
                {"template.yaml", cat(begin, "python3.13}\n")},
                {"app.py",
                 "import importlib\n\n\ndef handler(event, context):\n"
                 "    importlib.import_module('steps.' + event['step']).run()\n"}})),
            "1 in part\nwhich module is loaded here is known only at run time\n");
  EXPECT_EQ(
      reasons(run_on(MemoryFileSystem{{"template.yaml", cat(begin, "nodejs24.x}\n")},
                                      {"app.js",
                                       "const { work } = require('./work');\n"
                                       "exports.handler = async (event) => work(event);\n"}})),
      "1 in part\n'./work' leads to no file in the project\n");
}

TEST(Unread, SourcesInUtf16AreRead) {
  for (const Case& one : kHandlers) {
    const MemoryFileSystem files{{"template.yaml", in_utf16(template_of(one))},
                                 {cat("fn/", one.file), in_utf16(one.code)},
                                 {"fn/pom.xml", "<project/>"},
                                 {"fn/App.csproj", "<Project/>"}};
    const auto run = run_on(files);
    EXPECT_EQ(run.functions, 1U) << one.file;
    EXPECT_EQ(run.unread, 0U) << one.file;
    EXPECT_EQ(problems(run), "") << one.file;
  }
}

constexpr std::string_view kReader =
    "import os\ndef handler(event, context):\n    return os.environ[\"BUCKET\"]\n";

struct Cut {
  std::string_view path, whole, cut;
};
// Each template whole, where the variable is surely not set, and cut off before it could be.
constexpr Cut kCuts[] = {
    {"template.yaml",
     "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n"
     "    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: .\n"
     "      Handler: app.handler\n      Runtime: python3.7\n",
     "      Architectures: [arm64\n"},
    {"template.yaml",
     "Transform: AWS::Serverless-2016-10-31\nGlobals:\n  Function: {Timeout: 3}\nResources:\n  F:\n"
     "    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: .\n"
     "      Handler: app.handler\n      Runtime: python3.7\n",
     "      Environment:\n        Variables: {TABLE: a, \n"},
    {"main.tf",
     "resource \"aws_lambda_function\" \"f\" {\n  function_name = \"f\"\n  filename = \"app.zip\"\n"
     "  handler = \"app.handler\"\n  runtime = \"python3.7\"\n}\n"
     "data \"archive_file\" \"f\" {\n  type = \"zip\"\n  source_dir = \"${path.module}\"\n"
     "  output_path = \"app.zip\"\n}\n",
     ""},
    {"serverless.yml",
     "service: s\nprovider:\n  name: aws\n  runtime: python3.7\nfunctions:\n  f:\n"
     "    handler: app.handler\n",
     "    environment: {TABLE: a, \n"},
};

TEST(Unread, WhatATemplateCouldNotSayAnyMoreIsNotAbsent) {
  for (const Cut& one : kCuts) {
    const auto with = [&](std::string text) {
      return MemoryFileSystem{{std::string(one.path), std::move(text)},
                              {"app.py", std::string(kReader)}};
    };
    const std::string whole(one.whole);
    EXPECT_NE(found(run_on(with(whole)), "config-env-undefined"), "") << whole;
    const std::string cut =
        one.cut.empty() ? replace_all(whole, "python3.7\"\n}", "python3.7\"\n") : cat(whole, one.cut);
    const auto run = run_on(with(cut), true);
    EXPECT_EQ(found(run, "config-env-undefined"), "") << cut;
    EXPECT_NE(found(run, "runtime-deprecated"), "") << cut;  // which is what it says
    EXPECT_EQ(run.broken.size(), 1U) << cut << problems(run);
  }
}

// The same in JSON, cut off at every byte: what is reported stays true of the whole.
TEST(Unread, APartOfATemplateSaysNothingThatTheWholeDoesNot) {
  const std::string whole =
      R"({"Transform": "AWS::Serverless-2016-10-31", "Resources": {"F": {
  "Type": "AWS::Serverless::Function",
  "Properties": {"CodeUri": ".", "Handler": "app.handler", "Runtime": "python3.13",
                 "Environment": {"Variables": {"TABLE": "a", "BUCKET": "b"}}}}}})";
  for (std::size_t end = 1; end < whole.size(); ++end) {
    const MemoryFileSystem files{{"template.json", whole.substr(0, end)},
                                 {"app.py", std::string(kReader)}};
    EXPECT_EQ(found(run_on(files, true), "config-env-undefined"), "") << whole.substr(0, end);
  }
}

TEST(Unread, AToolThatIsNotReadIsNamedWhereNoFunctionIsFound) {
  const MemoryFileSystem files{{"up.json", "{\"name\": \"shop\"}"},
                               {"deploy/Pulumi.yaml", "name: shop\nruntime: nodejs\n"}};
  const auto run = run_on(files);
  ASSERT_EQ(run.unresolved.size(), 2U);
  EXPECT_EQ(run.files.path(run.unresolved[0].where.file), "deploy/Pulumi.yaml");
  EXPECT_EQ(run.unresolved[0].reason, "programs of Pulumi are not read");
  EXPECT_EQ(run.files.path(run.unresolved[1].where.file), "up.json");
  EXPECT_NE(run.unresolved[1].reason.find("Up is not read"), std::string::npos);
}

}  // namespace
}  // namespace fnlint::unread_test
