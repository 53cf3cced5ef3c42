// The report for people, on a terminal and in a log.

#include "core/text.h"
#include "tests/report/sample.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace fnlint {
namespace {

using nlohmann::json;
using test::Sample;

Sample one_loop() {
  Sample sample;
  const FileId code = sample.file("src/app.py",
                                  "import os\n\ndef handler(event, context):\n"
                                  "    s3.put_object(Bucket=bucket)\n");
  const FileId stack = sample.file("template.yaml", "Events:\n  Upload: {Bucket: !Ref Photos}\n");
  Finding& finding =
      sample.add("loop-s3-recursion", sample.at(code, "s3.put_object"), "Thumbs starts itself");
  finding.flow = {{sample.at(stack, "Upload"), "Photos starts Thumbs"},
                  {sample.at(code, "s3.put_object"), "Thumbs writes to Photos"}};
  finding.related = {{sample.at(stack, "!Ref Photos"), "the bucket"}};
  sample.report.files_read = 2;
  sample.report.functions = sample.report.templates = 1;
  return sample;
}

TEST(Text, ShowsAFindingWithItsSourceItsStepsAndItsRemedy) {
  Sample sample = one_loop();
  EXPECT_EQ(text_report(sample.arranged(), {}),
            R"(src/app.py:4:5: error: Thumbs starts itself [loop-s3-recursion]
  |
4 |     s3.put_object(Bucket=bucket)
  |     ^^^^^^^^^^^^^
  = 1. template.yaml:2:3: Photos starts Thumbs
  = 2. src/app.py:4:5: Thumbs writes to Photos
  = related: template.yaml:2:20: the bucket
  = help: Write to another bucket
  = see: https://fnlint.github.io/rules/loop-s3-recursion/

1 finding: 1 error in 1 function, 1 template, 2 files.
)");
}

TEST(Text, ARulesRemedyIsPrintedWithTheFirstOfItsFindings) {
  Sample sample = one_loop();
  sample.add("loop-s3-recursion", {FileId{1}, {0, 6}}, "again");
  const std::string text = text_report(sample.arranged(), {});
  EXPECT_EQ(text.find("help: "), text.rfind("help: "));
  EXPECT_EQ(text.find("see: "), text.rfind("see: "));
}

// Each in the words of the first of them that its file has; a rule's own where it has none.
TEST(Text, ARemedyIsInTheWordsOfItsFile) {
  Sample sample;
  for (const char* path : {"a.tf", "b.tf", "c.yaml", "d.txt"})
    sample.add("runtime-deprecated", {sample.file(path, "runtime"), {0, 7}}, "old");
  sample.report.files[0].written_in = sample.report.files[1].written_in = {"terraform"};
  sample.report.files[2].written_in = {"sam", "cloudformation"};
  const std::string text = text_report(sample.arranged(), {});
  EXPECT_NE(text.find("= help: Set runtime to its successor"), std::string::npos);
  EXPECT_EQ(text.find("Set runtime"), text.rfind("Set runtime"));
  EXPECT_NE(text.find("= help: Set Runtime to its successor"), std::string::npos);
  EXPECT_NE(text.find("= help: Use its successor"), std::string::npos);
}

TEST(Text, OfManyPlacesTheFirstAreListed) {
  Sample sample = one_loop();
  std::vector<PlacedText>& related = sample.report.findings[0].finding.related;
  related.assign(14, {related[0].where, "The same here."});
  related[12].where.file = FileId{0};
  const std::string text = text_report(sample.arranged(), {});
  EXPECT_NE(text.find("= related: and 4 more places in 2 files.\n"), std::string::npos) << text;
  EXPECT_EQ(json::parse(json_report(sample.report))["findings"][0]["related"].size(), 14U);
}

TEST(Text, AnUncertainFindingSaysSoAndIsOneLevelLower) {
  Sample sample = one_loop();
  sample.report.findings[0].finding.confidence = Confidence::Likely;
  const std::string text = text_report(sample.arranged(), {});
  EXPECT_NE(text.find(":4:5: warning: "), std::string::npos);
  EXPECT_NE(text.find("= confidence: likely\n"), std::string::npos);
}

TEST(Text, ProblemsStandAfterTheFindings) {
  Sample sample = one_loop();
  sample.report.problems = {{{FileId{1}, {8, 9}}, "a tab cannot indent"}};
  const std::string text = text_report(sample.arranged(), {});
  EXPECT_GT(text.find("template.yaml:2:1: problem: a tab cannot indent\n"),
            text.find("see: https://"));
  EXPECT_NE(text.find("2 files; 1 problem.\n"), std::string::npos);
}

TEST(Text, CredentialsAreNotShown) {
  Sample sample;
  const FileId stack = sample.file("template.yaml", "  TOKEN: q8Zr2LxV7mTn\n");
  sample.add("secrets-in-env", sample.at(stack, "q8Zr2LxV7mTn"), "TOKEN holds a token");
  const std::string text = text_report(sample.arranged(), {});
  EXPECT_EQ(text.find("q8Zr2LxV7mTn"), std::string::npos);
  EXPECT_NE(text.find("1 |   TOKEN: ************\n"), std::string::npos);
}

// ... nor what stands beside one, whatever else is told of the line.
TEST(Text, TextsBesideACredentialAreNotShown) {
  Sample sample;
  const FileId code =
      sample.file("app.js", "  use({\"id\": 'AKIA2', secret: \"wJal/r X\", x: y?\"wJb\":'a\n");
  sample.add("secrets-in-env", sample.at(code, "AKIA2"), "the id of a key");
  sample.add("loop-s3-recursion", sample.at(code, "use"), "a loop");
  const std::string text = text_report(sample.arranged(), {});
  EXPECT_EQ(text.find("AKIA2"), std::string::npos);
  EXPECT_EQ(text.find("wJal"), std::string::npos);
  const std::string_view shown =
      "1 |   use({\"id\": '*****', secret: \"****** *\", x: y?\"***\":'*\n";
  EXPECT_NE(text.find(shown), text.rfind(shown));
  EXPECT_NE(text.find(shown), std::string::npos);
}

// A runner of GitHub takes a line that begins with "::" behind blanks for a command, and "##[" of
// any line; one of Azure "##vso[".
bool holds_log_command(const std::string& text) {
  for (std::string_view line : split(text, '\n')) {
    if (trim(line).starts_with("::")) return true;
    for (const std::string_view mark : {"##[", "##vso["})
      if (line.find(mark) != line.npos) return true;
  }
  return false;
}

TEST(Text, NothingOfAProjectIsACommandInALog) {
  Sample sample;
  const FileId file =
      sample.file("  ::error file=a::b/app.py", "x = 1  # ##[error]pwned ##vso[x]\n");
  const FileId other = sample.file("##[group]x.yaml", "y\n");
  sample.add("loop-s3-recursion", sample.at(file, "x = 1"), "a ##[error]name");
  sample.report.problems = {{{file, {}}, "one"}, {{other, {}}, "two"}};
  sample.report.unresolved = {{{.reason = "three", .where = {file, {}}}}};
  sample.report.show_unresolved = true;
  const Report& report = sample.arranged();
  EXPECT_FALSE(holds_log_command(text_report(report, {})));
  EXPECT_FALSE(holds_log_command(text_report(report, {.columns = 40})));
  EXPECT_FALSE(holds_log_command(text_problems(report, {})));
  EXPECT_NE(text_report(report, {}).find("./  ::error file=a::b/app.py:1:1: error:"),
            std::string::npos);
  for (const std::string& machine :
       {json_report(report), jsonl_report(report), sarif_report(report)})
    EXPECT_FALSE(holds_log_command(machine)) << machine;
}

TEST(Text, OnATerminalLinesAreBrokenBetweenWords) {
  Sample sample = one_loop();
  const std::string text = text_report(sample.arranged(), {.columns = 50});
  EXPECT_NE(text.find("src/app.py:4:5: error: Thumbs starts itself\n    [loop-s3-recursion]\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("  = help: Write to another bucket\n"), std::string::npos);
  EXPECT_NE(text_report(sample.arranged(), {.columns = 42})
                .find("  = 1. template.yaml:2:3: Photos starts\n       Thumbs\n"),
            std::string::npos)
      << text_report(sample.arranged(), {.columns = 42});
}

TEST(Text, ARulesIdMayLeadToItsPage) {
  Sample sample = one_loop();
  EXPECT_NE(text_report(sample.arranged(), {.links = true})
                .find(" \x1b]8;;https://fnlint.github.io/rules/loop-s3-recursion/\x1b\\"
                      "[loop-s3-recursion]\x1b]8;;\x1b\\\n"),
            std::string::npos);
  EXPECT_EQ(text_report(sample.arranged(), {}).find('\x1b'), std::string::npos);
}

TEST(Text, FingerprintsAreShownWhenAskedFor) {
  Sample sample = one_loop();
  const Report& report = sample.arranged();
  const std::string line = cat("  = fingerprint: ", report.findings[0].fingerprint, '\n');
  EXPECT_NE(text_report(report, {.fingerprints = true}).find(line), std::string::npos);
  EXPECT_EQ(text_report(report, {}).find("fingerprint"), std::string::npos);
}

TEST(Text, QuietLeavesTheSummaryOut) {
  Sample sample;
  EXPECT_EQ(text_report(sample.arranged(), {.quiet = true}), "");
}

TEST(Text, NothingFoundIsSaidInOneLine) {
  Sample sample;
  sample.report.functions = 3;
  EXPECT_EQ(text_report(sample.arranged(), {}),
            "No findings in 3 functions, 0 templates, 0 files.\n");
}

TEST(Text, WhereNoFunctionIsFoundItIsSaidWhyUnasked) {
  Sample sample;
  const FileId file = sample.file("serverless.yml", "plugins: [made-up]\n");
  sample.report.templates = 2;
  sample.report.unresolved = {
      {{UnresolvedKind::Include, "a plugin may add functions", "", {file, {0, 7}}}}};
  EXPECT_EQ(text_report(sample.arranged(), {}),
            "serverless.yml:1:1: unresolved: a plugin may add functions\n"
            "No functions found in 2 templates, 0 files.\n");
  sample.report.functions = 1;
  EXPECT_EQ(text_report(sample.arranged(), {}),
            "No findings in 1 function, 2 templates, 0 files.\n");
}

TEST(Text, CodeThatWasNotReadIsNotPassedOverInSilence) {
  Sample sample;
  sample.report.functions = 12;
  const auto last_line = [&sample](std::size_t unread, std::size_t partly) {
    sample.report.unread = unread;
    sample.report.partly = partly;
    const std::string text = text_report(sample.arranged(), {});
    return text.substr(text.find('\n') + 1);
  };
  EXPECT_EQ(last_line(0, 0), "");
  EXPECT_EQ(last_line(3, 0), "3 of 12 functions: code not found (--show-unresolved).\n");
  EXPECT_EQ(last_line(0, 2), "2 of 12 functions: read in part (--show-unresolved).\n");
  EXPECT_EQ(last_line(3, 2),
            "3 of 12 functions: code not found; 2 read in part (--show-unresolved).\n");
  sample.report.open = 4;
  EXPECT_EQ(last_line(0, 0), "4 of 12 functions: some calls are unknown (--show-unresolved).\n");
  EXPECT_EQ(last_line(3, 0),
            "3 of 12 functions: code not found; 4 with unknown calls (--show-unresolved).\n");
  sample.report.open = 0;
  sample.report.show_unresolved = true;
  EXPECT_EQ(last_line(3, 0), "3 of 12 functions: code not found.\n");
}

TEST(Text, UnresolvedPlacesAreListedOnDemand) {
  Sample sample = one_loop();
  sample.report.unresolved = {
      {{UnresolvedKind::Parameter, "Stage has no default", "Thumbs", {FileId{1}, {0, 6}}}}};
  EXPECT_EQ(text_report(sample.arranged(), {}).find("unresolved"), std::string::npos);
  sample.report.show_unresolved = true;
  EXPECT_NE(text_report(sample.arranged(), {})
                .find("template.yaml:1:1: unresolved: Stage has no default (Thumbs)\n"),
            std::string::npos);
}

TEST(Text, OneReasonInAFileIsOneUnresolvedLine) {
  Sample sample = one_loop();
  const auto missing = [](std::uint32_t begin) {
    return Unresolved{UnresolvedKind::Import, "no stack exports Vpc", "", {FileId{1}, {begin, 6}}};
  };
  sample.report.unresolved = {{missing(2)}, {missing(0)}, {missing(4)}};
  sample.report.show_unresolved = true;
  EXPECT_NE(text_report(sample.arranged(), {})
                .find("template.yaml:1:1: unresolved: no stack exports Vpc (3 places)\n"),
            std::string::npos);
}

TEST(Text, StatisticsCountTheFindingsOfEachRuleInTheirPlace) {
  Sample sample = one_loop();
  sample.add("runtime-deprecated", {FileId{1}, {0, 6}}, "old");
  sample.add("runtime-deprecated", {FileId{1}, {8, 9}}, "old");
  sample.report.show_statistics = true;
  const std::string text = text_report(sample.arranged(), {.quiet = true});
  EXPECT_EQ(text,
            "     2  runtime-deprecated  Runtime gets no security fixes\n"
            "     1  loop-s3-recursion  Function is triggered by its own output\n");
}

TEST(Text, ColourIsOnlyThereOnDemand) {
  Sample sample = one_loop();
  EXPECT_EQ(text_report(sample.arranged(), {}).find('\x1b'), std::string::npos);
  EXPECT_NE(text_report(sample.arranged(), {.color = true}).find("\x1b[1;31merror\x1b[0m"),
            std::string::npos);
}

TEST(Text, ControlCharactersOfTheInputNeverReachTheTerminal) {
  Sample sample;
  const FileId file = sample.file("a\x1b[2Jb.yaml", "key: \x1b]0;owned\x07 \xC2\x9B value\n");
  Finding& finding =
      sample.add("runtime-deprecated", sample.at(file, "value"), "bad\x1b[31m\nword");
  finding.related = {{finding.where, "tail\r\x08"}};
  sample.report.problems = {{finding.where, "odd\x7F text"}};
  for (const char c : text_report(sample.arranged(), {}))
    EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << static_cast<int>(c);
  EXPECT_NE(text_report(sample.report, {}).find("error: bad[31m word [runtime-deprecated]"),
            std::string::npos);
}

}  // namespace
}  // namespace fnlint
