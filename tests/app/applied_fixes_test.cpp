// Fixes: what is edited, and what is not.
#include "app/run/fixes.h"
#include "core/text.h"
#include "tests/app/program.h"

#include <nlohmann/json.hpp>

namespace fnlint::applied_fixes_test {
namespace {

using nlohmann::json;
using test::Program;

const std::string kImage =
    "Transform: AWS::Serverless-2016-10-31\n"
    "Resources:\n"
    "  Shop:\n"
    "    Type: AWS::Serverless::Function\n"
    "    Properties:\n"
    "      PackageType: Image\n"
    "      ImageUri: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1\n";
const std::string kLeftOver =
    "      Runtime: python3.14  # left over\n"
    "      Layers:\n"
    "        - arn:aws:lambda:eu-west-1:123456789012:layer:tools:1\n";
const std::string kOld =
    "  Old:\n"
    "    Type: AWS::Serverless::Function\n"
    "    Properties: {Runtime: \"python3.8\", Handler: app.handler, CodeUri: "
    "s3://builds/old.zip}\n";

std::vector<std::string> fixing(const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments{"--fix", "--output-format", "concise", "--today",
                                     "2026-03-01"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

// The text after the edit that a change is; "-": it cannot be made.
std::string after(std::string_view text, std::string_view key, std::string_view value,
                  std::string_view by = {}) {
  const auto range_of = [&](std::string_view part) {
    const auto at = static_cast<std::uint32_t>(text.find(part));
    return Range{at, at + static_cast<std::uint32_t>(part.size())};
  };
  FixStep step{.where = {FileId{0}, range_of(value)}};
  if (by.empty())
    step.key = {FileId{0}, range_of(key)};
  else
    step.replaces = std::string(key), step.by = std::string(by);
  const auto edit = edit_of(step, text);
  std::vector<bool> made;
  return edit ? edited(text, {*edit}, made) : "-";
}

TEST(Fixes, AnEntryGoesWithItsLinesOrItsComma) {
  EXPECT_EQ(after("a: 1\nb: 2\nc: 3\n", "b", "2"), "a: 1\nc: 3\n");
  EXPECT_EQ(after("a: 1\r\nb: 2\r\nc: 3\r\n", "b", "2"), "a: 1\r\nc: 3\r\n");
  EXPECT_EQ(after("a: 1\nb: 2", "b", "2"), "a: 1\n");
  EXPECT_EQ(after("a:\n  b:\n    - 2\n    - 3\n  c: 4\n", "b", "- 2\n    - 3"), "a:\n  c: 4\n");
  EXPECT_EQ(after("{a: 1, b: 2, c: 3}", "b", "2"), "{a: 1, c: 3}");
  EXPECT_EQ(after("{a: 1, b: 2}", "b", "2"), "{a: 1}");
  EXPECT_EQ(after("{\n  \"a\": 1,\n  \"b\": \"2\"\n}\n", "b", "2"), "{\n  \"a\": 1\n}\n");
  EXPECT_EQ(after("{\n  \"b\": \"2\",\n  \"a\": 1\n}\n", "b", "2"), "{\n  \"a\": 1\n}\n");
}

TEST(Fixes, AnEntryThatSharesItsLineStays) {
  EXPECT_EQ(after("- b: 2\n  c: 3\n", "b", "2"), "-");
  EXPECT_EQ(after("{b: 2}", "b", "2"), "-");
}

TEST(Fixes, ATextIsReplacedOnlyWhereItStands) {
  EXPECT_EQ(after("r: python3.8\n", "python3.8", "python3.8", "python3.14"), "r: python3.14\n");
  EXPECT_EQ(after("r: 'python3.8'\n", "python3.8", "'python3.8'", "python3.14"),
            "r: 'python3.14'\n");
  EXPECT_EQ(after("r: !Ref Runtime\n", "python3.8", "!Ref Runtime", "python3.14"), "-");
}

TEST(AppliedFixes, SafeOnesAreMadeAndTheRestIsReported) {
  Program program;
  program.folder.write("template.yaml", kImage + kLeftOver + kOld);
  program(fixing());
  EXPECT_EQ(program.folder.read("template.yaml"), kImage + kOld);
  EXPECT_TRUE(program.err.str().starts_with("fnlint: 2 fixes made in 1 file\n"));
  EXPECT_NE(program.out.str().find("[runtime-deprecated]"), std::string::npos);
  EXPECT_EQ(program.out.str().find("with-image"), std::string::npos);
}

TEST(AppliedFixes, UnsafeOnesAreMadeWhereTheyAreAskedFor) {
  Program program;
  program.folder.write("template.yaml", kImage + kOld);
  EXPECT_EQ(program(fixing({"--unsafe-fixes"})), kNothingFound) << program.out.str();
  EXPECT_EQ(program.folder.read("template.yaml"),
            kImage + replace_all(kOld, "python3.8", "python3.14"));
}

TEST(AppliedFixes, OneThatBringsUpSomethingElseIsNotMade) {
  Program program;
  program.folder.write("template.yaml",
                       "Resources:\n"
                       "  Old:\n"
                       "    Type: AWS::Lambda::Function\n"
                       "    Properties:\n"
                       "      Runtime: python3.8\n"
                       "      Handler: app.handler\n"
                       "      Code: src\n"
                       "      Role: arn:aws:iam::123456789012:role/old\n");
  // A module that Python 3.13 has no more.
  program.folder.write(
      "src/app.py", "import cgi\n\n\ndef handler(event, context):\n    return cgi.parse(event)\n");
  const std::string before = program.folder.read("template.yaml");
  EXPECT_EQ(program(fixing({"--unsafe-fixes"})), kFindings);
  EXPECT_EQ(program.folder.read("template.yaml"), before);
  EXPECT_NE(program.err.str().find("is not made"), std::string::npos) << program.err.str();
}

TEST(AppliedFixes, WindowsLineEndsStay) {
  Program program;
  program.folder.write("template.yaml", replace_all(kImage + kLeftOver, "\n", "\r\n"));
  program(fixing());
  EXPECT_EQ(program.folder.read("template.yaml"), replace_all(kImage, "\n", "\r\n"));
}

TEST(AppliedFixes, AreEditsInJsonAndSarif) {
  Program program;
  program.folder.write("template.yaml", kImage + kLeftOver);
  program({"--output-format", "json", "--today", "2026-03-01"});
  const json finding = json::parse(program.out.str())["findings"][0];
  EXPECT_EQ(finding["fixable"], true);
  EXPECT_EQ(finding["fixes"], json::parse(R"([{"title": "Remove 'Runtime'", "safe": true, "edits": [
      {"path": "template.yaml", "line": 8, "column": 1, "endLine": 9, "endColumn": 1, "text": ""}]}])"));
  program({"--output-format", "sarif", "--today", "2026-03-01"});
  const json result = json::parse(program.out.str())["runs"][0]["results"][0];
  EXPECT_EQ(result["fixes"][0]["description"]["text"], "Remove 'Runtime'.");
  const json replacement = result["fixes"][0]["artifactChanges"][0]["replacements"][0];
  EXPECT_EQ(replacement["deletedRegion"]["startLine"], 8);
  EXPECT_EQ(replacement["insertedContent"]["text"], "");
  program({"--output-format", "rdjson", "--today", "2026-03-01"});
  const json diagnostic = json::parse(program.out.str())["diagnostics"][0];
  EXPECT_EQ(diagnostic["suggestions"][0]["range"]["end"]["line"], 9);
}

TEST(AppliedFixes, OptionsThatContradictAreRefused) {
  Program program;
  program.folder.write("template.yaml", kImage);
  EXPECT_EQ(program({"--unsafe-fixes"}), kCouldNotRun);
  EXPECT_EQ(program({"--fix", "--watch"}), kCouldNotRun);
  EXPECT_EQ(program({"--fix", "--staged"}), kCouldNotRun);
  EXPECT_EQ(program({"--fix", "--add-suppressions"}), kCouldNotRun);
}

}  // namespace
}  // namespace fnlint::applied_fixes_test
