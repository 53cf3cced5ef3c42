// Reports in Markdown, as hosts show them.

#include "report/markdown_text.h"
#include "tests/report/sample.h"

#include <gtest/gtest.h>

namespace fnlint::markdown_test {
namespace {

using test::blind;
using test::Sample;
using test::two_findings;

TEST(Markdown, IsATableTheWorstFirst) {
  Sample sample = two_findings();
  EXPECT_EQ(markdown_report(sample.arranged()),
            "<!-- fnlint -->\n"
            "### fnlint\n"
            "\n"
            "2 findings: 1 error, 1 warning in 1 function, 1 template, 2 files; 1 problem.\n"
            "\n"
            "| level | place | what |\n"
            "| --- | --- | --- |\n"
            "| error | `src/app.py:2` | Thumbs writes 100% of Photos, its trigger. "
            "[loop-s3-recursion](https://fnlint.github.io/rules/loop-s3-recursion/)<br>"
            "Write to another bucket. |\n"
            "| warning | `my app/a,b:c.yaml:1` | nodejs12.x ended in 2023. "
            "[runtime-deprecated](https://fnlint.github.io/rules/runtime-deprecated/)<br>"
            "Use its successor. |\n"
            "| warning | `my app/a,b:c.yaml:2` | no such parameter. (problem) |\n");
}

TEST(Markdown, ACleanRunIsALine) {
  Sample sample;
  sample.report.functions = 1;
  EXPECT_EQ(markdown_report(sample.arranged()),
            "<!-- fnlint -->\n### fnlint\n\nNo findings in 1 function, 0 templates, 0 files.\n");
}

TEST(Markdown, WhatWasNotReadStandsOut) {
  Sample sample = blind();
  const std::string out = markdown_report(sample.arranged());
  EXPECT_NE(out.find("\n**2 of 5 functions: code not found; 1 read in part.**\n"), out.npos) << out;
  EXPECT_NE(out.find("| error | `a.yaml:3` | not readable as YAML. (problem) |"), out.npos);
  EXPECT_EQ(out.find("unresolved"), out.npos);
  sample.report.show_unresolved = true;
  EXPECT_TRUE(markdown_report(sample.report)
                  .ends_with("| unresolved | `a.yaml:2` | src/apii is not there. (Thumbs) |\n"));
}

TEST(Markdown, ARemedyIsToldOnce) {
  Sample sample;
  const FileId file = sample.file("a.py", "x y\n");
  sample.add("loop-s3-recursion", sample.at(file, "x"), "m");
  sample.add("loop-s3-recursion", sample.at(file, "y"), "m");
  const std::string out = markdown_report(sample.arranged());
  EXPECT_EQ(out.find("<br>"), out.rfind("<br>"));
}

// A host cuts nothing: it refuses the whole.
TEST(Markdown, IsNoLongerThanItMayBeAndCountsWhatIsLeftOut) {
  Sample sample;
  const FileId file = sample.file("a.py", "x y\n");
  for (int i = 0; i < 200; ++i)
    sample.add("loop-s3-recursion", sample.at(file, "y"), "m" + std::to_string(i));
  sample.add("runtime-deprecated", sample.at(file, "x"), "m").confidence = Confidence::Likely;
  for (const std::size_t bytes : {500U, 2000U, 10'000U}) {
    const std::string out = markdown_report(sample.arranged(), bytes);
    EXPECT_LE(out.size(), bytes);
    EXPECT_EQ(out.find("| warning |"), out.npos);
    EXPECT_NE(out.find(" errors, 1 warning.\n"), out.npos) << out;
  }
  EXPECT_LE(markdown_report(sample.report).size(), kCommentBytes);
}

TEST(Markdown, TextHasNoMarkupAndMentionsNobody) {
  EXPECT_EQ(markdown_text("a*b_c [x](y) <img> | `q`"),
            "a\\*b\\_c \\[x\\](y) \\<img\\> \\| \\`q\\`");
  for (const char* text : {"@octocat", "#12", "!12"})
    EXPECT_NE(markdown_text(text).find("\u200B"), std::string::npos) << text;
  EXPECT_EQ(markdown_text("two\nlines"), "two lines");
}

TEST(Markdown, CodeEndsWhereItIsMeantTo) {
  EXPECT_EQ(markdown_code("a.py:1"), "`a.py:1`");
  EXPECT_EQ(markdown_code("a`b"), "`` a`b ``");
  EXPECT_EQ(markdown_code("a|b"), "`a\\|b`");
}

}  // namespace
}  // namespace fnlint::markdown_test
