// Whole runs in a folder: exit codes, and what is said of findings, problems and unread code.

#include "app/commands/run.h"

#include "tests/app/program.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace fnlint {
namespace {

using nlohmann::json;

using test::kBroken;
using test::kClean;
using test::kFound;
using test::Program;

std::vector<std::string> paths_of(const json& report) {
  std::vector<std::string> paths;
  for (const json& finding : report["findings"]) paths.push_back(finding["path"]);
  return paths;
}
using Paths = std::vector<std::string>;

TEST(Program, FindingsGiveOneAndNothingGivesZero) {
  Program program;
  program.folder.write("template.yaml", kClean);
  EXPECT_EQ(program({}), 0);
  EXPECT_TRUE(program.out.str().starts_with("No findings in 1 function, 1 template"));
  program.folder.write("template.yaml", kFound);
  EXPECT_EQ(program({}), 1);
  EXPECT_TRUE(program.out.str().starts_with(
      "template.yaml:7:27: warning: Unknown name in a suppression: no rule, category or profile is "
      "named 'no-such-rule'"))
      << program.out.str();
  EXPECT_EQ(program({"--exit-zero"}), 0);
  EXPECT_EQ(program({"--fail-on", "error"}), 0);
  EXPECT_EQ(program({"--ignore", "config-suppression-unknown"}), 0);
}

// Code forms are freed while the run goes on: what is found does not depend on that.
TEST(Program, ManyFunctionsAreFoundAsFewAre) {
  constexpr int kFunctions = 600;
  Program program;
  std::string text = "Transform: AWS::Serverless-2016-10-31\nResources:\n";
  for (int i = 0; i < kFunctions; ++i) {
    const std::string n = std::to_string(i);
    text += "  F" + n + ": {Type: AWS::Serverless::Function, Properties: {Handler: index.handler, " +
            "Runtime: python3.12, CodeUri: f" + n + "/}}\n";
    program.folder.write(
        "f" + n + "/index.py",
        "# " + n + "\nseen = []\ndef handler(event, context):\n    seen.append(event)\n");
  }
  program.folder.write("template.yaml", text);
  EXPECT_EQ(program({"check", ".", "--output-format", "json", "--select", "state"}), 1);
  EXPECT_EQ(program.parsed()["findings"].size(), kFunctions) << program.out.str().substr(0, 2000);
}

TEST(Program, AProblemAloneGivesZero) {
  Program program;
  program.folder.write("template.yaml", kClean);
  program.folder.write("samconfig.toml", "[default.deploy.parameters\n");
  EXPECT_EQ(program({"--output-format", "json"}), 0);
  EXPECT_EQ(program.parsed()["findings"].size(), 0U);
  ASSERT_EQ(program.parsed()["problems"].size(), 1U);
  EXPECT_EQ(program.parsed()["problems"][0]["severity"], "warning");
}

TEST(Program, ATemplateThatCannotBeReadGivesOne) {
  Program program;
  program.folder.write("template.yaml", kBroken);
  EXPECT_EQ(program({"--output-format", "json"}), 1);
  EXPECT_EQ(program.parsed()["findings"].size(), 0U);
  ASSERT_GE(program.parsed()["problems"].size(), 1U);
  EXPECT_EQ(program.parsed()["problems"][0]["path"], "template.yaml");
  EXPECT_EQ(program.parsed()["problems"][0]["severity"], "error");
  EXPECT_EQ(program({"--exit-zero"}), 0);
  EXPECT_EQ(program({"--output-format", "github"}), 1);
  EXPECT_TRUE(program.out.str().starts_with("::error title=problem,file=template.yaml,line="))
      << program.out.str();
  EXPECT_EQ(program.err.str(), "");
}

TEST(Program, CodeThatWasNotReadIsToldAndFailsWhereThatIsAskedFor) {
  Program program;
  program.folder.write("template.yaml",
                       "Transform: AWS::Serverless-2016-10-31\n"
                       "Resources:\n"
                       "  Api:\n"
                       "    Type: AWS::Serverless::Function\n"
                       "    Properties: {Handler: app.handler, Runtime: python3.12, CodeUri: apii}\n");
  program.folder.write("api/app.py", "def handler(event, context):\n    return 1\n");
  EXPECT_EQ(program({}), 0);
  EXPECT_TRUE(program.out.str().ends_with(
      "1 of 1 function: code not found (--show-unresolved).\n"))
      << program.out.str();
  EXPECT_EQ(program({"--fail-on-unread", "--output-format", "json"}), 1);
  EXPECT_EQ(program.parsed()["summary"]["unread"], 1);
  EXPECT_EQ(program.parsed()["unresolved"][0]["function"], "Api");
  program.folder.write(".fnlint.yaml", "fail-on-unread: true\n");
  EXPECT_EQ(program({}), 1);
  program.folder.write("apii/app.py", "import prices\ndef handler(e, c):\n  prices.get()\n");
  program.folder.write("apii/prices.py", "def get(:\n    return 1\n");
  EXPECT_EQ(program({"--output-format", "json"}), 1);
  EXPECT_EQ(program.parsed()["summary"]["partly"], 1) << program.out.str();
  program.folder.write("apii/prices.py", "def get():\n    return 1\n");
  EXPECT_EQ(program({"--output-format", "json"}), 0) << program.out.str();
}

TEST(Program, AConfigurationThatCannotCountIsNotPassedOver) {
  Program program;
  program.folder.write("template.yaml", kClean);
  program.folder.write(".fnlint.yml", "selct: [loop]\n");
  EXPECT_EQ(program({}), 2);
  EXPECT_NE(program.err.str().find(".fnlint.yml:1:1: unknown key 'selct'"), std::string::npos);
  program.folder.write(".fnlint.yaml", "select: [loop]\n");
  EXPECT_EQ(program({}), 2);
  EXPECT_NE(program.err.str().find("keep only one of them"), std::string::npos);
}

TEST(Program, AConfigurationBehindALinkThatLeadsNowhereIsAnError) {
  Program program;
  program.folder.write("app/template.yaml", kClean);
  program.folder.write("shared/.fnlint.yaml", "exclude: ['**']\n");
  for (const char* target : {"../shared/.fnlint.yaml", "nowhere.yaml"}) {
    program.directory = "app";
    std::filesystem::remove(program.folder.path("app/.fnlint.yaml"));
    std::filesystem::create_symlink(target, program.folder.path("app/.fnlint.yaml"));
    EXPECT_EQ(program({}), 2) << target;
    EXPECT_TRUE(program.err.str().starts_with("fnlint: .fnlint.yaml cannot be read"))
        << program.err.str();
  }
}

TEST(Program, AFolderBelowATemplateSaysWhereThatIs) {
  Program program;
  program.folder.write("shop/template.yaml", kClean);
  program.folder.write("shop/src/app.py", "x = 1\n");
  EXPECT_EQ(program({"shop/src"}), 0);
  EXPECT_NE(program.err.str().find("; there is one in shop"), std::string::npos)
      << program.err.str();
}

TEST(Program, FilesOfWindowsAreReadAsTheyAre) {
  Program program;
  std::string wide = "\xFF\xFE";
  for (const char c : kFound) wide += {c, '\0'};
  program.folder.write("template.yaml", wide);
  EXPECT_EQ(program({"--output-format", "json"}), 1);
  ASSERT_EQ(program.parsed()["findings"].size(), 1U);
  EXPECT_EQ(program.parsed()["findings"][0]["line"], 7);
  EXPECT_EQ(program.parsed()["findings"][0]["column"], 27);
}

TEST(Program, AMistypedTypeIsNoSilence) {
  Program program;
  program.folder.write("template.yaml",
                       "Transform: AWS::Serverless-2016-10-31\n"
                       "Resources:\n"
                       "  F: {Type: AWS::Serverless::Funktion}\n"
                       "  G: {Type: AWS::Lamda::Function}\n"
                       "  H: {Type: AWS::CloudFront::Function}\n"
                       "  I: {Type: AWS::Serverless::Connector}\n");
  EXPECT_EQ(program({"--output-format", "json"}), 0);
  const json problems = program.parsed()["problems"];
  ASSERT_EQ(problems.size(), 2U) << program.out.str();
  EXPECT_EQ(problems[0]["message"], "there is no resource type AWS::Serverless::Funktion; did you "
                                    "mean AWS::Serverless::Function?");
  EXPECT_EQ(problems[1]["message"],
            "there is no resource type AWS::Lamda::Function; did you mean AWS::Lambda::Function?");
  EXPECT_EQ(program({}), 0);
  EXPECT_NE(program.out.str().find("No functions found in 1 template"), std::string::npos);
}

TEST(Program, AServiceWithoutFunctionsNamesThePluginsThatMayAddThem) {
  Program program;
  program.folder.write("serverless.yml",
                       "service: shop\nprovider: {name: aws, runtime: python3.12}\n"
                       "plugins: [serverless-made-up-functions]\n");
  program.folder.write("Dockerfile", "FROM public.ecr.aws/lambda/python:3.12\nCMD [\"app.handler\"]\n");
  EXPECT_EQ(program({}), 0);
  EXPECT_NE(program.out.str().find("serverless.yml:1:1: unresolved: the service names no functions; "
                                   "a plugin may add some: serverless-made-up-functions"),
            std::string::npos)
      << program.out.str();
  EXPECT_NE(program.out.str().find("Dockerfile:1:1: unresolved: an image for Lambda"),
            std::string::npos)
      << program.out.str();
}

TEST(Program, AnArchiveThatWasCutOffIsToldInItsReadersWords) {
  Program program;
  program.folder.write("template.yaml",
                       "Transform: AWS::Serverless-2016-10-31\n"
                       "Resources:\n"
                       "  Api:\n"
                       "    Type: AWS::Serverless::Function\n"
                       "    Properties: {Handler: app.handler, Runtime: python3.12, CodeUri: a.zip}\n");
  program.folder.write("a.zip", "PK\x03\x04 and no more");
  EXPECT_EQ(program({"--output-format", "json"}), 1);
  const json problems = program.parsed()["problems"];
  ASSERT_EQ(problems.size(), 1U) << program.out.str();
  EXPECT_EQ(problems[0]["path"], "a.zip");
  EXPECT_EQ(problems[0]["severity"], "error");
}

TEST(Program, SaysThatHandlersAreKnownByTheirFormAlone) {
  Program program;
  program.folder.write("src/app.py",
                       "import boto3\n\n\ndef lambda_handler(event, context):\n"
                       "    return boto3.client('s3').list_buckets(Prefix=event['prefix'])\n");
  EXPECT_EQ(program({"check", "--output-format", "json"}), 0);
  EXPECT_EQ(program.err.str(),
            "fnlint: no template names a function: 1 handler found in the code by its form; what "
            "only a template says is not known\n");
  const json told = program.parsed();
  EXPECT_EQ(told["findings"][0]["rule"], "init-client-in-handler");
  EXPECT_EQ(told["findings"][0]["confidence"], "likely");
  EXPECT_EQ(told["summary"]["templates"], 0);
  EXPECT_EQ(told["unresolved"][0]["reason"],
            "no template names this handler: how it is configured and what starts it is not known");
}

TEST(Program, NothingToLintGivesZeroAndOneLineThatSaysWhatWasLookedFor) {
  Program program;
  program.folder.write("notes.yaml", "a: 1\n");
  EXPECT_EQ(program({"--output-format", "json"}), 0);
  EXPECT_EQ(program.parsed()["summary"]["templates"], 0);
  EXPECT_EQ(program.err.str(),
            "fnlint: nothing to lint: no template of Lambda functions in . (1 file searched)\n");
  EXPECT_EQ(program({"notes.yaml", "-q"}), 0);
  EXPECT_EQ(program.err.str(), "");
}

// What few act on is not told unasked; what Lambda refuses is.
TEST(Program, AQueueShorterThanSixTimeoutsIsANoteOfTheProfileStrict) {
  Program program;
  const auto with_visibility = [&](const std::string& seconds) {
    program.folder.write("template.yaml", kClean + "  Q:\n    Type: AWS::SQS::Queue\n"
        "    Properties: {VisibilityTimeout: " + seconds + "}\n  M:\n"
        "    Type: AWS::Lambda::EventSourceMapping\n    Properties: {FunctionName: !Ref F, "
        "EventSourceArn: !GetAtt Q.Arn}\n");
  };
  with_visibility("10");
  EXPECT_EQ(program({"."}), 0);
  EXPECT_EQ(program.out.str().find("trigger-visibility-timeout"), std::string::npos);
  program({"--select", "strict"});
  EXPECT_NE(program.out.str().find("trigger-visibility-timeout"), std::string::npos);
  with_visibility("2");
  EXPECT_EQ(program({"."}), 1);
  EXPECT_NE(program.out.str().find("trigger-visibility-timeout"), std::string::npos);
}

TEST(Program, FindingsInExamplesBringAHintHowToLeaveThemOut) {
  Program program;
  program.folder.write("shop/examples/a/template.yaml", kFound);
  program.folder.write("shop/template.yaml", kFound);
  program({"."});
  EXPECT_EQ(program.err.str(),
            "fnlint: 1 finding is in folders of tests, examples or archives; to leave them out, "
            "write in .fnlint.yaml: exclude: [\"shop/examples/**\"]\n");
  program({"-q"});
  EXPECT_EQ(program.err.str(), "");
  program({"shop/examples"});  // is what was asked for
  EXPECT_EQ(program.err.str(), "");
}

TEST(Program, CodeInAnArchiveFolderOfAFunctionThatIsDeclaredOutsideOfItIsDeployed) {
  Program program;
  program.folder.write("template.yaml",
                       "Transform: AWS::Serverless-2016-10-31\n"
                       "Resources:\n"
                       "  F:\n"
                       "    Type: AWS::Serverless::Function\n"
                       "    Properties: {Handler: app.handler, Runtime: python3.12, "
                       "CodeUri: archive/}\n");
  program.folder.write("archive/app.py",
                       "def handler(event, context):  # fnlint: ignore[no-such-rule]\n"
                       "    return 1\n");
  program({"."});
  EXPECT_NE(program.out.str().find("archive/app.py:1"), std::string::npos) << program.out.str();
  EXPECT_EQ(program.err.str(), "");
}

TEST(Program, APathThatDoesNotExistGivesTwoWithASuggestion) {
  Program program;
  program.folder.write("template.yaml", kClean);
  EXPECT_EQ(program({"templte.yaml"}), 2);
  EXPECT_EQ(program.err.str(),
            "fnlint: no such file or folder: templte.yaml; did you mean 'template.yaml'?\n");
}

TEST(Program, AUsageErrorGivesTwo) {
  Program program;
  EXPECT_EQ(program({"--no-such-option"}), 2);
  EXPECT_EQ(program({"--select", "no-such-rule"}), 2);
  EXPECT_NE(program.err.str().find("'no-such-rule'"), std::string::npos);
  EXPECT_EQ(program({"explain", "no-such-rule"}), 2);
  EXPECT_EQ(program.out.str(), "");
}

TEST(Program, PathsAreRelativeToTheWorkingDirectory) {
  Program program;
  program.folder.write(".git/HEAD", "");
  program.folder.write("a/template.yaml", kFound);
  program.folder.write("b/x", "");
  program({"--output-format", "json"});
  EXPECT_EQ(paths_of(program.parsed()), Paths{"a/template.yaml"});
  program.directory = "b";
  program({"../a", "--output-format", "json"});
  EXPECT_EQ(paths_of(program.parsed()), Paths{"../a/template.yaml"});
  program({"../a", "--output-format", "sarif"});
  const json run = program.parsed()["runs"][0];
  EXPECT_EQ(run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            "a/template.yaml");
  EXPECT_EQ(run["automationDetails"]["id"], "fnlint/a/");
}

TEST(Program, AFileMakesItsWholeProjectTheThingThatIsLinted) {
  Program program;
  program.folder.write(".git/HEAD", "");
  program.folder.write("a/template.yaml", kFound);
  program.folder.write("a/src/app.py", "");
  program.folder.write("b/template.yaml", kFound);
  EXPECT_EQ(program({"a/src/app.py", "--output-format", "json"}), 1);
  EXPECT_EQ(paths_of(program.parsed()), Paths{"a/template.yaml"});
  EXPECT_EQ(
      program({"a/src/app.py", "a/template.yaml", "b/template.yaml", "--output-format", "json"}),
      1);
  EXPECT_EQ(paths_of(program.parsed()), (Paths{"a/template.yaml", "b/template.yaml"}));
}

TEST(Program, ANamedFileOfNoKnownKindIsPassedOver) {
  Program program;
  program.folder.write("README.md", "# x\n");
  EXPECT_EQ(program({"README.md"}), 0);
}

TEST(Program, TheConfigurationIsFoundAboveWhatIsLinted) {
  Program program;
  program.folder.write(".fnlint.yaml", "fail-on: error\n");
  program.folder.write("deep/er/template.yaml", kFound);
  EXPECT_EQ(program({"deep/er"}), 0);
  program.folder.write("other.yaml", "fail-on: warning\n");
  EXPECT_EQ(program({"deep/er", "--config", "other.yaml"}), 1);
  EXPECT_EQ(program({"deep/er", "--fail-on", "warning"}), 1);
}

TEST(Program, AMistakeInTheConfigurationGivesTwoAtItsPlace) {
  Program program;
  program.folder.write(".fnlint.yaml", "selct: [loop]\n");
  program.folder.write("a/template.yaml", kClean);
  EXPECT_EQ(program({"a"}), 2);
  EXPECT_EQ(program.err.str(),
            "fnlint: .fnlint.yaml:1:1: unknown key 'selct'; did you mean 'select'?\n");
  EXPECT_EQ(program({"a", "--config", "missing.yaml"}), 2);
}

TEST(Program, TheConfigurationExcludesIgnoresAndGrades) {
  Program program;
  program.folder.write("a/template.yaml", kFound);
  program.folder.write("b/template.yaml", kFound);
  program.folder.write(".fnlint.yaml", "exclude: [a/]\n");
  program({"--output-format", "json"});
  EXPECT_EQ(paths_of(program.parsed()), Paths{"b/template.yaml"});
  program.folder.write(".fnlint.yaml", "per-path-ignores: {'b/**': [config]}\n");
  program({"--output-format", "json"});
  EXPECT_EQ(paths_of(program.parsed()), Paths{"a/template.yaml"});
  program.folder.write(".fnlint.yaml", "severity: {config-suppression-unknown: error}\n");
  program({"--output-format", "json"});
  EXPECT_EQ(program.parsed()["findings"][0]["severity"], "error");
}

TEST(Program, ExclusionsOfTheCommandLineAreRelativeToTheWorkingDirectory) {
  Program program;
  program.folder.write(".git/HEAD", "");
  program.folder.write("x/a/template.yaml", kFound);
  program.folder.write("x/b/template.yaml", kFound);
  program.directory = "x";
  program({"--exclude", "a/**", "--output-format", "json"});
  EXPECT_EQ(paths_of(program.parsed()), Paths{"b/template.yaml"});
  program({"--exclude", "x/a/**", "--output-format", "json"});
  EXPECT_EQ(paths_of(program.parsed()).size(), 2U);
}

TEST(Program, ProjectsOfSeveralRootsAreReportedTogether) {
  Program program;
  program.folder.write("a/.fnlint.yaml", "fail-on: error\n");
  program.folder.write("a/template.yaml", kFound);
  program.folder.write("b/.fnlint.yaml", "severity: {config-suppression-unknown: note}\n");
  program.folder.write("b/template.yaml", kFound);
  EXPECT_EQ(program({"b", "a", "--output-format", "json"}), 0);
  const json report = program.parsed();
  EXPECT_EQ(paths_of(report), (Paths{"a/template.yaml", "b/template.yaml"}));
  EXPECT_EQ(report["findings"][0]["severity"], "warning");
  EXPECT_EQ(report["findings"][1]["severity"], "note");
  EXPECT_EQ(report["summary"]["templates"], 2);
}

TEST(Program, APathInsideAnotherOneIsNotLintedTwice) {
  Program program;
  program.folder.write("a/template.yaml", kFound);
  program({".", "a", "a/template.yaml", "--output-format", "json"});
  EXPECT_EQ(paths_of(program.parsed()), Paths{"a/template.yaml"});
}

// A folder that is linked into another service holds the same files.
TEST(Program, AFileBehindALinkIsReportedOnce) {
  Program program;
  const std::string function =
      "Transform: AWS::Serverless-2016-10-31\nResources:\n"
      "  F: {Type: AWS::Serverless::Function, Properties: {Handler: index.handler, "
      "Runtime: python3.12, CodeUri: functions/}}\n";
  program.folder.write("one/template.yaml", function);
  program.folder.write("two/template.yaml", function);
  program.folder.write("functions/index.py",
                       "seen = []\ndef handler(event, context):\n    seen.append(event)\n");
  program.folder.link("one/functions", "../functions");
  program.folder.link("two/functions", "../functions");
  EXPECT_EQ(program({"check", ".", "--output-format", "json", "--select", "state"}), 1);
  EXPECT_EQ(paths_of(program.parsed()), Paths{"functions/index.py"});
}

// What the calls of a module give is to be changed there.
TEST(Program, AValueOfAModuleLeadsToTheCallsThatGiveIt) {
  Program program;
  program.folder.write("main.tf",
                       "module \"a\" {\n  source  = \"./m\"\n  runtime = \"python3.7\"\n}\n"
                       "module \"b\" {\n  source  = \"./m\"\n  runtime = \"python3.7\"\n}\n"
                       "module \"c\" {\n  source  = \"./m\"\n}\n");
  program.folder.write("m/main.tf",
                       "variable \"runtime\" {\n  default = \"\"\n}\n"
                       "resource \"aws_lambda_function\" \"this\" {\n"
                       "  function_name = \"f\"\n  handler = \"index.handler\"\n"
                       "  role = \"arn:aws:iam::123456789012:role/x\"\n  s3_bucket = \"b\"\n"
                       "  runtime = var.runtime != \"\" ? var.runtime : null\n}\n");
  EXPECT_EQ(program({"check", ".", "--output-format", "json", "--select", "runtime-deprecated"}),
            1);
  const json report = program.parsed();
  ASSERT_EQ(paths_of(report), Paths{"m/main.tf"});
  std::vector<int> lines;
  for (const json& one : report["findings"][0]["related"])
    if (one["path"] == "main.tf") lines.push_back(one["line"]);
  EXPECT_EQ(lines, (std::vector<int>{3, 7}));
}

TEST(Program, TheOutputGoesToAFile) {
  Program program;
  program.folder.write("template.yaml", kFound);
  EXPECT_EQ(program({"--output-format", "json", "--output-file", "out.json"}), 1);
  EXPECT_EQ(program.out.str(), "");
  EXPECT_EQ(json::parse(program.folder.read("out.json"))["findings"].size(), 1U);
  EXPECT_EQ(program({"--output-file", "no/such/folder/out"}), 2);
}

TEST(Program, ColourFollowsTheTerminalAndTheEnvironment) {
  Program program;
  program.folder.write("template.yaml", kFound);
  const auto colored = [&](const std::vector<std::string>& arguments) {
    program(arguments);
    return program.out.str().find('\x1b') != std::string::npos;
  };
  EXPECT_FALSE(colored({}));
  EXPECT_TRUE(colored({"--color", "always"}));
  program.variables["FORCE_COLOR"] = "1";
  EXPECT_TRUE(colored({}));
  EXPECT_FALSE(colored({"--color", "never"}));
  EXPECT_FALSE(colored({"--output-format", "json"}));
  program.variables.clear();
  program.terminal = true;
  EXPECT_TRUE(colored({}));
  program.variables["NO_COLOR"] = "1";
  EXPECT_FALSE(colored({}));
  program.variables = {{"TERM", "dumb"}};
  EXPECT_FALSE(colored({}));
}

TEST(Program, EveryFormatIsValidWhenNothingIsFound) {
  Program program;
  program.folder.write("template.yaml", kClean);
  for (const char* format : {"text", "json", "jsonl", "sarif", "github"}) {
    EXPECT_EQ(program({"--output-format", format}), 0) << format;
    const bool empty = std::string(format) == "jsonl" || std::string(format) == "github";
    EXPECT_EQ(program.out.str().empty(), empty) << format;
  }
}

TEST(Program, TheSameInputGivesTheSameBytes) {
  Program program;
  for (int i = 0; i < 40; ++i)
    program.folder.write("s" + std::to_string(i) + "/template.yaml", i % 3 == 0 ? kBroken : kFound);
  program({"--output-format", "sarif"});
  const std::string first = program.out.str();
  for (int i = 0; i < 3; ++i) {
    program({"--output-format", "sarif"});
    EXPECT_EQ(program.out.str(), first);
  }
}

TEST(Program, TimesAndProgressGoToTheErrorStream) {
  Program program;
  program.folder.write("template.yaml", kClean);
  program({"--timing", "-v"});
  EXPECT_NE(program.err.str().find(" ms  discover\n"), std::string::npos);
  EXPECT_NE(program.err.str().find("searched .: 1 template among 1 file\n"), std::string::npos);
}

TEST(Program, PrintsItsModelStageByStage) {
  Program program;
  program.folder.write("template.yaml", kClean);
  EXPECT_EQ(program({"model", "--stage", "compile"}), 0);
  EXPECT_EQ(program.parsed()["templates"][0]["resources"][0]["address"], "F");
  EXPECT_EQ(program.parsed()["sources"][0]["language"], "python");
  EXPECT_EQ(program({"model", "--stage", "templates"}), 0);
  const json function = program.parsed()["functions"][0];
  EXPECT_EQ(function["handler"], "index.handler");
  EXPECT_EQ(function["code"]["kind"], "inline");
  EXPECT_EQ(program({"model", "--stage", "code"}), 0);
  EXPECT_EQ(program.parsed()["functions"][0]["resolved"], true);
  EXPECT_EQ(program({"model"}), 0);
  EXPECT_EQ(program.parsed()["functions"][0]["effects"], json::array());
  EXPECT_EQ(program.parsed()["version"], 1);
  EXPECT_EQ(program({"model", "missing"}), 2);
  EXPECT_EQ(program({"model", "--stage", "joined"}), 2);
}

TEST(Program, ExplainsARule) {
  Program program;
  EXPECT_EQ(program({"explain", "config-suppression-unused"}), 0);
  const std::string page = program.out.str();
  EXPECT_TRUE(page.starts_with("config-suppression-unused\nSuppression suppresses nothing\n"));
  EXPECT_NE(page.find("How to fix it\n  Remove the comment"), std::string::npos);
  EXPECT_NE(page.find("https://fnlint.github.io/rules/config-suppression-unused/"),
            std::string::npos);
}

TEST(Program, ExplainsAFunction) {
  Program program;
  program.folder.write("template.yaml",
                       "Transform: AWS::Serverless-2016-10-31\n"
                       "Resources:\n"
                       "  Worker:\n"
                       "    Type: AWS::Serverless::Function\n"
                       "    Properties: {Handler: app.handler, Runtime: python3.13, CodeUri: .}\n");
  program.folder.write("app.py",
                       "import pandas\nimport json\n\n\n"
                       "def handler(event, context):\n    return pandas.DataFrame(event)\n");
  EXPECT_EQ(program({"explain", "--function", "Worker"}), 0);
  const std::string page = program.out.str();
  EXPECT_TRUE(
      page.starts_with("Worker (AWS::Serverless::Function, template.yaml:3)\n"
                       "  python3.13, memory 128 MB (default), timeout 3 s (default)\n"))
      << page;
  EXPECT_NE(page.find("pandas, every path uses it"), std::string::npos) << page;
  EXPECT_NE(page.find("unused: 1"), std::string::npos) << page;
  EXPECT_NE(page.find("What matters most: pandas."), std::string::npos) << page;
  EXPECT_EQ(program({"explain", "--function", "Wroker"}), 2);
  EXPECT_NE(program.err.str().find("did you mean 'Worker'?"), std::string::npos);
  EXPECT_EQ(program({"explain", "--function", "Worker", "missing"}), 2);
  EXPECT_EQ(program({"explain", "one", "two"}), 2);
}

TEST(Program, DrawsAFindingAtItsOwnServicesFunction) {
  Program program;
  program.folder.write("a/template.yaml", kClean);
  std::string old = kClean;
  old.replace(old.find("python3.12"), 10, "python2.7");
  program.folder.write("b/template.yaml", old);
  ASSERT_EQ(program({"graph", "--output-format", "html"}), 0);
  const std::string page = program.out.str();
  const auto level_in = [&](std::string_view path) {
    const std::size_t node = page.find(std::string("\"path\":\"").append(path));
    const std::size_t level = page.find("\"level\":\"", page.rfind('{', node));
    return page.substr(level + 9, page.find('"', level + 9) - level - 9);
  };
  EXPECT_EQ(level_in("a/template.yaml"), "");
  EXPECT_EQ(level_in("b/template.yaml"), "error");
}

TEST(Program, ListsItsRules) {
  Program program;
  EXPECT_EQ(program({"rules", "--output-format", "json"}), 0);
  for (const json& rule : program.parsed()) {
    EXPECT_FALSE(rule["title"].get<std::string>().empty());
    EXPECT_EQ(
        rule["category"].get<std::string>() + "-",
        rule["id"].get<std::string>().substr(0, rule["category"].get<std::string>().size() + 1));
  }
  EXPECT_EQ(program({"rules"}), 0);
  EXPECT_NE(program.out.str().find("config-suppression-unused  "), std::string::npos);
}

}  // namespace
}  // namespace fnlint
