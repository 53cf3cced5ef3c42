// TeamCity's service messages.

#include "tests/report/sample.h"

#include <gtest/gtest.h>

namespace fnlint::teamcity_test {
namespace {

using test::blind;
using test::Sample;
using test::two_findings;

TEST(TeamCity, DescribesARuleBeforeItsFirstInspection) {
  Sample sample = two_findings();
  const std::string out = teamcity_report(sample.arranged());
  EXPECT_TRUE(out.starts_with(
      "##teamcity[inspectionType id='loop-s3-recursion' name='Function is triggered by its own "
      "output' description='Each run starts the next one. "
      "https://fnlint.github.io/rules/loop-s3-recursion/' category='fnlint']\n"
      "##teamcity[inspection typeId='loop-s3-recursion' message='Thumbs writes 100% of Photos, its "
      "trigger. Write to another bucket.' file='src/app.py' line='2' SEVERITY='ERROR']\n"
      "##teamcity[inspectionType id='runtime-deprecated' "))
      << out;
}

TEST(TeamCity, DescribesItOnce) {
  Sample sample;
  const FileId file = sample.file("a.py", "x y\n");
  sample.add("loop-s3-recursion", sample.at(file, "x"), "m");
  sample.add("loop-s3-recursion", sample.at(file, "y"), "m");
  const std::string out = teamcity_report(sample.arranged());
  EXPECT_EQ(out.find("[inspectionType "), out.rfind("[inspectionType "));
}

TEST(TeamCity, EscapesQuotesBarsBracketsAndWhatIsNotAscii) {
  Sample sample;
  const FileId file = sample.file("é😀.py", "x\n");
  sample.add("loop-s3-recursion", sample.at(file, "x"), "'a' | [b]\nc");
  const std::string out = teamcity_report(sample.arranged());
  EXPECT_NE(out.find("message='|'a|' || |[b|] c. "), std::string::npos) << out;
  EXPECT_NE(out.find("file='|0x00E9|0xD83D|0xDE00.py'"), std::string::npos) << out;
}

TEST(TeamCity, MessagesAreNoLongerThanItTakes) {
  Sample sample;
  const FileId file = sample.file("a.py", "x\n");
  sample.add("loop-s3-recursion", sample.at(file, "x"), std::string(5000, 'm'));
  const std::string out = teamcity_report(sample.arranged());
  EXPECT_NE(out.find(std::string(3997, 'm') + "...'"), std::string::npos);
  EXPECT_EQ(out.find(std::string(3998, 'm')), std::string::npos);
}

TEST(TeamCity, WhatWasNotReadIsAnInspectionAndAMessage) {
  Sample sample = blind();
  const std::string out = teamcity_report(sample.arranged());
  EXPECT_NE(out.find("typeId='problem' message='not readable as YAML.' file='a.yaml' line='3' "
                     "SEVERITY='ERROR'"),
            std::string::npos)
      << out;
  EXPECT_TRUE(
      out.ends_with("##teamcity[message text='fnlint: 2 of 5 functions: code not found; 1 "
                    "read in part' status='WARNING']\n"))
      << out;
}

}  // namespace
}  // namespace fnlint::teamcity_test
