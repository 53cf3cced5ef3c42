// Reviewdog's diagnostics.

#include "tests/report/sample.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <set>
#include <sstream>

namespace fnlint::rdjson_test {
namespace {

using nlohmann::json;
using test::blind;
using test::Sample;
using test::two_findings;

json parsed(Sample& sample) { return json::parse(rdjson_report(sample.arranged())); }

TEST(Rdjson, IsAListOfDiagnosticsTheWorstFirst) {
  Sample sample = two_findings();
  const json out = parsed(sample);
  EXPECT_EQ(out["source"]["name"], "fnlint");
  ASSERT_EQ(out["diagnostics"].size(), 3U);
  EXPECT_EQ(out["diagnostics"][0], json::parse(R"({
    "message": "Thumbs writes 100% of Photos, its trigger. Write to another bucket.",
    "location": {"path": "src/app.py",
                 "range": {"start": {"line": 2, "column": 1}, "end": {"line": 3, "column": 12}}},
    "severity": "ERROR",
    "code": {"value": "loop-s3-recursion",
             "url": "https://fnlint.github.io/rules/loop-s3-recursion/"}})"));
}

// Its releases refuse a report with a field that they do not know.
TEST(Rdjson, HasNoFieldThatAnOldReleaseDoesNotKnow) {
  const std::set<std::string> known{"message", "location",    "severity",       "source",
                                    "code",    "suggestions", "original_output"};
  Sample sample = two_findings();
  const json document = parsed(sample);
  for (const json& each : document["diagnostics"])
    for (const auto& [name, value] : each.items()) EXPECT_TRUE(known.contains(name)) << name;
}

TEST(Rdjson, ColumnsCountBytes) {
  Sample sample;
  const FileId file = sample.file("a.py", "\né😀 x\n");
  sample.add("loop-s3-recursion", sample.at(file, "x"), "m");
  EXPECT_EQ(parsed(sample)["diagnostics"][0]["location"]["range"], json::parse(R"({
    "start": {"line": 2, "column": 8}, "end": {"line": 2, "column": 9}})"));
}

TEST(Rdjson, WhatCouldNotBeReadIsADiagnosticWithoutAPage) {
  Sample sample = blind();
  const json problem = parsed(sample)["diagnostics"][0];
  EXPECT_EQ(problem["severity"], "ERROR");
  EXPECT_EQ(problem["code"], json::parse(R"({"value": "problem"})"));
}

TEST(Rdjson, ACleanRunHasAnEmptyList) {
  Sample sample;
  EXPECT_EQ(parsed(sample)["diagnostics"], json::array());
  EXPECT_EQ(rdjsonl_report(sample.arranged()), "");
}

// As a stream each says where it is from.
TEST(Rdjson, AStreamHasTheSameALine) {
  Sample sample = two_findings();
  json all = parsed(sample)["diagnostics"];
  std::istringstream lines(rdjsonl_report(sample.arranged()));
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    json each = json::parse(line);
    EXPECT_EQ(each["source"]["name"], "fnlint");
    each.erase("source");
    EXPECT_EQ(each, all.at(count));
  }
  EXPECT_EQ(count, all.size());
}

}  // namespace
}  // namespace fnlint::rdjson_test
