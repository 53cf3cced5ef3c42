// How findings are recognised when lines move.

#include "report/fingerprints.h"

#include "tests/report/sample.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

using Hashes = std::vector<std::string>;

// The vectors are those that code scanning's own upload action is tested with.
TEST(LineHashes, AreThoseOfCodeScanning) {
  EXPECT_EQ(line_hashes(""), Hashes{"c129715d7a2bc9a3:1"});
  EXPECT_EQ(line_hashes(" a\nb\n  \t\tc\n d"), (Hashes{"271789c17abda88f:1", "54703d4cd895b18:1",
                                                       "180aee12dab6264:1", "a23a3dc5e078b07b:1"}));
}

TEST(LineHashes, ALineEndIsOneWhateverItsBytes) {
  const Hashes unix_ends = line_hashes("one\ntwo\nthree");
  EXPECT_EQ(line_hashes("one\r\ntwo\r\nthree"), unix_ends);
  EXPECT_EQ(line_hashes("one\rtwo\rthree"), unix_ends);
}

TEST(LineHashes, EqualBeginningsAreCounted) {
  const std::string block = std::string(120, 'x') + '\n';
  const Hashes hashes = line_hashes(block + block);
  ASSERT_EQ(hashes.size(), 3U);
  EXPECT_TRUE(hashes[0].ends_with(":1"));
  EXPECT_EQ(hashes[1], hashes[0].substr(0, hashes[0].size() - 1) + "2");
}

void fill(test::Sample& sample, const std::string& text) {
  const FileId file = sample.file("template.yaml", text);
  sample.add("runtime-deprecated", sample.at(file, "nodejs12.x"), "old");
  sample.arranged();
}

TEST(Fingerprint, StaysWhenLinesMove) {
  test::Sample before, after;
  fill(before, "Runtime: nodejs12.x\n");
  fill(after, "# a comment\n\nRuntime:   nodejs12.x\n");
  EXPECT_EQ(before.report.findings[0].fingerprint, after.report.findings[0].fingerprint);
  EXPECT_EQ(before.report.findings[0].fingerprint.size(), 16U);
}

TEST(Fingerprint, DiffersByRuleFunctionAndContext) {
  const std::string one = fingerprint_of("rule", "F", "context", 1);
  EXPECT_EQ(one, fingerprint_of("rule", "F", "context", 1));
  EXPECT_NE(one, fingerprint_of("rule", "Fc", "ontext", 1));
  EXPECT_NE(one, fingerprint_of("rules", "F", "context", 1));
  EXPECT_NE(one, fingerprint_of("rule", "F", "context", 2));
}

TEST(Fingerprint, EqualFindingsAreToldApart) {
  test::Sample sample;
  const FileId file = sample.file("template.yaml", "Runtime: a\nRuntime: a\n");
  for (const std::uint32_t begin : {9U, 20U})
    sample.add("runtime-deprecated", {file, {begin, begin + 1}}, "old").function = "F";
  const Report& report = sample.arranged();
  EXPECT_NE(report.findings[0].fingerprint, report.findings[1].fingerprint);
}

std::string fingerprint_at(const Report& report, std::string_view path) {
  for (const ReportedFinding& each : report.findings)
    if (report.files[each.finding.where.file.index].path == path) return each.fingerprint;
  return {};
}

TEST(Fingerprint, StaysWhenAProjectLikeItIsAddedBeforeIt) {
  const std::string text = "Runtime: nodejs12.x\n";
  test::Sample alone, both, moved;
  const auto add = [&](test::Sample& sample, const std::string& path) {
    const FileId file = sample.file(path, text);
    sample.add("runtime-deprecated", sample.at(file, "nodejs12.x"), "old").function = "F";
  };
  add(alone, "b/template.yaml");
  add(both, "b/template.yaml");
  add(both, "a/template.yaml");
  add(moved, "../c/d/template.yaml");
  const std::string known = fingerprint_at(alone.arranged(), "b/template.yaml");
  EXPECT_EQ(fingerprint_at(both.arranged(), "b/template.yaml"), known);
  EXPECT_EQ(fingerprint_at(moved.arranged(), "../c/d/template.yaml"), known);
}

}  // namespace
}  // namespace fnlint
