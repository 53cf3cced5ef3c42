// What one rule says of several functions at one place, as one finding.

#include "app/run/merged_findings.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace fnlint {

namespace {

const Span kHere{FileId{0}, {10, 20}};

Finding finding(std::string function, std::string message, Severity severity = Severity::Warning) {
  Finding made;
  made.rule = "runtime-deprecated";
  made.severity = severity;
  made.message = std::move(message);
  made.where = kHere;
  made.function = std::move(function);
  return made;
}

std::vector<std::string> related_of(const Finding& one) {
  std::vector<std::string> texts;
  for (const PlacedText& row : one.related) texts.push_back(row.message);
  return texts;
}
using Texts = std::vector<std::string>;

TEST(MergedFindings, WhatIsTheSameForSeveralFunctionsIsToldOnce) {
  Findings findings{finding("b", "The runtime x is old."), finding("a", "The runtime x is old."),
                    finding("c", "The runtime x is old.")};
  merge_findings(findings, built_in_rules());
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].function, "a");
  EXPECT_EQ(related_of(findings[0]), Texts{"The same for 'b', 'c'."});
}

// The function's own name is no difference.
TEST(MergedFindings, SentencesThatNameTheirFunctionAreTheSame) {
  Findings findings{finding("a", "'a' lets in nobody."), finding("b", "'b' lets in nobody.")};
  merge_findings(findings, built_in_rules());
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(related_of(findings[0]), Texts{"The same for 'b'."});
}

TEST(MergedFindings, AnotherValueIsToldWithItsFunctions) {
  Findings findings{finding("a", "The runtime x is old.", Severity::Error),
                    finding("b", "The runtime y is old."), finding("c", "The runtime y is old."),
                    finding("d", "The runtime x is old.", Severity::Error)};
  merge_findings(findings, built_in_rules());
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].message, "The runtime x is old.");
  EXPECT_EQ(related_of(findings[0]),
            (Texts{"The same for 'd'.", "For 'b', 'c': The runtime y is old."}));
}

TEST(MergedFindings, ASentenceThatNamesItsFunctionStandsAlone) {
  Findings findings{finding("a", "'a' may not read x."), finding("b", "'b' may not read y."),
                    finding("c", "'c' may not read y.")};
  merge_findings(findings, built_in_rules());
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(related_of(findings[0]), Texts{"'b' may not read y. The same for 'c'."});
}

TEST(MergedFindings, OfManySentencesTheFirstAreTold) {
  Findings findings;
  for (const char name : std::string("abcdefgh"))
    findings.push_back(finding(std::string(1, name), std::string("The runtime ") + name + "."));
  merge_findings(findings, built_in_rules());
  ASSERT_EQ(findings.size(), 1U);
  ASSERT_EQ(findings[0].related.size(), 5U);
  EXPECT_EQ(findings[0].related.back().message, "With different details, for 'f', 'g', 'h'.");
}

}  // namespace

}  // namespace fnlint
