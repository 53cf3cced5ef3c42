// Which findings comments and metadata silence, and what is said of those that silence none.

#include "app/suppressions/suppressions.h"

#include "core/text.h"
#include "tests/app/some_rules.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace fnlint::suppressions_test {
namespace {

constexpr std::array<Rule, 2> kMistakes{{
    {.id = "config-suppression-expired", .category = "config", .made_by = RuleMaker::App},
    {.id = "config-suppression-unknown", .category = "config", .made_by = RuleMaker::App},
}};
constexpr Day kToday = 20'000;  // 2024-10-04

const std::vector<Rule>& some_rules() {
  static const std::vector<Rule> kRules = [] {
    std::vector<Rule> rules(test::kSomeRules.begin(), test::kSomeRules.end());
    rules.insert(rules.end(), kMistakes.begin(), kMistakes.end());
    return rules;
  }();
  return kRules;
}

// Findings at words of one text, after its own suppressions; each as "rule@word" or, of an unused
// suppression, "rule: message".
struct Case {
  std::string text;
  std::vector<std::pair<std::string_view, std::string_view>> findings;  // rule and word
  std::string_view step = {};  // a word where the flow of every finding passes
};

std::vector<std::string> remaining(const Case& given,
                                   std::vector<std::string_view> in_effect = {}) {
  const FileId file{0};
  const auto place = [&](std::string_view word) {
    const auto at = static_cast<std::uint32_t>(given.text.find(word));
    return Span{file, {at, at + static_cast<std::uint32_t>(word.size())}};
  };
  Findings findings;
  for (const auto& [rule, word] : given.findings) {
    findings.push_back({.rule = rule, .message = std::string(word), .where = place(word)});
    if (!given.step.empty()) findings.back().flow.push_back({place(given.step), "step"});
  }
  std::vector<Suppression> suppressions;
  for (SuppressionComment& comment : template_suppressions(given.text).comments) {
    settle_rules(comment, some_rules());
    suppressions.push_back({file, std::move(comment)});
  }
  const auto is_in_effect = [&](FileId, std::string_view rule) {
    return in_effect.empty() || std::ranges::find(in_effect, rule) != in_effect.end();
  };
  apply_suppressions(
      findings, suppressions, is_in_effect, some_rules(),
      [&](FileId) { return std::string_view(given.text); }, kToday);
  std::vector<std::string> out;
  for (const Finding& finding : findings)
    out.push_back(std::string(finding.rule) + (finding.rule.starts_with("config-") ? ": " : "@") +
                  finding.message);
  return out;
}

using Rows = std::vector<std::string>;
constexpr std::string_view kLoop = "loop-s3-recursion", kInit = "init-heavy-import";

TEST(Suppressions, ACommentBesideALineSpeaksOfThatLine) {
  const Case given{"a: one # fnlint: ignore[loop-s3-recursion] counted\nb: two\n",
                   {{kLoop, "one"}, {kLoop, "two"}}};
  EXPECT_EQ(remaining(given), Rows{"loop-s3-recursion@two"});
}

TEST(Suppressions, ACommentOnItsOwnLineSpeaksOfTheNextNode) {
  const Case given{
      "Resources:\n"
      "  # fnlint: ignore[loop-s3-recursion]\n"
      "\n"
      "  First:\n"
      "    Type: one\n"
      "  Second:\n"
      "    Type: two\n",
      {{kLoop, "one"}, {kLoop, "two"}}};
  EXPECT_EQ(remaining(given), Rows{"loop-s3-recursion@two"});
}

TEST(Suppressions, TheNextNodeMayBeAListsItem) {
  const Case given{
      "list:\n"
      "  # fnlint: ignore[loop]\n"
      "  - x: one\n"
      "    y: more\n"
      "  - x: two\n",
      {{kLoop, "one"}, {kLoop, "more"}, {kLoop, "two"}}};
  EXPECT_EQ(remaining(given), Rows{"loop-s3-recursion@two"});
}

TEST(Suppressions, OnlyTheNamedRulesAreSilent) {
  const Case given{"a: one # fnlint: ignore[loop-, init]\n", {{kLoop, "one"}, {kInit, "one"}}};
  EXPECT_EQ(remaining(given), Rows{});
  const Case other{"a: one # fnlint: ignore[loop]\n", {{kLoop, "one"}, {kInit, "one"}}};
  EXPECT_EQ(remaining(other), Rows{"init-heavy-import@one"});
}

// Who forgets the brackets does not mean to silence everything.
TEST(Suppressions, RulesWithoutBracketsAreNamedAllTheSame) {
  const auto settled = [](std::string reason) {
    SuppressionComment comment{.reason = std::move(reason)};
    settle_rules(comment, some_rules());
    std::string words;
    for (const std::string& rule : comment.rules) words += rule + ' ';
    return words + "| " + comment.reason;
  };
  EXPECT_EQ(settled("init-heavy-import"), "init-heavy-import | ");
  EXPECT_EQ(settled("init-heavy-import, loop-s3-recursion: moves in spring"),
            "init-heavy-import loop-s3-recursion | moves in spring");
  EXPECT_EQ(settled("CKV_AWS_116 asked again"), "CKV_AWS_116 | asked again");
  EXPECT_EQ(settled("init-havy-import moves"), "init-havy-import | moves") << "reported as unknown";
  EXPECT_EQ(settled("generated code, see init-heavy-import"),
            "ALL | generated code, see init-heavy-import");
  EXPECT_EQ(settled("false-positive"), "ALL | false-positive");
  EXPECT_EQ(settled(""), "ALL | ");
  const std::string text = "a: x # fnlint: ignore init-heavy-import\n";
  EXPECT_EQ(remaining({text, {{kLoop, "x"}, {kInit, "x"}}}), Rows{"loop-s3-recursion@x"});
}

TEST(Suppressions, ACommentForTheFileSpeaksOfAllOfIt) {
  const Case given{"a: one\n# fnlint: ignore-file[loop]\nb: two\n",
                   {{kLoop, "one"}, {kLoop, "two"}}};
  EXPECT_EQ(remaining(given), Rows{});
}

TEST(Suppressions, AStepOfTheFlowCountsAsThePlace) {
  const Case given{"a: one\nb: two # fnlint: ignore[loop]\n", {{kLoop, "one"}}, "two"};
  EXPECT_EQ(remaining(given), Rows{});
}

TEST(Suppressions, MetadataSpeaksOfItsResource) {
  const Case given{R"({"Resources": {
    "First": {"Type": "one", "Metadata": {"fnlint": {"ignore": ["loop-s3-recursion"]}}},
    "Second": {"Type": "two"}}})",
                   {{kLoop, "one"}, {kLoop, "two"}}};
  EXPECT_EQ(remaining(given), Rows{"loop-s3-recursion@two"});
}

TEST(Suppressions, MetadataOfTheTemplateSpeaksOfAllOfIt) {
  const Case given{R"({"Metadata": {"fnlint": {"ignore": "loop"}}, "Resources": {"A": "one"}})",
                   {{kLoop, "one"}}};
  EXPECT_EQ(remaining(given), Rows{});
}

TEST(Suppressions, TextsAndCodeInsideATemplateAreNoComments) {
  const Case given{
      "a: \"one # fnlint: ignore[loop]\"\n"
      "b: |\n"
      "  two # fnlint: ignore[loop]\n"
      "c: three#fnlint: ignore[loop]\n",
      {{kLoop, "one"}, {kLoop, "two"}, {kLoop, "three"}}};
  EXPECT_EQ(remaining(given).size(), 3U);
}

TEST(Suppressions, OneThatSuppressesNothingIsReported) {
  EXPECT_EQ(
      remaining({"a: one # fnlint: ignore[loop-s3-recursion]\n", {}}),
      Rows{"config-suppression-unused: This suppression matches no finding of loop-s3-recursion."});
  EXPECT_EQ(remaining({"a: one # fnlint: ignore\n", {}}),
            Rows{"config-suppression-unused: This suppression matches no finding."});
}

TEST(Suppressions, OfSeveralRulesEachIsJudged) {
  const Case given{"a: one # fnlint: ignore[loop, init]\n", {{kLoop, "one"}}};
  EXPECT_EQ(remaining(given),
            Rows{"config-suppression-unused: This suppression matches no finding of init."});
}

TEST(Suppressions, AMistypedRuleIsReportedWithASuggestion) {
  const Case given{"a: one # fnlint: ignore[loop-s3-recursoin]\n", {{kLoop, "one"}}};
  EXPECT_EQ(remaining(given), (Rows{"loop-s3-recursion@one",
                                    "config-suppression-unknown: Unknown name in a suppression: no "
                                    "rule, category or profile is named "
                                    "'loop-s3-recursoin'; did you mean 'loop-s3-recursion'?"}));
}

TEST(Suppressions, OneThatIsPastItsDayIsReportedAndSuppressesNothing) {
  const Case given{"a: one # fnlint: ignore[loop] moves in autumn, until 2024-10-03\n",
                   {{kLoop, "one"}}};
  EXPECT_EQ(remaining(given),
            (Rows{"loop-s3-recursion@one",
                  "config-suppression-expired: This suppression of loop expired on 2024-10-03."}));
  const Case metadata{R"({"Resources": {
    "First": {"Type": "one", "Metadata": {"fnlint": {"ignore": ["loop"], "until": "2024-01-31"}}}}})",
                      {{kLoop, "one"}}};
  EXPECT_EQ(remaining(metadata).size(), 2U);
}

TEST(Suppressions, AnExpiredOneIsReportedOnceWithItsRulesAndItsDay) {
  EXPECT_EQ(
      remaining({R"({"Resources": {"First": {"Type": "one", "Metadata":
      {"fnlint": {"ignore": ["loop", "init-"], "until": "2024-01-31"}}}}})",
                 {}}),
      Rows{"config-suppression-expired: This suppression of loop, init- expired on 2024-01-31."});
  EXPECT_EQ(remaining({"a: one # fnlint: ignore until 2024-01-31\n", {}}),
            Rows{"config-suppression-expired: This suppression expired on 2024-01-31."});
}

TEST(Suppressions, ManifestsAndDockerfilesHaveThemInTheirComments) {
  const auto reach = [](std::string_view path, std::string_view text) {
    const LineSyntax syntax = line_syntax_of(path);
    if (syntax == LineSyntax::None) return std::string("none");
    std::string covered;
    for (const SuppressionComment& each :
         line_suppressions(text, syntax == LineSyntax::HashAndSlashes).comments)
      covered += cat('<', text.substr(each.covers.begin, each.covers.end - each.covers.begin), '>');
    return covered;
  };
  EXPECT_EQ(reach("src/requirements-dev.txt",
                  "boto3 @ https://example.org/boto3.zip\npytest>=8 # fnlint: ignore[init]\n"),
            "<pytest>=8 # fnlint: ignore[init]>");
  EXPECT_EQ(reach("requirements.txt", "# fnlint: ignore[init]\npytest>=8\nnumpy\n"),
            "<pytest>=8>");
  EXPECT_EQ(reach("Dockerfile", "FROM a\n# fnlint: ignore\nRUN one \\\n  two\nCMD [\"x\"]\n"),
            "<RUN one \\\n  two>");
  EXPECT_EQ(reach("pyproject.toml",
                  "[project]\n# fnlint: ignore[init]\ndependencies = [\n  \"#a\",\n]\nname = 1\n"),
            "<dependencies = [\n  \"#a\",\n]>");
  EXPECT_EQ(reach("go.mod", "require (\n\ta v1 // fnlint: ignore[init]\n)\n"),
            "<\ta v1 // fnlint: ignore[init]>");
  EXPECT_EQ(reach("notes.txt", "# fnlint: ignore\n"), "none");
}

TEST(Suppressions, OneThatCannotBeReadIsAProblemInEveryKindOfFile) {
  for (const FileSuppressions& found :
       {template_suppressions("a: 1 # fnlint: disable=loop\n"),
        line_suppressions("pytest # fnlint: ignore[loop\n", false)}) {
    EXPECT_TRUE(found.comments.empty());
    ASSERT_EQ(found.problems.size(), 1U);
    EXPECT_NE(found.problems[0].message, "");
  }
}

TEST(Suppressions, OnItsLastDayOneStillSuppresses) {
  for (const std::string_view reason :
       {"until 2024-10-04", "until 2025-01-31: then it is gone", "until 2024-13-45", "until spring",
        "until 2024-10-031"})
    EXPECT_EQ(remaining({cat("a: one # fnlint: ignore[loop] ", reason, "\n"), {{kLoop, "one"}}}),
              Rows{})
        << reason;
}

TEST(Suppressions, OneForARuleThatIsNotInEffectIsNotUnused) {
  const Case given{"a: one # fnlint: ignore[loop]\n", {}};
  EXPECT_EQ(remaining(given, {kInit, kSuppressionUnused}), Rows{});
  EXPECT_EQ(remaining(given, {kLoop}), Rows{});
  EXPECT_EQ(remaining({"a: one # fnlint: ignore\n", {}}, {kInit, kSuppressionUnused}), Rows{});
}

TEST(Suppressions, TheReportOfAnUnusedOneCanBeSuppressed) {
  const Case given{
      "# fnlint: ignore-file[config-suppression-unused]\n"
      "a: one # fnlint: ignore[loop]\n",
      {}};
  EXPECT_EQ(remaining(given), Rows{});
}

TEST(Suppressions, WhatOneSilencesIsGivenBackWithTheFirstThatDid) {
  const std::string text =
      "# fnlint: ignore-file[init]\na: one # fnlint: ignore[loop] counted\n"
      "# fnlint: ignore-file[loop-s3-recursion]\nb: two\n";
  const FileId file{0};
  std::vector<Suppression> suppressions;
  for (SuppressionComment& comment : template_suppressions(text).comments)
    suppressions.push_back({file, std::move(comment)});
  const auto at = static_cast<std::uint32_t>(text.find("one"));
  Findings findings{{.rule = kLoop, .message = "m", .where = {file, {at, at + 3}}}};
  const std::vector<SilencedFinding> silenced = apply_suppressions(
      findings, suppressions, [](FileId, std::string_view) { return true; }, some_rules(),
      [&](FileId) { return std::string_view(text); }, kToday);
  ASSERT_EQ(silenced.size(), 1U);
  EXPECT_EQ(silenced[0].finding.message, "m");
  EXPECT_EQ(suppressions[silenced[0].suppression].comment.reason, "counted");
}

TEST(Suppressions, ABrokenTemplateStillHasItsComments) {
  const Case given{"a: one # fnlint: ignore[loop]\nb: [\n", {{kLoop, "one"}}};
  EXPECT_EQ(remaining(given), Rows{});
}

}  // namespace
}  // namespace fnlint::suppressions_test
