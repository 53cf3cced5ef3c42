// Logging commands of Azure Pipelines.

#include "tests/report/sample.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace fnlint::azure_test {
namespace {

using test::blind;
using test::Sample;
using test::two_findings;

TEST(Azure, IsACommandForEachTheWorstFirst) {
  Sample sample = two_findings();
  EXPECT_EQ(azure_report(sample.arranged()),
            "##vso[task.logissue type=error;sourcepath=src/app.py;linenumber=2;columnnumber=1;"
            "code=loop-s3-recursion;]Thumbs writes 100%AZP25 of Photos, its trigger. Write to "
            "another bucket. [loop-s3-recursion]\n"
            "##vso[task.logissue type=warning;sourcepath=my app/a,b:c.yaml;linenumber=1;"
            "columnnumber=10;code=runtime-deprecated;]nodejs12.x ended in 2023. Use its successor. "
            "[runtime-deprecated]\n"
            "##vso[task.logissue type=warning;sourcepath=my app/a,b:c.yaml;linenumber=2;"
            "columnnumber=5;code=problem;]no such parameter. [problem]\n");
}

TEST(Azure, EscapesWhatEndsAPropertyOrACommand) {
  Sample sample;
  const FileId file = sample.file("a;b]c%.py", "x\n");
  sample.add("loop-s3-recursion", sample.at(file, "x"), "one\ntwo ##vso[task.complete]");
  const std::string out = azure_report(sample.arranged());
  EXPECT_TRUE(
      out.starts_with("##vso[task.logissue type=error;sourcepath=a%3Bb%5Dc%AZP25.py;linenumber=1;"))
      << out;
  EXPECT_EQ(out.find("##vso[task.complete]"), std::string::npos);
  EXPECT_EQ(std::ranges::count(out, '\n'), 1);
}

TEST(Azure, NotesAreWarnings) {
  Sample sample = two_findings();
  sample.report.findings[0].finding.confidence = Confidence::Possible;
  EXPECT_NE(azure_report(sample.arranged())
                .find("type=warning;sourcepath=my app/a,b:c.yaml;"
                      "linenumber=1;"),
            std::string::npos);
}

TEST(Azure, WhatWasNotReadIsAWarning) {
  Sample sample = blind();
  const std::string out = azure_report(sample.arranged());
  EXPECT_NE(out.find("type=error;sourcepath=a.yaml;linenumber=3;"), std::string::npos) << out;
  EXPECT_TRUE(
      out.ends_with("##vso[task.logissue type=warning;]fnlint: 2 of 5 functions: code not "
                    "found; 1 read in part\n"))
      << out;
}

TEST(Azure, ACleanRunSaysNothing) {
  Sample sample;
  EXPECT_EQ(azure_report(sample.arranged()), "");
}

}  // namespace
}  // namespace fnlint::azure_test
