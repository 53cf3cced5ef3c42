// GitLab's Code Quality and SAST reports.

#include "tests/report/sample.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <regex>
#include <set>

namespace fnlint::gitlab_test {
namespace {

using nlohmann::json;
using test::blind;
using test::Sample;
using test::two_findings;

json issues(Sample& sample) { return json::parse(gitlab_report(sample.arranged())); }
json scan(Sample& sample) { return json::parse(gitlab_sast_report(sample.arranged())); }

TEST(GitLab, IsAnArrayOfIssuesTheWorstFirst) {
  Sample sample = two_findings();
  const json all = issues(sample);
  ASSERT_EQ(all.size(), 3U);
  const std::string print = all[0]["fingerprint"];
  EXPECT_EQ(all[0], json::parse(R"({
    "type": "issue", "check_name": "loop-s3-recursion",
    "description": "Thumbs writes 100% of Photos, its trigger. [loop-s3-recursion]",
    "content": {"body": "Write to another bucket."}, "categories": ["Bug Risk"],
    "severity": "critical", "fingerprint": ")" +
                                print + R"(",
    "location": {"path": "src/app.py", "lines": {"begin": 2, "end": 3}}})"));
  EXPECT_EQ(all[1]["severity"], "major");
  EXPECT_EQ(all[1]["categories"], json::array({"Security"}));
}

TEST(GitLab, ACleanRunIsAnEmptyArray) {
  Sample sample;
  EXPECT_EQ(issues(sample), json::array());
}

TEST(GitLab, WhatCouldNotBeReadIsAnIssue) {
  Sample sample = blind();
  const json all = issues(sample);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0]["check_name"], "problem");
  EXPECT_EQ(all[0]["severity"], "critical");
  EXPECT_EQ(all[0]["location"]["lines"]["begin"], 3);
}

// It shows one of those with the same fingerprint.
TEST(GitLab, FingerprintsAreUnique) {
  Sample sample;
  const FileId one = sample.file("a/app.py", "x\nx\n"), copy = sample.file("b/app.py", "x\n");
  for (int i = 0; i < 2; ++i) {
    sample.add("loop-s3-recursion", {one, {0, 1}}, "m");
    sample.report.problems.push_back({{one, {0, 1}}, "p" + std::to_string(i)});
  }
  sample.add("loop-s3-recursion", {copy, {0, 1}}, "m");
  sample.add("runtime-deprecated", {copy, {0, 1}}, "m");
  std::set<std::string> prints;
  for (const json& each : issues(sample)) prints.insert(each["fingerprint"]);
  EXPECT_EQ(prints.size(), 6U);
}

// Else each commit above it would mend the issue and bring a new one.
TEST(GitLab, FingerprintsStayWhenLinesMove) {
  const auto print = [](const std::string& above) {
    Sample sample;
    const FileId file = sample.file("app.py", above + "put()\n");
    sample.add("loop-s3-recursion", sample.at(file, "put()"), "m");
    return issues(sample)[0]["fingerprint"].get<std::string>();
  };
  EXPECT_EQ(print(""), print("import os\n\n"));
}

TEST(GitLabSast, HasTheFindingsOfRulesThatAreAboutSecurity) {
  Sample sample = two_findings();
  const json all = scan(sample)["vulnerabilities"];
  ASSERT_EQ(all.size(), 1U);
  const json& old = all[0];
  EXPECT_TRUE(std::regex_match(
      old["id"].get<std::string>(),
      std::regex("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}")))
      << old["id"];
  EXPECT_EQ(old["name"], "Runtime gets no security fixes");
  EXPECT_EQ(old["severity"], "Medium");
  EXPECT_EQ(old["solution"], "Use its successor.");
  EXPECT_EQ(old["location"],
            json::parse(R"({"file": "my app/a,b:c.yaml", "start_line": 1, "end_line": 1})"));
  EXPECT_EQ(old["identifiers"][0]["value"], "runtime-deprecated");
}

TEST(GitLabSast, SaysWhoScannedAndWhen) {
  Sample sample = two_findings();
  sample.report.today = "2026-03-01";
  const json out = scan(sample);
  EXPECT_TRUE(out["version"].get<std::string>().starts_with("15."));
  EXPECT_EQ(out["scan"]["start_time"], "2026-03-01T00:00:00");
  EXPECT_EQ(out["scan"]["end_time"], "2026-03-01T00:00:00");
  EXPECT_EQ(out["scan"]["type"], "sast");
  for (const char* tool : {"analyzer", "scanner"}) {
    EXPECT_EQ(out["scan"][tool]["id"], "fnlint");
    EXPECT_EQ(out["scan"][tool]["version"], "0.1.0");
    EXPECT_EQ(out["scan"][tool]["vendor"]["name"], "fnlint");
  }
}

// A warning leaves a scan whole; what hides a template or a handler does not.
TEST(GitLabSast, AScanThatCouldNotReadATemplateHasFailed) {
  Sample sample = two_findings();
  EXPECT_EQ(scan(sample)["scan"]["status"], "success");
  EXPECT_EQ(scan(sample)["scan"]["messages"][0]["level"], "warn");
  Sample broken = blind();
  const json out = scan(broken)["scan"];
  EXPECT_EQ(out["status"], "failure");
  EXPECT_EQ(out["messages"], json::parse(R"([
    {"level": "fatal", "value": "a.yaml:3: not readable as YAML"},
    {"level": "warn", "value": "2 of 5 functions: code not found; 1 read in part"}])"));
}

TEST(GitLabSast, ACleanRunHasAnEmptyList) {
  Sample sample;
  const json out = scan(sample);
  EXPECT_EQ(out["vulnerabilities"], json::array());
  EXPECT_FALSE(out["scan"].contains("messages"));
}

}  // namespace
}  // namespace fnlint::gitlab_test
