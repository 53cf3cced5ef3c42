// `fnlint init` looks at a project and writes a configuration to begin with, which can be read
// back.
#include "app/commands/starting_configuration.h"
#include "app/configuration/configuration_reading.h"
#include "app/configuration/foreign_configuration.h"
#include "tables/tables.h"
#include "tests/app/memory_file_system.h"
#include "tests/app/program.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace fnlint::init_test {
namespace {

using test::Program;

// A line of the text, without blanks around it, that has these words.
bool has_line(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

Configuration read_back(const std::string& text) {
  Result<Configuration> read = read_configuration(text, rules());
  EXPECT_TRUE(read) << (read ? "" : read.error()) << '\n' << text;
  return read ? std::move(read.value()) : Configuration{};
}

// A commented line is one to be taken in: without its mark the file is read all the same.
std::string with_line_taken_in(std::string text, const std::string& line) {
  const std::size_t at = text.find(cat("# ", line));
  EXPECT_NE(at, std::string::npos) << line << '\n' << text;
  return at == std::string::npos ? text : text.erase(at, 2);
}

std::string read_file(const std::string& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Init, WritesWhatIsFoundWhichIsReadBack) {
  Program program;
  program.folder.write("template.yaml", test::kClean);
  EXPECT_EQ(program({"init"}), 0);
  EXPECT_EQ(program.err.str(), "fnlint: .fnlint.yaml is written: 1 function, 0 findings\n");
  const std::string text = read_file(program.folder.path(".fnlint.yaml"));
  EXPECT_TRUE(text.starts_with(
      "# yaml-language-server: $schema=https://fnlint.github.io/fnlint-config.schema.json\n"));
  EXPECT_TRUE(has_line(text, "# Found when this was written: 1 function, 0 findings.\n"));
  EXPECT_TRUE(has_line(text, "#   templates: SAM (1)\n"));
  const Configuration read = read_back(text);
  EXPECT_EQ(read.select, std::vector<std::string>{"default"});
  EXPECT_TRUE(read.ignore.empty());
  EXPECT_TRUE(read.exclude.empty());
  EXPECT_EQ(program({}), 0);
  EXPECT_EQ(program.err.str(), "");
}

TEST(Init, NamesTheLanguagesOfTheCode) {
  Program program;
  program.folder.write("template.yaml",
                       "Transform: AWS::Serverless-2016-10-31\n"
                       "Resources:\n"
                       "  F:\n"
                       "    Type: AWS::Serverless::Function\n"
                       "    Properties: {Handler: app.handler, Runtime: python3.13, CodeUri: .}\n");
  program.folder.write("app.py", "def handler(event, context):\n    return 1\n");
  EXPECT_EQ(program({"init", "--output-file", "-"}), 0);
  EXPECT_TRUE(has_line(program.out.str(), "#   code files: Python (1)\n")) << program.out.str();
  EXPECT_FALSE(std::ifstream(program.folder.path(".fnlint.yaml")).good());
}

TEST(Init, WritesOverNothingUnlessForced) {
  for (const std::string name : {".fnlint.yaml", ".fnlint.yml"}) {
    Program program;
    program.folder.write("template.yaml", test::kClean);
    program.folder.write(name, "fail-on: [broken\n");
    EXPECT_EQ(program({"init"}), 2);
    EXPECT_EQ(
        program.err.str(),
        cat("fnlint: ", name,
            " exists already: --force overwrites it, --output-file - prints to standard output\n"));
    EXPECT_EQ(program({"init", "--output-file", "-"}), 0);
    EXPECT_EQ(program({"init", "--force", "--quiet"}), 0);
    EXPECT_EQ(program.err.str(), "");
    read_back(read_file(program.folder.path(name)));
    EXPECT_EQ(program({}), 0);
  }
}

TEST(Init, WritesToTheRootOfTheProjectOrToANamedFolder) {
  Program program;
  program.folder.write(".git/HEAD", "ref: refs/heads/main\n");
  program.folder.write("service/template.yaml", test::kClean);
  program.folder.write("other/template.yaml", test::kClean);
  program.directory = "service";
  EXPECT_EQ(program({"init"}), 0);
  EXPECT_EQ(program.err.str(), "fnlint: ../.fnlint.yaml is written: 2 functions, 0 findings\n");
  EXPECT_EQ(program({"init", "."}), 0);
  EXPECT_EQ(program.err.str(), "fnlint: .fnlint.yaml is written: 1 function, 0 findings\n");
  EXPECT_EQ(program({"init", "../other"}), 0);
  EXPECT_EQ(program.err.str(),
            "fnlint: ../other/.fnlint.yaml is written: 1 function, 0 findings\n");
  EXPECT_EQ(program({"init", "nowhere"}), 2);
  EXPECT_EQ(program({"init", "template.yaml", "--force"}), 2);
  EXPECT_EQ(program.err.str(), "fnlint: template.yaml is a file: init takes a folder\n");
}

TEST(Init, SuggestsValuesOfParametersThatDecideSomething) {
  Program program;
  program.folder.write(
      "template.yaml",
      "Transform: AWS::Serverless-2016-10-31\n"
      "Parameters:\n"
      "  Version: {Type: String}\n"
      "  Label: {Type: String}\n"
      "Resources:\n"
      "  F:\n"
      "    Type: AWS::Serverless::Function\n"
      "    Properties: {Handler: index.handler, Runtime: !Ref Version, Description: "
      "!Ref Label, InlineCode: '1'}\n");
  EXPECT_EQ(program({"init", "--output-file", "-"}), 0);
  const std::string text = program.out.str();
  EXPECT_TRUE(
      has_line(text,
               "# parameters:\n#   Version: \"\"  # template.yaml:8 Runtime is the parameter "
               "Version, which has no default\n"))
      << text;
  EXPECT_FALSE(has_line(text, "Label")) << text;
  read_back(with_line_taken_in(with_line_taken_in(text, "parameters:"), "  Version: \"\""));
}

TEST(Init, SuggestsToExcludeWhatBuildsMakeWhereThereIsMore) {
  Program program;
  program.folder.write("dist/template.yaml", test::kClean);
  EXPECT_EQ(program({"init", "--output-file", "-"}), 0);
  EXPECT_FALSE(has_line(program.out.str(), "/dist/")) << program.out.str();
  program.folder.write("template.yaml", test::kClean);
  EXPECT_EQ(program({"init", "--output-file", "-"}), 0);
  const std::string text = program.out.str();
  EXPECT_TRUE(
      has_line(text, "#   - \"/dist/\"  # it looks like build output, and has 1 template\n"))
      << text;
  const Configuration read =
      read_back(with_line_taken_in(with_line_taken_in(text, "exclude:"), "  - \"/dist/\""));
  ASSERT_EQ(read.exclude.size(), 1U);
  EXPECT_TRUE(read.exclude[0].glob.covers("dist/template.yaml"));
  EXPECT_FALSE(read.exclude[0].glob.covers("a/dist/template.yaml"));
}

TEST(Init, SpeaksOfABaselineWhereThereAreManyFindings) {
  const std::string few = starting_configuration({.findings = 3}, {});
  const std::string many = starting_configuration({.findings = 300}, {});
  EXPECT_FALSE(has_line(few, "baseline"));
  EXPECT_TRUE(has_line(many, "# `fnlint baseline` writes the 300 current findings to a file"));
  EXPECT_EQ(read_back(with_line_taken_in(many, "baseline: ")).baseline, ".fnlint-baseline.json");
}

TEST(Init, WhateverNamesAProjectHasTheFileCanBeRead) {
  const std::string bad = "a\nfail-on: x\r\t\x01\"\\ # b";
  const SeenProject seen{.templates = {{bad, 1}}, .made = {{bad, 1}}, .parameters = {{bad, bad}}};
  ForeignConfiguration foreign{.files = bad};
  foreign.exclude = {{bad, bad}};
  foreign.per_path = {{bad, {{"loop", bad}}}};
  foreign.without = {bad};
  foreign.files = "x";
  EXPECT_EQ(read_back(starting_configuration(seen, foreign)).exclude.size(), 1U);
}

// What is written of another tool's files, without the heads of the text.
std::string translated(ForeignTool tool, std::map<std::string, std::string> files) {
  const test::MemoryFileSystem disk(std::move(files));
  const Result<ForeignConfiguration> read = read_foreign_configuration(tool, disk, rules());
  if (!read) return read.error();
  const std::string text = starting_configuration({}, read.value());
  read_back(text);
  std::string out;
  for (const ForeignLine& each : read.value().select) out += cat("select ", each.text, '\n');
  for (const ForeignLine& each : read.value().ignore)
    out += cat("ignore ", each.text, " <", each.from, ">\n");
  for (const ForeignLine& each : read.value().exclude) out += cat("exclude ", each.text, '\n');
  for (const auto& [glob, lines] : read.value().per_path)
    for (const ForeignLine& each : lines) out += cat("in ", glob, ' ', each.text, '\n');
  for (const std::string& each : read.value().without) out += cat("# ", each, '\n');
  return out;
}

TEST(InitFrom, CheckovsSkipsAndPaths) {
  EXPECT_EQ(translated(ForeignTool::Checkov, {{".checkov.yaml",
                                               "framework: [cloudformation]\n"
                                               "skip-check:\n"
                                               "  - CKV_AWS_363\n"
                                               "  - CKV_AWS_9999\n"
                                               "check: CKV_AWS_116,CKV_AWS_45\n"
                                               "skip-path: [cdk.out, 'build/.*', '[ab]+/x']\n"
                                               "soft-fail: true\n"}}),
            "select reliability-dlq-missing\nignore runtime-deprecated <.checkov.yaml:3 "
            "CKV_AWS_363>\nexclude cdk.out\nexclude build\n# .checkov.yaml:4 skip-check "
            "CKV_AWS_9999: no rule covers it\n# .checkov.yaml:6 skip-path [ab]+/x: no glob can "
            "express it\n# .checkov.yaml:7 soft-fail: use --exit-zero on the command line\n# "
            ".checkov.yaml framework: concerns only that tool\n");
}

TEST(InitFrom, CfnLintsChecksAndTemplates) {
  EXPECT_EQ(
      translated(ForeignTool::CfnLint, {{".cfnlintrc",
                                         "templates: ['**/*.yaml']\n"
                                         "ignore_templates: [old/**]\n"
                                         "ignore_checks: [E3034, W9]\n"}}),
      "ignore limits-ephemeral-storage <.cfnlintrc:3 E3034>\nignore limits-memory <.cfnlintrc:3 "
      "E3034>\nignore limits-number-range <.cfnlintrc:3 E3034>\nignore limits-timeout <.cfnlintrc:3 "
      "E3034>\nignore trigger-batch-size-invalid <.cfnlintrc:3 E3034>\nexclude old/**\n# .cfnlintrc:3 "
      "ignore_checks W9: no rule covers it\n# .cfnlintrc templates: concerns only that tool\n");
}

TEST(InitFrom, TflintsRules) {
  EXPECT_EQ(translated(ForeignTool::Tflint,
                       {{".tflint.hcl",
                         "plugin \"aws\" {\n  enabled = true\n}\n"
                         "rule \"aws_lambda_function_deprecated_runtime\" {\n  enabled = false\n}\n"
                         "rule \"terraform_naming_convention\" { enabled = false }\n"}}),
            "ignore runtime-deprecated <.tflint.hcl:4 aws_lambda_function_deprecated_runtime>\n# "
            ".tflint.hcl:7 rule terraform_naming_convention: no rule covers it\n# .tflint.hcl "
            "plugin \"aws\": concerns only that tool\n");
}

TEST(InitFrom, SemgrepsPaths) {
  EXPECT_EQ(
      translated(ForeignTool::Semgrep,
                 {{".semgrepignore", "# what is made\ndist/\n:include .gitignore\n!kept\n"},
                  {".semgrep.yml",
                   "rules:\n"
                   "  - id: our.lambda-redundant-field-with-image\n"
                   "    paths: {exclude: [tests/]}\n"
                   "  - id: house-rule\n"}}),
      "exclude dist/\nin tests/ handler-with-image\n# .semgrepignore:3 :include .gitignore: a "
      ".gitignore is obeyed anyway; no other file is read\n# .semgrepignore:4 !kept: an excluded "
      "file cannot be included again\n# .semgrep.yml rule house-rule: concerns only that tool\n");
}

TEST(InitFrom, RuffsCodesAndFiles) {
  const std::string table =
      "line-length = 100\n"
      "extend-exclude = [\"gen\"]\n"
      "[LINTlint]\n"
      "ignore = [\"S113\", \"E501\", \"D100\"]\n"
      "[LINTlint.per-file-ignores]\n"
      "\"tests/*\" = [\"S105\"]\n"
      "\"!src/*\" = [\"S105\"]\n";
  const auto expected = [](std::string_view file, int more) {
    return cat("ignore reliability-call-without-timeout <", file, ':', 4 + more, " S113>\n",
               "exclude gen\n"
               "in tests/* secrets-in-source\n",
               "# ", file, ':', 4 + more, " ignore E501, D100: no rule covers it\n", "# ", file,
               ':', 7 + more, " !src/*: no glob can express all other files\n", "# ", file,
               " line-length: concerns only that tool\n");
  };
  EXPECT_EQ(translated(ForeignTool::Ruff, {{"ruff.toml", replace_all(table, "LINT", "")}}),
            expected("ruff.toml", 0));
  EXPECT_EQ(translated(ForeignTool::Ruff,
                       {{"pyproject.toml",
                         cat("[tool.ruff]\n", replace_all(table, "LINT", "tool.ruff."))}}),
            expected("pyproject.toml", 1));
}

TEST(InitFrom, AMissingOrBrokenFileIsAnErrorAtItsPlace) {
  EXPECT_EQ(translated(ForeignTool::Checkov, {{"a", ""}}),
            "there is no configuration to translate: .checkov.yaml, .checkov.yml was looked for");
  EXPECT_EQ(translated(ForeignTool::Ruff, {{"pyproject.toml", "[tool.black]\n"}}),
            "pyproject.toml:1:1: there is no table [tool.ruff]");
  EXPECT_EQ(translated(ForeignTool::Checkov, {{".checkov.yml", "- a\n"}}),
            ".checkov.yml:1:1: the configuration must be a map of keys");
  const auto begins = [](const std::string& text, std::string_view begin) {
    return text.starts_with(begin) ? std::string(begin) : text;
  };
  const std::vector<std::tuple<ForeignTool, std::string, std::string, std::string>> kBroken{
      {ForeignTool::Checkov, ".checkov.yaml", "check: [a\nb: {\n", ".checkov.yaml:"},
      {ForeignTool::CfnLint, ".cfnlintrc.yaml", "a: 'b\n", ".cfnlintrc.yaml:"},
      {ForeignTool::Tflint, ".tflint.hcl", "rule \"a\" {\n  enabled = \n", ".tflint.hcl:"},
      {ForeignTool::Semgrep, ".semgrep.yml", "rules: [\n", ".semgrep.yml:"},
      {ForeignTool::Ruff, "ruff.toml", "a = 1\nb = \n", "ruff.toml:2:"},
  };
  for (const auto& [tool, name, text, expected] : kBroken)
    EXPECT_EQ(begins(translated(tool, {{name, text}}), expected), expected);
}

TEST(InitFrom, OddFilesSayNothing) {
  for (const ForeignTool tool : {ForeignTool::Checkov, ForeignTool::CfnLint, ForeignTool::Ruff,
                                 ForeignTool::Semgrep, ForeignTool::Tflint})
    for (const std::string text : {"", "\n", "# words\n", "\xEF\xBB\xBF"})
      EXPECT_EQ(translated(tool, {{".checkov.yaml", text},
                                  {".cfnlintrc", text},
                                  {"ruff.toml", text},
                                  {".semgrep.yml", text},
                                  {".tflint.hcl", text}}),
                "");
  EXPECT_EQ(translated(ForeignTool::Ruff, {{"ruff.toml", "lint = 3\nignore = {a = 1}\n"}}),
            "# ruff.toml lint: concerns only that tool\n");
  EXPECT_EQ(translated(ForeignTool::Checkov, {{".checkov.yaml", "skip-check: {a: b}\ncheck:\n"}}),
            "");
}

TEST(InitFrom, IsWrittenWithWhereItComesFrom) {
  Program program;
  program.folder.write("template.yaml", test::kClean);
  program.folder.write(".checkov.yaml", "skip-check: [CKV_AWS_116, CKV_AWS_9999]\n");
  EXPECT_EQ(program({"init", "--from", "checkov"}), 0);
  EXPECT_EQ(program.err.str(),
            "fnlint: .fnlint.yaml is written: 1 function, 0 findings; 1 line at its end without a "
            "counterpart here\n");
  const std::string text = read_file(program.folder.path(".fnlint.yaml"));
  EXPECT_TRUE(
      has_line(text, "ignore:\n  - reliability-dlq-missing  # .checkov.yaml:1 CKV_AWS_116\n"))
      << text;
  EXPECT_TRUE(has_line(text, "#   .checkov.yaml:1 skip-check CKV_AWS_9999: no rule covers it\n"));
  EXPECT_EQ(program({"init", "--from", "tflint", "--force"}), 2);
  EXPECT_EQ(program.err.str(),
            "fnlint: there is no configuration to translate: .tflint.hcl was looked for\n");
  EXPECT_EQ(program({"init", "--from", "chekov"}), 2);
  EXPECT_NE(program.err.str().find("did you mean 'checkov'?"), std::string::npos);
}

}  // namespace
}  // namespace fnlint::init_test
