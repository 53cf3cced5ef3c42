// In a monorepo each file is judged by the nearest configuration upwards.
#include "tests/app/program.h"

#include <gtest/gtest.h>

#include <map>

namespace fnlint::nested_configuration_test {
namespace {

using nlohmann::json;
using test::kBroken;
using test::kClean;
using test::kFound;
using test::Program;

// A function whose import of a package is measured, and compared with a threshold.
const std::string kTimeout =
    "Transform: AWS::Serverless-2016-10-31\n"
    "Parameters: {Version: {Type: String}}\n"
    "Resources:\n"
    "  F:\n"
    "    Type: AWS::Serverless::Function\n"
    "    Properties: {Handler: index.handler, Runtime: !Ref Version, InlineCode: 'def handler(e, "
    "c): "
    "1'}\n";

class Monorepo : public ::testing::Test {
 protected:
  Monorepo() {
    program.folder.write(".git/HEAD", "");
    for (const char* name : {"a", "b"})
      program.folder.write(std::string(name) + "/template.yaml", kFound);
  }
  void write(const std::string& name, const std::string& text) { program.folder.write(name, text); }
  // The level of the finding in each file; of the whole repository.
  std::map<std::string, std::string> levels(std::vector<std::string> options = {}) {
    options.insert(options.end(), {"--output-format", "json"});
    code = program(options);
    std::map<std::string, std::string> found;
    if (code == 2) return found;
    report = program.parsed();
    for (const json& each : report["findings"]) found[each["path"]] = each["severity"];
    return found;
  }
  std::vector<std::string> problems() const {
    std::vector<std::string> found;
    for (const json& each : report["problems"])
      found.push_back(each["path"].get<std::string>() + ':' + each["line"].dump() + ": " +
                      each["message"].get<std::string>());
    return found;
  }
  using Levels = std::map<std::string, std::string>;

  Program program;
  json report = {};
  int code = 0;
};

TEST_F(Monorepo, EachFileIsJudgedByTheNearestConfiguration) {
  write(".fnlint.yaml", "severity: {config-suppression-unknown: error}\n");
  write("a/.fnlint.yaml", "severity: {config-suppression-unknown: note}\n");
  EXPECT_EQ(levels(), (Levels{{"a/template.yaml", "note"}, {"b/template.yaml", "error"}}));
  EXPECT_EQ(problems(), std::vector<std::string>{});
}

TEST_F(Monorepo, NothingIsInheritedThatIsNotExtended) {
  write(".fnlint.yaml", "ignore: [config]\nexclude: [nothing]\n");
  write("a/.fnlint.yaml", "fail-on: error\n");
  EXPECT_EQ(levels(), (Levels{{"a/template.yaml", "warning"}}));
  write("a/.fnlint.yaml", "extend: ../.fnlint.yaml\nfail-on: error\n");
  EXPECT_EQ(levels(), Levels{});
}

TEST_F(Monorepo, ARuleThatOnlyAnInnerConfigurationSelectsIsCheckedThere) {
  write(".fnlint.yaml", "select: [loop]\n");
  write("a/.fnlint.yaml", "select: [config]\n");
  EXPECT_EQ(levels(), (Levels{{"a/template.yaml", "warning"}}));
}

TEST_F(Monorepo, TheExitCodeIsThatOfEachFilesOwnLevel) {
  write("a/.fnlint.yaml", "fail-on: error\n");
  write("b/.fnlint.yaml", "fail-on: error\n");
  EXPECT_EQ(levels().size(), 2U);
  EXPECT_EQ(code, 0);
  write("b/.fnlint.yaml", "fail-on: warning\n");
  levels();
  EXPECT_EQ(code, 1);
  levels({"--fail-on", "error"});
  EXPECT_EQ(code, 0);
}

TEST_F(Monorepo, PathsOfAConfigurationAreRelativeToItsFolder) {
  write("a/x/template.yaml", kFound);
  write("a/.fnlint.yaml", "per-path-ignores: {x/**: [config]}\n");
  EXPECT_EQ(levels(), (Levels{{"a/template.yaml", "warning"}, {"b/template.yaml", "warning"}}));
  write("a/.fnlint.yaml", "exclude: [/template.yaml]\n");
  EXPECT_EQ(levels(), (Levels{{"a/x/template.yaml", "warning"}, {"b/template.yaml", "warning"}}));
}

TEST_F(Monorepo, WhatAnOuterConfigurationExcludesStaysExcluded) {
  write(".fnlint.yaml", "exclude: [a/**]\n");
  write("a/.fnlint.yaml", "fail-on: error\n");
  EXPECT_EQ(levels(), (Levels{{"b/template.yaml", "warning"}}));
}

TEST_F(Monorepo, ParametersAndThresholdsAreThoseOfTheProject) {
  write("a/template.yaml", kTimeout);
  write("b/template.yaml", kTimeout);
  write("a/.fnlint.yaml", "parameters: {Version: python3.12}\n");
  write("b/.fnlint.yaml", "parameters: {Version: python3.7}\n");
  EXPECT_EQ(levels({"--select", "runtime-deprecated", "--today", "2026-03-01"}),
            (Levels{{"b/template.yaml", "error"}}))
      << program.out.str();
  write("a/.fnlint.yaml", "parameters: {Version: python3.12}\nruntime-soon-days: 3650\n");
  write("b/.fnlint.yaml", "parameters: {Version: python3.12}\nruntime-soon-days: 0\n");
  EXPECT_EQ(levels({"--select", "runtime-deprecating-soon", "--today", "2026-03-01"}).size(), 1U)
      << program.out.str();
  EXPECT_EQ(report["findings"][0]["path"], "a/template.yaml");
}

TEST_F(Monorepo, ConfidenceIsThatOfTheProject) {
  const std::vector<std::string> options{"--select", "runtime-deprecated", "--today", "2026-03-01"};
  for (const char* name : {"a", "b"}) {
    std::string text = kTimeout;
    text.replace(text.find("{Type: String}"), 14, "{Type: String, Default: python3.7}");
    write(std::string(name) + "/template.yaml", text);  // a default: likely at most
  }
  EXPECT_EQ(levels(options).size(), 2U) << program.out.str();
  write("a/.fnlint.yaml", "confidence: certain\n");
  EXPECT_EQ(levels(options).size(), 1U);
}

TEST_F(Monorepo, WhatOnlyTheRootCanSayIsAProblemElsewhere) {
  write("a/.fnlint.yaml", "fail-on: error\noutput-format: html\n");
  write("b/.fnlint.yaml", "fail-on: error\n");
  levels();
  EXPECT_EQ(code, 0);
  EXPECT_EQ(problems(),
            std::vector<std::string>{
                "a/.fnlint.yaml:2: 'output-format' has no effect here: it is about a run as a "
                "whole, and only the configuration of its root can say it"});
  program.directory = "a";  // it is the root's there
  EXPECT_EQ(program({}), 0);
  EXPECT_NE(program.out.str().find("<html"), std::string::npos);
}

TEST_F(Monorepo, WhatIsExtendedIsNotSaidTwice) {
  write(".fnlint.yaml", "output-format: json\n");
  write("a/.fnlint.yaml", "extend: ../.fnlint.yaml\n");
  levels();
  EXPECT_EQ(problems(), std::vector<std::string>{});
}

TEST_F(Monorepo, ANamedConfigurationAndIsolatedOverrideAll) {
  write(".fnlint.yaml", "ignore: [config]\n");
  write("a/.fnlint.yaml", "ignore: [config]\n");
  write("other.yaml", "severity: {config: note}\n");
  EXPECT_EQ(levels({"--config", "other.yaml"}),
            (Levels{{"a/template.yaml", "note"}, {"b/template.yaml", "note"}}));
  EXPECT_EQ(levels({"--isolated"}),
            (Levels{{"a/template.yaml", "warning"}, {"b/template.yaml", "warning"}}));
}

TEST_F(Monorepo, AMistakeInAnInnerConfigurationGivesTwoAtItsPlace) {
  write("a/.fnlint.yaml", "fail-on: eror\n");
  EXPECT_EQ(program({}), 2);
  EXPECT_EQ(program.err.str(),
            "fnlint: a/.fnlint.yaml:1:10: 'fail-on' must be error, warning or note, not 'eror'; "
            "did you mean 'error'?\n");
}

TEST_F(Monorepo, AConfigurationOfAnInstalledPackageSaysNothing) {
  write("b/node_modules/x/.fnlint.yaml", "selct: []\n");
  write("b/.venv/.fnlint.yaml", "selct: []\n");
  EXPECT_EQ(levels().size(), 2U) << program.err.str();
}

TEST_F(Monorepo, OneFindingHasOneBaseline) {
  write(".fnlint.yaml", "baseline: known.json\n");
  write("a/.fnlint.yaml", "baseline: known.json\n");
  EXPECT_EQ(program({"baseline", "--output-file", "known.json"}), 0);
  EXPECT_EQ(program.err.str(),
            "fnlint: known.json has 1 finding: --baseline known.json leaves them out, and so does "
            "'baseline: known.json' in .fnlint.yaml\n"
            "fnlint: findings that belong to a/known.json are not in it, since a configuration "
            "nearer to them names that file\n");
  EXPECT_EQ(program({"baseline", "a", "--output-file", "a/known.json"}), 0);
  EXPECT_EQ(levels(), Levels{});
  EXPECT_EQ(program.err.str(), "fnlint: 2 known findings are left out\n");
  write("a/template.yaml", kClean);
  levels();
  EXPECT_EQ(program.err.str(),
            "fnlint: 1 finding of a/known.json is fixed and removed; 0 left\n"
            "fnlint: 1 known finding is left out\n");
}

TEST_F(Monorepo, AFileThatCannotBeReadIsKnownToTheBaselineOfItsProject) {
  write("a/template.yaml", kBroken);
  write("a/.fnlint.yaml", "baseline: known.json\n");
  EXPECT_EQ(program({"baseline", "a", "--output-file", "a/known.json"}), 0);
  levels({"--ignore", "config"});
  EXPECT_EQ(code, 0) << program.out.str();
}

TEST_F(Monorepo, ABaselineIsSharedByWhatExtendsIt) {
  write(".fnlint.yaml", "baseline: known.json\n");
  write("a/.fnlint.yaml", "extend: ../.fnlint.yaml\n");
  EXPECT_EQ(program({"baseline", "--output-file", "known.json"}), 0);
  EXPECT_EQ(levels(), Levels{});
  write("a/.fnlint.yaml", "fail-on: note\n");
  EXPECT_EQ(levels(), (Levels{{"a/template.yaml", "warning"}})) << "it names none";
  write("a/.fnlint.yaml", "extend: ../.fnlint.yaml\n");
  program.directory = "a";
  EXPECT_EQ(levels(), Levels{});
  EXPECT_EQ(program.err.str(), "fnlint: 1 known finding is left out\n") << "of b it says nothing";
}

TEST_F(Monorepo, OtherToolsSuppressionsCountWhereTheProjectSaysSo) {
  const std::string text =
      "Resources:\n  F:\n    Type: AWS::Serverless::Function  # checkov:skip=CKV_AWS_116:later\n"
      "    Properties: {Handler: index.handler, Runtime: python3.12, InlineCode: 'def handler(e, "
      "c): "
      "1', Events: {E: {Type: SNS, Properties: {Topic: arn}}}}\n";
  write("a/template.yaml", text);
  write("b/template.yaml", text);
  write("b/.fnlint.yaml", "other-suppressions: false\n");
  const std::vector<std::string> options{"--select", "reliability-dlq-missing"};
  EXPECT_EQ(levels(options).size(), 1U) << program.out.str();
  EXPECT_EQ(report["findings"][0]["path"], "b/template.yaml");
}

TEST_F(Monorepo, ExtendedListsAreReplacedAndMapsJoined) {
  write("base.yaml",
        "select: [config]\nseverity: {config-suppression-unknown: error, loop: note}\n"
        "exclude: [gone/**]\n");
  write("a/.fnlint.yaml",
        "extend: ../base.yaml\nseverity: {loop: error}\nextend-select: [loop]\n"
        "extend-exclude: [more]\nextend-ignore: [init]\n");
  EXPECT_EQ(levels(), (Levels{{"a/template.yaml", "error"}, {"b/template.yaml", "warning"}}));
  EXPECT_EQ(program({"--print-config", "a/template.yaml"}), 0);
  const std::string page = program.out.str();
  for (const char* line :
       {"# a/template.yaml\n", "select:\n  - config  # base.yaml:1\n  - loop  # a/.fnlint.yaml:3\n",
        "ignore:\n  - init  # a/.fnlint.yaml:5\n",
        "severity:\n  config-suppression-unknown: error  # base.yaml:2\n"
        "  loop: error  # a/.fnlint.yaml:2\n",
        "exclude:\n  - \"gone/**\"  # base.yaml:3\n  - \"more\"  # a/.fnlint.yaml:4\n",
        "confidence: likely  # default\n", "runtime-soon-days: 180  # default\n"})
    EXPECT_NE(page.find(line), std::string::npos) << line << page;
}

TEST_F(Monorepo, WhatExtendsIsBoundToTheRepository) {
  const auto error = [&](const std::string& named) {
    write("a/.fnlint.yaml", "extend: " + named + "\n");
    EXPECT_EQ(program({}), 2);
    return program.err.str();
  };
  const std::string at = "fnlint: a/.fnlint.yaml:1:9: extends ";
  EXPECT_EQ(error("../../x.yaml"),
            at + "../../x.yaml, which is not read: it lies outside of the current folder\n");
  EXPECT_EQ(error("/etc/hostname"),
            at + "/etc/hostname, which is not read: it lies outside of the current folder\n");
  EXPECT_EQ(error("missing.yaml"), at + "a/missing.yaml does not exist\n");
  EXPECT_EQ(error(".fnlint.yaml"), at + "a/.fnlint.yaml, which extends what extends it\n");
  write("base.yaml", "selct: []\n");
  EXPECT_EQ(error("../base.yaml"),
            at + "base.yaml:1:1: unknown key 'selct'; did you mean 'select'?\n");
  std::filesystem::create_directory_symlink("/etc", program.folder.path("etc"));
  EXPECT_EQ(error("../etc/hostname"),
            at + "../etc/hostname, which is not read: it lies outside of the current folder\n");
}

TEST_F(Monorepo, TheConfigurationOfARunIsShownWithWhereEachValueComesFrom) {
  write(".fnlint.yaml", "fail-on: note\nbaseline: known.json\noutput-format: jsonl\n");
  write("a/.fnlint.yaml", "confidence: possible\nparameters: {Stage: prod}\n");
  program.variables["FNLINT_FAIL_ON"] = "error";
  EXPECT_EQ(program({"--print-config", "a", ".", "--ignore", "loop", "--severity", "init=note",
                     "--per-path-ignores", "x/**:ALL,loop"}),
            0);
  const std::string page = program.out.str();
  for (const char* line :
       {"select:\n  - default  # default\n", "ignore:\n  - loop  # command line, --ignore\n",
        "severity:\n  init: note  # command line, --severity\n",
        "per-path-ignores:\n  \"x/**\": [ALL, loop]  # command line, --per-path-ignores\n",
        "exclude: []  # default\n", "parameters:\n  \"Stage\": \"prod\"  # a/.fnlint.yaml:2\n",
        "output-format: jsonl  # .fnlint.yaml:3\nbaseline: \"\"  # default\n",
        "baseline: \"known.json\"  # .fnlint.yaml:2\n", "fail-on: error  # FNLINT_FAIL_ON\n",
        "confidence: possible  # a/.fnlint.yaml:1\n"})
    EXPECT_NE(page.find(line), std::string::npos) << line << page;
}

TEST_F(Monorepo, TheFilesThatAreReadAreListed) {
  write("a/.fnlint.yaml", "fail-on: error\n");
  write("a/template.yaml",
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: "
        "AWS::Serverless::Function\n    Properties: {Handler: app.handler, Runtime: python3.12, "
        "CodeUri: src}\n");
  write("a/src/app.py", "def handler(event, context):\n    return 1\n");
  write("a/src/requirements.txt", "requests==2.32.0\n");
  write("a/README.md", "# a\n");
  EXPECT_EQ(program({"--show-files", "a", "--ignore", "ALL"}), 0);
  EXPECT_EQ(program.out.str(),
            "a/.fnlint.yaml\tconfiguration\na/src/app.py\tcode, Python\n"
            "a/src/requirements.txt\tpackages\na/template.yaml\ttemplate\n");
}

}  // namespace
}  // namespace fnlint::nested_configuration_test
