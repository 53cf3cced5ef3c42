// --output-format may be given several times, each with its --output-file.
#include "app/configuration/outputs.h"

#include "app/commands/command_parser.h"
#include "tests/app/program.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace fnlint::outputs_test {
namespace {

using test::kBroken;
using test::kFound;
using test::Program;

// "json:a text:-" of what is printed where; an error where that cannot be.
std::string printed(const std::vector<std::string>& options) {
  const Parsed parsed = parse_command_line(options, "1.2.3");
  if (!parsed.error.empty()) return parsed.error;
  const Result<std::vector<Output>> outputs = checked_outputs(parsed.line.outputs, "/project");
  if (!outputs) return outputs.error();
  std::string text;
  for (const Output& each : outputs.value())
    text += (text.empty() ? "" : " ") + std::string(each.format ? each.format->name : "?") + ':' +
            (each.file.empty() ? "-" : each.file);
  return text;
}

TEST(Outputs, WithoutOptionsThereIsOneOnStandardOutput) {
  EXPECT_EQ(printed({}), "?:-");
  EXPECT_EQ(printed({"--output-file", "a"}), "?:a");
  EXPECT_EQ(printed({"--output-format", "json"}), "json:-");
}

TEST(Outputs, TheConfigurationNamesTheFormatWhereNoOptionDoes) {
  Program program;
  program.folder.write("template.yaml", kFound);
  program({});
  EXPECT_TRUE(program.out.str().starts_with("template.yaml:7:27: warning:"));
  program.folder.write(".fnlint.yaml", "output-format: json\n");
  program({});
  EXPECT_EQ(program.parsed()["findings"].size(), 1U);
  program({"--output-file", "a"});
  EXPECT_TRUE(program.folder.read("a").starts_with("{"));
  program({"--output-format", "text"});
  EXPECT_TRUE(program.out.str().starts_with("template.yaml:7:27: warning:"));
  program({"--isolated"});
  EXPECT_TRUE(program.out.str().starts_with("template.yaml:7:27: warning:"));
  program.folder.write(".fnlint.yaml", "output-format: jsn\n");
  EXPECT_EQ(program({}), 2);
  EXPECT_TRUE(
      program.err.str().starts_with("fnlint: .fnlint.yaml:1:16: 'output-format' must be "
                                    "text, concise, grouped, markdown, html, json, "))
      << program.err.str();
  EXPECT_TRUE(program.err.str().ends_with("not 'jsn'; did you mean 'json'?\n"));
}

TEST(Outputs, AFileBelongsToTheFormatBeforeIt) {
  EXPECT_EQ(printed({"--output-format", "json", "--output-file", "a", "--output-format", "sarif",
                     "--output-file=b"}),
            "json:a sarif:b");
  EXPECT_EQ(
      printed({"--output-format", "github", "--output-format", "sarif", "--output-file", "b"}),
      "github:- sarif:b");
  EXPECT_EQ(
      printed({"--output-format", "sarif", "--output-file", "b", "--output-format", "github"}),
      "sarif:b github:-");
}

TEST(Outputs, OrToTheOneBehindItWhereTheFileComesFirst) {
  EXPECT_EQ(printed({"--output-file", "a", "--output-format", "json"}), "json:a");
  EXPECT_EQ(printed({"--output-file", "a", "--output-format", "json", "--output-file", "b",
                     "--output-format", "sarif"}),
            "json:a sarif:b");
}

TEST(Outputs, ADashIsStandardOutput) {
  EXPECT_EQ(printed({"--output-format", "text", "--output-file", "-", "--output-format", "json",
                     "--output-file", "a"}),
            "text:- json:a");
  EXPECT_NE(printed({"--output-format", "text", "--output-file", "-", "--output-file", "a"})
                .find("--output-file a: there is no --output-format"),
            std::string::npos);
}

TEST(Outputs, TwoFormatsForStandardOutputAreAnError) {
  EXPECT_EQ(printed({"--output-format", "json", "--output-format", "github"}),
            "--output-format json and github would both go to standard output; give all but one of "
            "them an --output-file");
}

TEST(Outputs, OneFileForTwoFormatsIsAnErrorHoweverItIsWritten) {
  for (const char* again : {"a", "./a", "b/../a", "/project/a"})
    EXPECT_EQ(printed({"--output-format", "json", "--output-file", "a", "--output-format", "sarif",
                       "--output-file", again}),
              "--output-file " + std::string(again) + " is given twice: for json and for sarif");
}

TEST(Outputs, AFileWithoutAFormatIsAnError) {
  EXPECT_EQ(printed({"--output-format", "json", "--output-file", "a", "--output-file", "b"}),
            "--output-file b: there is no --output-format for it; each file needs its own");
  EXPECT_NE(
      printed({"--output-file", "a", "--output-file", "b"}).find("--output-file a: there is no"),
      std::string::npos);
}

TEST(Outputs, AreAllWrittenInOneRun) {
  Program program;
  program.folder.write("template.yaml", kFound);
  EXPECT_EQ(program({"--output-format", "text", "--output-format", "json", "--output-file",
                     "a.json", "--output-format", "sarif", "--output-file", "a.sarif"}),
            1);
  EXPECT_TRUE(program.out.str().starts_with("template.yaml:7:27: warning:")) << program.out.str();
  const auto json = nlohmann::json::parse(program.folder.read("a.json"));
  const auto sarif = nlohmann::json::parse(program.folder.read("a.sarif"));
  EXPECT_EQ(json["findings"].size(), 1U);
  EXPECT_EQ(sarif["runs"][0]["results"].size(), 1U);
}

TEST(Outputs, AMistakeInThemEndsTheRunBeforeItBegins) {
  Program program;
  program.folder.write("template.yaml", kFound);
  EXPECT_EQ(program({"--output-format", "json", "--output-format", "text"}), 2);
  EXPECT_EQ(program.out.str(), "");
  EXPECT_TRUE(program.err.str().starts_with("fnlint: --output-format json and text would both go"))
      << program.err.str();
}

TEST(Outputs, TheOthersAreWrittenWhereOneCannotBe) {
  Program program;
  program.folder.write("template.yaml", kFound);
  EXPECT_EQ(program({"--output-format", "sarif", "--output-file", "missing/a.sarif",
                     "--output-format", "json", "--output-file", "a.json"}),
            2);
  EXPECT_NE(program.err.str().find("cannot write missing/a.sarif"), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(program.folder.read("a.json"))["findings"].size(), 1U);
}

TEST(Outputs, WhatOneOfThemHasNoPlaceForGoesToTheErrorStreamOnce) {
  Program program;
  program.folder.write("template.yaml", kBroken);
  EXPECT_EQ(program({"--output-format", "jsonl", "--output-format", "json", "--output-file", "a"}),
            1);
  EXPECT_EQ(program.out.str(), "");
  EXPECT_TRUE(program.err.str().starts_with("template.yaml:")) << program.err.str();
  EXPECT_EQ(program({"--output-format", "json", "--output-file", "a"}), 1);
  EXPECT_EQ(program.err.str(), "");
}

// A template with as many warnings.
std::string with_warnings(int count) {
  std::string text = "Transform: AWS::Serverless-2016-10-31\nResources:\n";
  for (int i = 0; i < count; ++i)
    text += "  F" + std::to_string(i) +
            ":\n    Type: AWS::Serverless::Function\n    Properties:\n"
            "      Runtime: python3.12 # fnlint: ignore[no-such-rule]\n"
            "      Handler: index.handler\n"
            "      InlineCode: 'def handler(event, context): pass'\n";
  return text;
}

TEST(JobSummary, HasAllWhereGitHubDoesNotShowAll) {
  Program program;
  program.folder.write("template.yaml", with_warnings(12));
  program.folder.write("summary.md", "of another step\n");
  program.variables["GITHUB_STEP_SUMMARY"] = program.folder.path("summary.md");
  EXPECT_EQ(program({"--output-format", "github"}), 1);
  EXPECT_NE(program.out.str().find("2 other warnings are in the summary"), std::string::npos)
      << program.out.str();
  const std::string summary = program.folder.read("summary.md");
  EXPECT_TRUE(summary.starts_with("of another step\n<!-- fnlint -->\n")) << summary;
  EXPECT_NE(summary.find("12 findings: 12 warnings"), std::string::npos);
  EXPECT_NE(summary.find("`template.yaml:72`"), std::string::npos) << summary;
}

TEST(JobSummary, IsLeftAloneWhereAllAreShownOrItIsWrittenAnyway) {
  Program program;
  program.folder.write("template.yaml", with_warnings(10));
  program.variables["GITHUB_STEP_SUMMARY"] = program.folder.path("summary.md");
  program({"--output-format", "github"});
  EXPECT_FALSE(std::filesystem::exists(program.folder.path("summary.md")));
  program.folder.write("template.yaml", with_warnings(12));
  program({"--output-format", "text"});
  EXPECT_FALSE(std::filesystem::exists(program.folder.path("summary.md")));
  program({"--output-format", "github", "--output-format", "markdown", "--output-file",
           program.folder.path("summary.md")});
  const std::string summary = program.folder.read("summary.md");
  EXPECT_EQ(summary.find("<!-- fnlint -->"), summary.rfind("<!-- fnlint -->"));
}

TEST(JobSummary, ThatHasNoRoomOrCannotBeWrittenFailsNothing) {
  Program program;
  program.folder.write("template.yaml", with_warnings(12));
  program.folder.write("summary.md", std::string((1U << 20U) - 100, 'x'));
  program.variables["GITHUB_STEP_SUMMARY"] = program.folder.path("summary.md");
  EXPECT_EQ(program({"--output-format", "github"}), 1);
  EXPECT_EQ(program.folder.read("summary.md").size(), (1U << 20U) - 100);
  program.variables["GITHUB_STEP_SUMMARY"] = program.folder.path("missing/summary.md");
  EXPECT_EQ(program({"--output-format", "github"}), 1);
  EXPECT_NE(program.err.str().find("cannot write the job's summary"), std::string::npos);
}

TEST(Outputs, WhatIsSuppressedIsListedOnRequest) {
  Program program;
  program.folder.write(
      "template.yaml",
      "Transform: AWS::Serverless-2016-10-31\n"
      "Resources:\n"
      "  F:\n"
      "    Type: AWS::Serverless::Function\n"
      "    Properties: {Handler: app.handler, Runtime: python3.12, CodeUri: src/}\n");
  program.folder.write("src/app.py",
                       "seen = []\n"
                       "def handler(event, context):\n"
                       "    seen.append(event)  # fnlint: ignore[state] the tests read it\n");
  EXPECT_EQ(program({"--output-format", "sarif"}), 0);
  EXPECT_EQ(program.parsed()["runs"][0]["results"].size(), 0U);
  EXPECT_EQ(program({"--show-suppressed", "--output-format", "sarif"}), 0);
  const auto results = program.parsed()["runs"][0]["results"];
  ASSERT_GE(results.size(), 1U);
  EXPECT_EQ(results[0]["suppressions"][0]["justification"], "the tests read it");
  EXPECT_EQ(program({"--show-suppressed"}), 0);
  EXPECT_TRUE(
      program.err.str().starts_with("fnlint: --show-suppressed lists only in HTML, JSON and"))
      << program.err.str();
}

TEST(Outputs, ColoursStayOutOfFiles) {
  Program program;
  program.terminal = true;
  program.folder.write("template.yaml", kFound);
  program({"--output-format", "text", "--output-file", "a.txt"});
  EXPECT_EQ(program.folder.read("a.txt").find('\x1b'), std::string::npos);
  program({});
  EXPECT_NE(program.out.str().find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace fnlint::outputs_test
