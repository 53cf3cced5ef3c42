// Formats of lines: concise, grouped, pylint and the user's own.
#include "report/arrange.h"
#include "report/template.h"
#include "tests/report/sample.h"

#include <gtest/gtest.h>

namespace fnlint::line_formats_test {
namespace {

using test::Sample;
using test::two_findings;

TEST(Concise, IsALineAFindingAndOneAProblem) {
  Sample sample = two_findings();
  EXPECT_EQ(concise_report(sample.arranged()),
            "my app/a,b:c.yaml:1:10: warning: nodejs12.x ended in 2023 [runtime-deprecated]\n"
            "src/app.py:2:1: error: Thumbs writes 100% of Photos, its trigger "
            "[loop-s3-recursion]\n"
            "my app/a,b:c.yaml:2:5: warning: no such parameter [problem]\n");
}

TEST(Concise, ACleanRunIsNoLine) {
  Sample sample;
  EXPECT_EQ(concise_report(sample.arranged()), "");
}

TEST(Grouped, HasEachFileOnceAndItsPlacesInAColumn) {
  Sample sample = two_findings();
  EXPECT_EQ(grouped_report(sample.arranged(), {}),
            "my app/a,b:c.yaml\n"
            "  1:10  warning  nodejs12.x ended in 2023 [runtime-deprecated]\n"
            "   2:5  warning  no such parameter [problem]\n"
            "\n"
            "src/app.py\n"
            "  2:1  error    Thumbs writes 100% of Photos, its trigger [loop-s3-recursion]\n"
            "\n"
            "2 findings: 1 error, 1 warning in 1 function, 1 template, 2 files; 1 problem.\n");
}

TEST(Grouped, QuietlyHasNoSummary) {
  Sample sample;
  EXPECT_EQ(grouped_report(sample.arranged(), {.quiet = true}), "");
}

// Jenkins' parser: "(.*):(\d+): \[(\D\d*).*\] (.*)"; the letter gives the level.
TEST(Pylint, HasTheLetterOfALevelAndTheFunction) {
  Sample sample = two_findings();
  EXPECT_EQ(pylint_report(sample.arranged()),
            "my app/a,b:c.yaml:1: [W(runtime-deprecated), Thumbs] nodejs12.x ended in 2023\n"
            "src/app.py:2: [E(loop-s3-recursion)] Thumbs writes 100% of Photos, its trigger\n"
            "my app/a,b:c.yaml:2: [W(problem)] no such parameter\n");
}

TEST(Template, PutsFieldsIntoTheUsersWords) {
  Sample sample = two_findings();
  sample.report.problems.clear();
  const Report& report = sample.arranged();
  const auto written = [&report](std::string text) {
    EXPECT_EQ(template_error(text), "");
    return template_report(report, {.line_template = std::move(text)});
  };
  EXPECT_EQ(written("{path}:{line}"), "my app/a,b:c.yaml:1\nsrc/app.py:2\n");
  EXPECT_EQ(written("{rule}\\t{column}-{endLine}:{endColumn}\\n"),
            "runtime-deprecated\t10-1:20\nloop-s3-recursion\t1-3:12\n");
  EXPECT_EQ(written("{{{severity}}} {confidence} \\\\n"),
            "{warning} likely \\n\n{error} certain \\n\n");
  EXPECT_EQ(written("({function}) {remedy}"),
            "(Thumbs) Use its successor\n() Write to another bucket\n");
  EXPECT_EQ(written("{url}"),
            "https://fnlint.github.io/rules/runtime-deprecated/\n"
            "https://fnlint.github.io/rules/loop-s3-recursion/\n");
  EXPECT_EQ(written("{fingerprint}{message}").find("nodejs12.x ended in 2023"), 16U);
}

TEST(Template, IsRefusedWhereItsBracesMeanNothing) {
  EXPECT_EQ(template_error("{sevrity}"), "there is no {sevrity}; did you mean '{severity}'?");
  EXPECT_EQ(template_error("{path:>3}").find("there is no {path:>3}"), 0U);
  EXPECT_EQ(template_error("{path"), "'{path' has no '}'; a brace by itself is written '{{'");
  EXPECT_EQ(template_error("a}"), "a '}' has no '{'; a brace by itself is written '}}'");
  EXPECT_NE(template_error("{}"), "");
}

TEST(KeepWorst, LeavesTheGravestInTheirOrderAndCountsTheOthers) {
  Sample sample = two_findings();
  Report report = sample.arranged();
  keep_worst(report, 1);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].finding.rule, "loop-s3-recursion");
  EXPECT_EQ(cut_words(report), "1 more finding is not shown (--max-findings 1)");
  EXPECT_EQ(count_of(report, Severity::Warning), 1U);
  EXPECT_EQ(summary_words(report).find("2 findings: 1 error, 1 warning in"), 0U);
  EXPECT_NE(text_report(report, {}).find("1 more finding is not shown"), std::string::npos);
  EXPECT_NE(sarif_report(report).find("1 more finding is not shown"), std::string::npos);
  EXPECT_NE(json_report(report).find("\"cut\": 1"), std::string::npos);
}

TEST(KeepWorst, DoesNothingWhereAllFindRoom) {
  Sample sample = two_findings();
  Report report = sample.arranged();
  keep_worst(report, 2);
  EXPECT_EQ(report.findings.size(), 2U);
  EXPECT_EQ(cut_words(report), "");
}

TEST(Text, PlacesLeadToTheirFilesWhereTheTerminalOpensLinks) {
  Sample sample = two_findings();
  const std::string linked =
      text_report(sample.arranged(), {.links = true, .files = "file://host/home/my%20shop"});
  EXPECT_NE(linked.find("\x1b]8;;file://host/home/my%20shop/my%20app/a,b:c.yaml\x1b\\my "
                        "app/a,b:c.yaml:1:10\x1b]8;;\x1b\\: warning"),
            std::string::npos)
      << linked;
  EXPECT_EQ(text_report(sample.arranged(), {.files = "file://host/home"}).find('\x1b'),
            std::string::npos);
}

}  // namespace
}  // namespace fnlint::line_formats_test
