// Findings of one cause, and findings in copies, as one.

#include "app/run/folded_findings.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace fnlint {
namespace {

ReportedFinding finding(std::uint32_t at, std::string key, std::string subject = {}) {
  ReportedFinding reported;
  reported.finding.rule = "state-mutable-global";
  reported.finding.message = "It is changed.";
  reported.finding.where = {FileId{0}, {at, at + 1}};
  reported.finding.cause = {.key = std::move(key), .subject = std::move(subject)};
  return reported;
}

// Files whose paths are in the order of their ids.
SourceFiles some_files() {
  SourceFiles files;
  for (char tens = '0'; tens < '4'; ++tens)
    for (char ones = '0'; ones <= '9'; ++ones) files.add({tens, ones}, "");
  return files;
}

std::vector<std::string> folded(std::vector<ReportedFinding> findings) {
  fold_findings(some_files(), findings);
  std::vector<std::string> out;
  for (const ReportedFinding& each : findings)
    out.push_back(std::to_string(each.finding.where.range.begin) + ' ' + each.finding.message);
  return out;
}

TEST(FoldedFindings, ManyOfOneCauseAreOneAtTheFirstPlace) {
  EXPECT_EQ(folded({finding(9, "a"), finding(1, "a"), finding(5, "a"), finding(7, "a")}),
            std::vector<std::string>{"1 It is changed. The same at 3 more places of this file."});
}

TEST(FoldedFindings, NamesThatDifferAreTold) {
  EXPECT_EQ(folded({finding(1, "a", "w"), finding(2, "a", "x"), finding(3, "a", "y"),
                    finding(4, "a", "z")}),
            std::vector<std::string>{"1 It is changed. The same for 'x', 'y' and 'z'."});
}

TEST(FoldedFindings, ANameThatIsTheFirstsOwnSaysNothing) {
  EXPECT_EQ(folded({finding(1, "a", "w"), finding(2, "a", "w"), finding(3, "a", "x"),
                    finding(4, "a", "y")}),
            std::vector<std::string>{"1 It is changed. The same at 3 more places of this file."});
}

TEST(FoldedFindings, OfManyNamesTheFirstAreTold) {
  std::vector<ReportedFinding> findings;
  for (std::uint32_t i = 0; i < 20; ++i)
    findings.push_back(finding(i, "a", std::string(1, static_cast<char>('a' + i))));
  fold_findings(some_files(), findings);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].finding.message,
            "It is changed. The same for 'b', 'c', 'd', 'e', 'f' and 14 more.");
  EXPECT_EQ(findings[0].finding.related.size(), 19U);
}

TEST(FoldedFindings, ThePlacesAreRelated) {
  std::vector<ReportedFinding> findings{finding(1, "a"), finding(2, "a"), finding(3, "a"),
                                        finding(4, "a")};
  findings[2].finding.message = "Another is changed.";
  fold_findings(some_files(), findings);
  ASSERT_EQ(findings.size(), 1U);
  const std::vector<PlacedText>& related = findings[0].finding.related;
  ASSERT_EQ(related.size(), 3U);
  EXPECT_EQ(related[0].where.range.begin, 2U);
  EXPECT_EQ(related[0].message, "The same here.");
  EXPECT_EQ(related[1].message, "Another is changed.");
}

TEST(FoldedFindings, AFewStandApart) {
  EXPECT_EQ(folded({finding(1, "a"), finding(2, "a"), finding(3, "a")}).size(), 3U);
}

TEST(FoldedFindings, ACheckMayWantMoreApart) {
  std::vector<ReportedFinding> findings;
  for (std::uint32_t i = 0; i < 5; ++i) findings.push_back(finding(i, "a"));
  for (ReportedFinding& each : findings) each.finding.cause.apart = 5;
  EXPECT_EQ(folded(findings).size(), 5U);
}

TEST(FoldedFindings, WithoutACauseEachStandsApart) {
  EXPECT_EQ(folded({finding(1, ""), finding(2, ""), finding(3, ""), finding(4, "")}).size(), 4U);
}

TEST(FoldedFindings, OtherFilesAndLevelsStandApart) {
  std::vector<ReportedFinding> findings{finding(1, "a"), finding(2, "a"), finding(3, "a"),
                                        finding(4, "a"), finding(5, "a"), finding(6, "a")};
  findings[0].finding.where.file = FileId{1};
  findings[1].finding.confidence = Confidence::Likely;
  findings[2].level = Severity::Note;
  EXPECT_EQ(folded(findings).size(), 6U);
}

// 24 lines of one cause in as many files are one line; formats for machines have all places.
TEST(FoldedFindings, InManyFilesOneStandsForAll) {
  std::vector<ReportedFinding> findings;
  for (std::uint32_t i = 0; i < 24; ++i) {
    findings.push_back(finding(1, "a"));
    findings.back().finding.where.file = FileId{i};
  }
  fold_findings(some_files(), findings);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].finding.message, "It is changed. The same in 23 more files.");
  EXPECT_EQ(findings[0].finding.related.size(), 23U);
}

// Which function a template names first says nothing of what is told.
TEST(FoldedFindings, TheFirstIsThatOfTheFirstPath) {
  SourceFiles files;
  std::vector<ReportedFinding> findings;
  for (const char* path : {"stock.js", "orders.js", "quotes.js", "prices.js"}) {
    findings.push_back(finding(1, "a"));
    findings.back().finding.where.file = files.add(path, "");
  }
  fold_findings(files, findings);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(files.path(findings[0].finding.where.file), "orders.js");
}

TEST(FoldedFindings, InAFewFilesEachHasItsOwn) {
  std::vector<ReportedFinding> findings{finding(1, "a"), finding(2, "a"), finding(3, "a")};
  findings[1].finding.where.file = FileId{1};
  findings[2].finding.where.file = FileId{2};
  EXPECT_EQ(folded(findings).size(), 3U);
}

TEST(FoldedFindings, PlacesAndFilesAreCounted) {
  std::vector<ReportedFinding> findings;
  for (std::uint32_t i = 0; i < 6; ++i) {
    findings.push_back(finding(i, "a"));
    findings.back().finding.where.file = FileId{i / 2 + (i > 3 ? i : 0)};
  }
  EXPECT_EQ(folded(findings), std::vector<std::string>{
                                  "0 It is changed. The same at 5 more places, in 3 more files."});
}

// Many variables of one function: each other has its own words.
TEST(FoldedFindings, OtherSubjectsAreNamed) {
  std::vector<ReportedFinding> findings{
      finding(1, "a\n1", "seen"), finding(5, "a\n2", "total"), finding(9, "a\n1", "seen"),
      finding(11, "a\n3", "last"), finding(13, "a\n4", "first")};
  for (ReportedFinding& each : findings) {
    each.finding.cause.apart = 1;
    each.finding.cause.also = "It is changed here, too.";
  }
  findings[1].finding.message = "'total' is changed.";
  EXPECT_EQ(folded({findings.begin(), findings.begin() + 4}).size(), 3U);
  fold_findings(some_files(), findings);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].finding.message,
            "It is changed. Likewise 'first', 'last' and 'total'.");
  ASSERT_EQ(findings[0].finding.related.size(), 4U);
  EXPECT_EQ(findings[0].finding.related[0].message, "'total' is changed.");
  EXPECT_EQ(findings[0].finding.related[1].message, "It is changed here, too.");
}

// One variable that two places change: whatever each does, the gravest is told.
TEST(FoldedFindings, WhereTheOthersAreSaidToBeTooTheGravestLeads) {
  std::vector<ReportedFinding> findings{finding(1, "a"), finding(5, "a")};
  for (ReportedFinding& each : findings) {
    each.finding.cause.apart = 1;
    each.finding.cause.also = "It is changed here, too.";
  }
  findings[0].level = Severity::Note;
  findings[0].finding.message = "It is kept.";
  fold_findings(some_files(), findings);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].finding.message, "It is changed.");
  ASSERT_EQ(findings[0].finding.related.size(), 1U);
  EXPECT_EQ(findings[0].finding.related[0].where.range.begin, 1U);
  EXPECT_EQ(findings[0].finding.related[0].message, "It is changed here, too.");
}

// `deploy/app.py` is what a script has copied from `app.py`.
TEST(FoldedCopies, OneFindingStandsForAllCopiesOfItsFile) {
  SourceFiles files;
  const FileId copy = files.add("deploy/app.py", "import json\n"),
               own = files.add("app.py", "import json\n");
  const FileId other = files.add("other.py", "import jsonx\n");
  std::vector<ReportedFinding> findings{finding(0, ""), finding(0, ""), finding(0, "")};
  findings[0].finding.where.file = copy;
  findings[1].finding.where.file = own;
  findings[2].finding.where.file = other;
  fold_copies(files, findings);
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].finding.where.file, own);
  ASSERT_EQ(findings[0].finding.related.size(), 1U);
  EXPECT_EQ(findings[0].finding.related[0].where.file, copy);
  EXPECT_EQ(findings[1].finding.where.file, other);
}

TEST(FoldedCopies, WhatIsSaidOtherwiseStaysApart) {
  SourceFiles files;
  std::vector<ReportedFinding> findings{finding(0, ""), finding(0, "")};
  findings[0].finding.where.file = files.add("a/app.py", "import json\n");
  findings[1].finding.where.file = files.add("b/app.py", "import json\n");
  findings[1].finding.message = "Another is changed.";
  fold_copies(files, findings);
  EXPECT_EQ(findings.size(), 2U);
}

}  // namespace
}  // namespace fnlint
