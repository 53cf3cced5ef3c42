// Reports as JUnit's suites and tests.

#include "tests/report/sample.h"

#include <gtest/gtest.h>
#include <pugixml.hpp>

namespace fnlint::junit_test {
namespace {

using test::blind;
using test::Sample;
using test::two_findings;

pugi::xml_document parsed(Sample& sample) {
  pugi::xml_document document;
  const std::string text = junit_report(sample.arranged());
  const pugi::xml_parse_result result = document.load_string(text.c_str());
  EXPECT_TRUE(result) << result.description() << '\n' << text;
  return document;
}

std::string counts(const pugi::xml_node& node) {
  return std::string(node.attribute("tests").value()) + ' ' + node.attribute("failures").value() +
         ' ' + node.attribute("errors").value();
}

TEST(JUnit, IsASuiteAFileAndATestAFinding) {
  Sample sample = two_findings();
  const pugi::xml_document document = parsed(sample);
  const pugi::xml_node all = document.child("testsuites");
  EXPECT_EQ(counts(all), "4 2 0");
  const pugi::xml_node suite = all.find_child_by_attribute("testsuite", "name", "src/app.py");
  EXPECT_EQ(counts(suite), "1 1 0");
  const pugi::xml_node test = suite.child("testcase");
  EXPECT_STREQ(test.attribute("name").value(), "loop-s3-recursion (2:1)");
  EXPECT_STREQ(test.attribute("classname").value(), "src/app.py");
  EXPECT_STREQ(test.attribute("line").value(), "2");
  EXPECT_STREQ(test.child("failure").attribute("type").value(), "error");
  EXPECT_STREQ(test.child("failure").attribute("message").value(),
               "Thumbs writes 100% of Photos, its trigger");
  EXPECT_STREQ(test.child("failure").text().get(),
               "src/app.py:2:1: Thumbs writes 100% of Photos, its trigger. Write to another "
               "bucket.");
}

// Several build servers take an empty report for a failure.
TEST(JUnit, ACleanRunIsATestThatPasses) {
  Sample sample;
  sample.report.functions = 1;
  const pugi::xml_document document = parsed(sample);
  EXPECT_EQ(counts(document.child("testsuites")), "1 0 0");
  const pugi::xml_node test = document.child("testsuites").child("testsuite").child("testcase");
  EXPECT_STREQ(test.attribute("name").value(), "all code was read");
  EXPECT_FALSE(test.first_child());
}

TEST(JUnit, ARunThatFoundNoFunctionsIsATestThatWasSkipped) {
  Sample sample;
  const pugi::xml_document document = parsed(sample);
  const pugi::xml_node run = document.child("testsuites").child("testsuite");
  EXPECT_STREQ(run.child("testcase").child("skipped").attribute("message").value(),
               "no functions found");
}

TEST(JUnit, CodeThatWasNotReadIsATestThatWasSkipped) {
  Sample sample = blind();
  const pugi::xml_document document = parsed(sample);
  const pugi::xml_node run = document.child("testsuites").child("testsuite");
  EXPECT_STREQ(run.attribute("skipped").value(), "1");
  EXPECT_STREQ(run.child("testcase").child("skipped").attribute("message").value(),
               "2 of 5 functions: code not found; 1 read in part");
}

TEST(JUnit, ATemplateThatCannotBeReadIsAnError) {
  Sample sample = blind();
  const pugi::xml_document document = parsed(sample);
  const pugi::xml_node suite =
      document.child("testsuites").find_child_by_attribute("testsuite", "name", "a.yaml");
  EXPECT_EQ(counts(suite), "1 0 1");
  EXPECT_STREQ(suite.child("testcase").child("error").attribute("message").value(),
               "not readable as YAML");
}

TEST(JUnit, AnotherProblemIsATestThatWasSkipped) {
  Sample sample = two_findings();
  const pugi::xml_document document = parsed(sample);
  const pugi::xml_node suite =
      document.child("testsuites")
          .find_child_by_attribute("testsuite", "name", "my app/a,b:c.yaml");
  EXPECT_EQ(counts(suite), "2 1 0");
  EXPECT_STREQ(suite.attribute("skipped").value(), "1");
}

}  // namespace
}  // namespace fnlint::junit_test
