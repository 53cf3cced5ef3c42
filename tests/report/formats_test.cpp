// JSON, JSON lines, SARIF, GitHub's annotations, and what all formats have in common.

#include "tests/report/sample.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace fnlint {
namespace {

using nlohmann::json;
using test::blind;
using test::Sample;
using test::two_findings;

TEST(Json, IsOneObjectOfTheContractsShape) {
  Sample sample = two_findings();
  sample.arranged();
  const json out = json::parse(json_report(sample.report));
  EXPECT_EQ(out["version"], 1);
  EXPECT_EQ(out["summary"],
            json::parse(R"({"files": 2, "functions": 1, "unread": 0, "partly": 0, "open": 0,
                                            "templates": 1, "findings": 2, "cut": 0})"));
  const std::string fingerprint = out["findings"][0]["fingerprint"];
  EXPECT_EQ(out["findings"][0], json::parse(R"({
    "rule": "runtime-deprecated", "severity": "warning", "confidence": "likely",
    "message": "nodejs12.x ended in 2023", "path": "my app/a,b:c.yaml",
    "line": 1, "column": 10, "endLine": 1, "endColumn": 20, "function": "Thumbs",
    "remedy": "Use its successor", "related": [], "flow": [], "fixable": false, "fixes": [], "fingerprint": ")" +
                                            fingerprint + R"("})"));
  const json& loop = out["findings"][1];
  EXPECT_EQ(loop["function"], nullptr);
  EXPECT_EQ(loop["endLine"], 3);
  EXPECT_EQ(loop["flow"], json::parse(R"([{"path": "my app/a,b:c.yaml", "line": 2, "column": 9,
                                           "message": "Photos starts Thumbs"}])"));
  EXPECT_EQ(loop["related"][0]["message"], "the bucket");
  EXPECT_EQ(out["problems"], json::parse(R"([{"path": "my app/a,b:c.yaml", "line": 2, "column": 5,
                                              "severity": "warning",
                                              "message": "no such parameter"}])"));
  EXPECT_EQ(out["unresolved"], json::array());
}

TEST(Json, SaysWhatWasNotReadUnasked) {
  Sample sample = blind();
  const json out = json::parse(json_report(sample.arranged()));
  EXPECT_EQ(out["summary"]["unread"], 2);
  EXPECT_EQ(out["summary"]["partly"], 1);
  EXPECT_EQ(out["problems"][0]["severity"], "error");
  EXPECT_EQ(out["unresolved"], json::parse(R"([{"path": "a.yaml", "line": 2, "column": 12,
      "function": "Thumbs", "reason": "src/apii is not there", "places": 1}])"));
}

TEST(Sarif, WhatWasNotReadIsANotificationAtItsPlace) {
  Sample sample = blind();
  const json log = json::parse(sarif_report(sample.arranged()));
  const json& told = log["runs"][0]["invocations"][0]["toolExecutionNotifications"];
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(told[0]["level"], "error");
  EXPECT_EQ(told[0]["locations"][0]["physicalLocation"]["region"]["startLine"], 3);
  EXPECT_EQ(told[1]["message"]["text"], "2 of 5 functions: code not found; 1 read in part.");
  EXPECT_EQ(told[2]["level"], "note");
  EXPECT_EQ(told[2]["message"]["text"], "Thumbs: src/apii is not there.");
  EXPECT_EQ(told[2]["locations"][0]["physicalLocation"]["region"]["startLine"], 2);
}

TEST(GitHub, WhatWasNotReadIsAnAnnotation) {
  Sample sample = blind();
  EXPECT_EQ(github_report(sample.arranged()),
            "::error title=problem,file=a.yaml,line=3,endLine=3,col=11,endColumn=12"
            "::not readable as YAML\n"
            "::warning title=not read::2 of 5 functions: code not found; 1 read in part\n");
  sample.report.show_unresolved = true;
  EXPECT_TRUE(github_report(sample.report)
                  .ends_with("::notice title=unresolved,file=a.yaml,line=2,endLine=2,col=12,"
                             "endColumn=15::Thumbs: src/apii is not there\n"));
}

TEST(Json, ColumnsCountUtf16Units) {
  Sample sample;
  const FileId file = sample.file("a.py", "é😀 x\n");
  sample.add("loop-s3-recursion", sample.at(file, "x"), "m");
  const json out = json::parse(json_report(sample.arranged()));
  EXPECT_EQ(out["findings"][0]["column"], 5);
  EXPECT_EQ(out["findings"][0]["endColumn"], 6);
}

TEST(Json, BytesThatAreNotUtf8GiveValidJson) {
  Sample sample;
  const FileId file = sample.file("a\xFF.py", "x\n");
  sample.add("loop-s3-recursion", sample.at(file, "x"), "bad \xC3 byte");
  EXPECT_TRUE(json::accept(json_report(sample.arranged())));
}

TEST(Jsonl, IsOneFindingALine) {
  Sample sample = two_findings();
  const std::string out = jsonl_report(sample.arranged());
  EXPECT_EQ(std::ranges::count(out, '\n'), 2);
  EXPECT_EQ(json::parse(out.substr(0, out.find('\n')))["rule"], "runtime-deprecated");
}

TEST(Jsonl, IsEmptyWithoutFindings) {
  Sample sample;
  EXPECT_EQ(jsonl_report(sample.arranged()), "");
}

TEST(GitHub, PutsTheWorstFirstAndEscapesWhatCommandsMeanOtherwise) {
  Sample sample = two_findings();
  EXPECT_EQ(github_report(sample.arranged()),
            "::error title=loop-s3-recursion,file=src/app.py,line=2,endLine=3::"
            "Thumbs writes 100%25 of Photos, its trigger%0AWrite to another bucket\n"
            "::warning title=runtime-deprecated,file=my app/a%2Cb%3Ac.yaml,line=1,endLine=1,"
            "col=10,endColumn=20::nodejs12.x ended in 2023%0AUse its successor\n"
            "::warning title=problem,file=my app/a%2Cb%3Ac.yaml,line=2,endLine=2,"
            "col=5,endColumn=11::no such parameter\n");
}

json sarif_run(Sample& sample) { return json::parse(sarif_report(sample.arranged()))["runs"][0]; }

TEST(Sarif, ResultsAreOrderedByLevelAndPointAtTheirRules) {
  Sample sample = two_findings();
  const json run = sarif_run(sample);
  EXPECT_EQ(run["results"][0]["ruleId"], "loop-s3-recursion");
  EXPECT_EQ(run["results"][0]["ruleIndex"], 0);
  EXPECT_EQ(run["results"][0]["level"], "error");
  EXPECT_EQ(run["results"][0]["rank"], 95.0);
  EXPECT_EQ(run["results"][1]["ruleIndex"], 1);
  EXPECT_EQ(run["results"][1]["rank"], 75.0);
  EXPECT_EQ(run["results"][1]["properties"]["function"], "Thumbs");
  EXPECT_EQ(run["results"][0]["properties"]["remedy"], "Write to another bucket");
}

TEST(Sarif, PathsAreRelativeReferences) {
  Sample sample = two_findings();
  sample.report.files.push_back({"x:y/é.py", "x:y/é.py", "x"});
  sample.add("loop-s3-recursion", {FileId{2}, {0, 1}}, "m");
  const json run = sarif_run(sample);
  std::vector<std::string> uris;
  for (const json& result : run["results"])
    uris.push_back(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]);
  EXPECT_EQ(uris,
            (std::vector<std::string>{"src/app.py", "x%3Ay/%C3%A9.py", "my%20app/a,b:c.yaml"}));
}

// Code hosts have the archive alone: where in it, the message says.
TEST(Sarif, AFileInAnArchiveIsShownAtTheArchive) {
  Sample sample;
  sample.report.files.push_back(
      {"build/a.zip/app.py", "build/a.zip", "import os\nimport re\n", "app.py"});
  sample.add("loop-s3-recursion", {FileId{0}, {10, 16}}, "m");
  const json result = sarif_run(sample)["results"][0];
  EXPECT_EQ(result["locations"][0]["physicalLocation"],
            json::parse(R"({"artifactLocation": {"uri": "build/a.zip", "uriBaseId": "SRCROOT"},
                            "region": {"startLine": 1}})"));
  EXPECT_EQ(result["message"]["text"], "build/a.zip/app.py:2: m.");
  EXPECT_TRUE(github_report(sample.arranged())
                  .starts_with("::error title=loop-s3-recursion,file=build/a.zip::app.py:2: m"));
}

TEST(Sarif, TheMessageLinksToRelatedPlaces) {
  Sample sample = two_findings();
  const json result = sarif_run(sample)["results"][0];
  EXPECT_EQ(result["message"]["text"],
            "Thumbs writes 100% of Photos, its trigger. See [my app/a,b:c.yaml:2](1).");
  EXPECT_EQ(result["relatedLocations"][0]["id"], 1);
  EXPECT_EQ(result["relatedLocations"][0]["message"]["text"], "the bucket.");
}

// Viewers may show the message and the full description alone.
TEST(Sarif, WhatToDoStandsInTheDescriptionAndInTheMarkdownOfTheMessage) {
  Sample sample = two_findings();
  sample.report.files[0].written_in = {"cloudformation"};
  const json run = sarif_run(sample);
  const json description = run["tool"]["driver"]["rules"][1]["fullDescription"];
  EXPECT_EQ(description["text"], "It is past its end. How to fix it: Use its successor.");
  EXPECT_EQ(description["markdown"],
            "It is past its end.\n\n**How to fix it**\n\nUse its successor.\n\n- CloudFormation: "
            "Set Runtime to its successor.\n- Terraform: Set runtime to its successor.\n");
  EXPECT_EQ(run["results"][1]["message"]["text"], "nodejs12.x ended in 2023.");
  EXPECT_EQ(run["results"][1]["message"]["markdown"],
            "nodejs12.x ended in 2023.\n\nSet Runtime to its successor.");
}

// A log's size is that of what was found.
TEST(Sarif, DescribesTheRulesThatFiredOrAllOfThem) {
  const auto described = [](const json& run) {
    std::vector<std::string> ids;
    for (const json& rule : run["tool"]["driver"]["rules"]) ids.push_back(rule["id"]);
    return ids;
  };
  Sample sample;
  const FileId file = sample.file("a.py", "x\n");
  EXPECT_EQ(sarif_run(sample)["tool"]["driver"]["rules"], json::array());
  sample.add("runtime-deprecated", sample.at(file, "x"), "m");
  EXPECT_EQ(described(sarif_run(sample)), (std::vector<std::string>{"runtime-deprecated"}));
  EXPECT_EQ(sarif_run(sample)["results"][0]["ruleIndex"], 0);
  sample.report.all_rules = true;
  EXPECT_EQ(
      described(sarif_run(sample)),
      (std::vector<std::string>{"loop-s3-recursion", "runtime-deprecated", "secrets-in-env"}));
  EXPECT_EQ(sarif_run(sample)["results"][0]["ruleIndex"], 1);
}

TEST(Sarif, StepsAreACodeFlow) {
  Sample sample = two_findings();
  const json flow = sarif_run(sample)["results"][0]["codeFlows"];
  const json& step = flow[0]["threadFlows"][0]["locations"][0]["location"];
  EXPECT_EQ(step["message"]["text"], "Photos starts Thumbs.");
  EXPECT_EQ(step["physicalLocation"]["region"],
            json::parse(R"({"startLine": 2, "startColumn": 9, "endLine": 2, "endColumn": 15})"));
}

TEST(Sarif, FingerprintsAreThoseOfTheLineAndOfTheFinding) {
  Sample sample = two_findings();
  const json prints = sarif_run(sample)["results"][1]["partialFingerprints"];
  EXPECT_EQ(prints["fnlint/v1"], sample.report.findings[0].fingerprint);
  EXPECT_TRUE(prints["primaryLocationLineHash"].get<std::string>().ends_with(":1"));
}

TEST(Sarif, OnlySecurityRulesHaveASecuritySeverity) {
  Sample sample = two_findings();
  const json rules = sarif_run(sample)["tool"]["driver"]["rules"];
  EXPECT_FALSE(rules[0]["properties"].contains("security-severity"));
  EXPECT_EQ(rules[0]["properties"]["problem.severity"], "error");
  EXPECT_EQ(rules[0]["name"], "LoopS3Recursion");
  EXPECT_EQ(rules[1]["properties"]["security-severity"], "8.0");
  EXPECT_EQ(rules[1]["properties"]["tags"],
            json::parse(R"(["serverless", "runtime", "security"])"));
}

TEST(Sarif, ProblemsAreNotifications) {
  Sample sample = two_findings();
  const json note = sarif_run(sample)["invocations"][0]["toolExecutionNotifications"][0];
  EXPECT_EQ(note["message"]["text"], "no such parameter.");
  EXPECT_EQ(note["locations"][0]["physicalLocation"]["region"]["startLine"], 2);
}

// One finding, and one that a comment silences.
Sample suppressed() {
  Sample sample;
  const FileId file = sample.file("a.py", "put()\nput()  # fnlint: ignore\n");
  sample.add("loop-s3-recursion", {file, {0, 5}}, "m");
  ReportedFinding silenced{{.rule = "secrets-in-env", .message = "n", .where = {file, {6, 11}}},
                           Severity::Error};
  sample.report.suppressed.push_back({silenced, sample.at(file, "# fnlint: ignore"), "why"});
  return sample;
}

TEST(Sarif, WhatIsSuppressedIsAResultOnRequest) {
  Sample sample = suppressed();
  EXPECT_EQ(sarif_run(sample)["results"].size(), 1U);
  EXPECT_EQ(sarif_run(sample)["tool"]["driver"]["rules"].size(), 1U);
  sample.report.show_suppressed = true;
  const json run = sarif_run(sample);
  ASSERT_EQ(run["results"].size(), 2U);
  EXPECT_FALSE(run["results"][0].contains("suppressions"));
  const json& result = run["results"][1];
  EXPECT_EQ(result["ruleId"], "secrets-in-env");
  EXPECT_EQ(run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()]["id"],
            "secrets-in-env");
  ASSERT_EQ(result["suppressions"].size(), 1U);
  EXPECT_EQ(result["suppressions"][0]["kind"], "inSource");
  EXPECT_EQ(result["suppressions"][0]["justification"], "why");
  EXPECT_EQ(result["suppressions"][0]["location"]["physicalLocation"]["region"]["startLine"], 2);
}

TEST(Json, WhatIsSuppressedIsListedOnRequest) {
  Sample sample = suppressed();
  EXPECT_FALSE(json::parse(json_report(sample.arranged())).contains("suppressed"));
  sample.report.show_suppressed = true;
  const json out = json::parse(json_report(sample.report));
  EXPECT_EQ(out["findings"].size(), 1U);
  EXPECT_EQ(out["summary"]["findings"], 1);
  ASSERT_EQ(out["suppressed"].size(), 1U);
  EXPECT_EQ(out["suppressed"][0]["rule"], "secrets-in-env");
  EXPECT_EQ(out["suppressed"][0]["fingerprint"].get<std::string>().size(), 16U);
  EXPECT_EQ(out["suppressed"][0]["suppression"],
            json::parse(R"({"path": "a.py", "line": 2, "column": 8, "reason": "why"})"));
}

TEST(Sarif, ACleanRunHasAnEmptyListOfResults) {
  Sample sample;
  const json run = sarif_run(sample);
  EXPECT_EQ(run["results"], json::array());
  EXPECT_EQ(run["automationDetails"]["id"], "fnlint/");
  sample.report.category = "services/my app";
  EXPECT_EQ(sarif_run(sample)["automationDetails"]["id"], "fnlint/services/my%20app/");
  for (const char* category : {"nightly", "nightly/"}) {
    sample.report.sarif_category = category;
    EXPECT_EQ(sarif_run(sample)["automationDetails"]["id"], "nightly/");
  }
}

TEST(Reports, EqualProblemsAreSaidOnce) {
  Sample sample = two_findings();
  sample.report.problems.push_back(sample.report.problems[0]);
  EXPECT_EQ(sample.arranged().problems.size(), 1U);
}

TEST(Reports, AConfiguredSeverityGoesBeforeAFindingsOwn) {
  Finding finding{.rule = "loop-s3-recursion", .severity = Severity::Warning};
  ReportedRule rule{&test::kLoop, Severity::Error};
  EXPECT_EQ(level_of(finding, rule), Severity::Warning);
  rule.configured = true;
  EXPECT_EQ(level_of(finding, rule), Severity::Error);
  finding.confidence = Confidence::Possible;
  EXPECT_EQ(level_of(finding, rule), Severity::Note);
}

}  // namespace
}  // namespace fnlint
