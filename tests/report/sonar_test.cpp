// SonarQube's generic issues.

#include "tests/report/sample.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace fnlint::sonar_test {
namespace {

using nlohmann::json;
using test::blind;
using test::Sample;
using test::two_findings;

json parsed(Sample& sample) { return json::parse(sonar_report(sample.arranged())); }

TEST(Sonar, ColumnsCountFromZeroAndLinesFromOne) {
  Sample sample = two_findings();
  const json issues = parsed(sample)["issues"];
  ASSERT_EQ(issues.size(), 3U);
  EXPECT_EQ(issues[0]["ruleId"], "loop-s3-recursion");
  EXPECT_EQ(issues[0]["primaryLocation"], json::parse(R"({
    "message": "Thumbs writes 100% of Photos, its trigger. Write to another bucket.",
    "filePath": "src/app.py",
    "textRange": {"startLine": 2, "endLine": 3, "startColumn": 0, "endColumn": 11}})"));
  EXPECT_EQ(issues[1]["primaryLocation"]["textRange"],
            json::parse(R"({"startLine": 1, "endLine": 1, "startColumn": 9, "endColumn": 19})"));
}

TEST(Sonar, StepsAndRelatedPlacesAreSecondary) {
  Sample sample = two_findings();
  const json places = parsed(sample)["issues"][0]["secondaryLocations"];
  ASSERT_EQ(places.size(), 2U);
  EXPECT_EQ(places[0]["message"], "Photos starts Thumbs");
  EXPECT_EQ(places[1]["message"], "the bucket");
  EXPECT_EQ(places[1]["filePath"], "my app/a,b:c.yaml");
}

TEST(Sonar, DescribesTheRulesThatFired) {
  Sample sample = two_findings();
  const json rules = parsed(sample)["rules"];
  ASSERT_EQ(rules.size(), 3U);  // with that of problems
  EXPECT_EQ(rules[0], json::parse(R"({
    "id": "loop-s3-recursion", "name": "Function is triggered by its own output",
    "description": "Each run starts the next one. Write to another bucket. https://fnlint.github.io/rules/loop-s3-recursion/",
    "engineId": "fnlint", "cleanCodeAttribute": "LOGICAL", "type": "BUG", "severity": "CRITICAL",
    "impacts": [{"softwareQuality": "RELIABILITY", "severity": "HIGH"}]})"));
  EXPECT_EQ(rules[1]["id"], "problem");
  EXPECT_EQ(rules[2]["impacts"], json::parse(R"([{"softwareQuality": "SECURITY",
                                                  "severity": "MEDIUM"}])"));
}

// Issues have none of their own.
TEST(Sonar, ARuleHasTheSeverityOfTheWorstOfItsFindings) {
  Sample sample;
  const FileId file = sample.file("a.py", "x y\n");
  sample.add("loop-s3-recursion", sample.at(file, "x"), "m").confidence = Confidence::Possible;
  EXPECT_EQ(parsed(sample)["rules"][0]["impacts"][0]["severity"], "LOW");
  sample.add("loop-s3-recursion", sample.at(file, "y"), "m").confidence = Confidence::Likely;
  EXPECT_EQ(parsed(sample)["rules"][0]["impacts"][0]["severity"], "MEDIUM");
}

// One of these, and Sonar refuses the whole report.
TEST(Sonar, NoRangeIsEmptyOrEndsOutsideOfItsLine) {
  Sample sample;
  const FileId file = sample.file("a.py", "ab\n\ncd\n");
  for (const Range range : {Range{0, 3}, Range{3, 3}, Range{4, 7}, Range{7, 7}, Range{0, 99}})
    sample.add("loop-s3-recursion", {file, range}, "m");
  const json document = parsed(sample);
  for (const json& issue : document["issues"]) {
    const json range = issue["primaryLocation"]["textRange"];
    EXPECT_LE(range["startLine"], 4) << range;
    if (!range.contains("startColumn")) continue;
    EXPECT_LE(range["endColumn"], 2) << range;
    if (range["startLine"] == range["endLine"]) {
      EXPECT_LT(range["startColumn"], range["endColumn"]);
    }
  }
}

TEST(Sonar, WhatCouldNotBeReadIsAnIssue) {
  Sample sample = blind();
  const json out = parsed(sample);
  EXPECT_EQ(out["issues"][0]["ruleId"], "problem");
  EXPECT_EQ(out["rules"][0]["id"], "problem");
  EXPECT_EQ(out["rules"][0]["impacts"][0]["severity"], "HIGH");
}

TEST(Sonar, ACleanRunHasEmptyLists) {
  Sample sample;
  EXPECT_EQ(parsed(sample), json::parse(R"({"rules": [], "issues": []})"));
}

}  // namespace
}  // namespace fnlint::sonar_test
