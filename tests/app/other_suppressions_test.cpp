// Marks of other tools silence the rules that have those tools' ids as aliases, as far as the tools
// themselves would let them reach.
#include "app/suppressions/other_suppressions.h"

#include "app/files/day.h"
#include "app/suppressions/code_comments.h"
#include "tests/app/program.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace fnlint::other_suppressions_test {
namespace {

constexpr std::array<std::string_view, 6> kDlq{"checkov:CKV_AWS_116", "kics:11111111-aaaa",
                                               "kics:22222222-bbbb",  "cdk-nag:LambdaDLQ",
                                               "cfn-nag:W89",         "guard:LAMBDA_DLQ_CHECK"};
constexpr std::array<std::string_view, 2> kTimeout{"cfn-lint:E3034", "tflint:aws_timeout"};
constexpr std::array<std::string_view, 5> kGlobal{"ruff:B006", "semgrep:mutable-global",
                                                  "trivy:AVD-AWS-0001", "oxlint:import/no-mutable",
                                                  "kics:33333333-cccc"};
constexpr std::array<std::string_view, 3> kCall{"ruff:S113", "bandit:B113", "sonar-python:S7618"};
constexpr std::array<std::string_view, 2> kSecret{"gitleaks:generic-api-key",
                                                  "detect-secrets:KeywordDetector"};
constexpr std::array<std::string_view, 2> kRace{"eslint:require-atomic-updates",
                                                "oxlint:typescript/no-floating"};
constexpr std::array<Rule, 8> kRules{{
    {.id = "config-suppression-unused", .category = "config"},
    {.id = "dlq", .category = "dlq", .aliases = kDlq},
    {.id = "timeout", .category = "timeout", .aliases = kTimeout},
    {.id = "global", .category = "global", .aliases = kGlobal},
    {.id = "call", .category = "call", .aliases = kCall},
    {.id = "secret", .category = "secret", .aliases = kSecret},
    {.id = "race", .category = "race", .aliases = kRace},
    {.id = "plain", .category = "plain"},
}};
constexpr Day kToday = 20'000;  // 2024-10-04

struct Place {
  std::string_view rule, word;
};

// Of findings at words of a file, those that its marks leave: "rule@word".
std::string left(std::string_view path, std::string_view text, const std::vector<Place>& places) {
  const FileId file{0};
  Findings findings;
  for (const auto& [rule, word] : places) {
    const auto at = static_cast<std::uint32_t>(text.find(word));
    EXPECT_LT(at, text.size()) << word;
    findings.push_back({.rule = rule,
                        .message = std::string(word),
                        .where = {file, {at, at + static_cast<std::uint32_t>(word.size())}}});
  }
  apply_suppressions(
      findings, other_suppressions(file, path, text, kRules, kToday),
      [](FileId, std::string_view) { return true; }, kRules, [text](FileId) { return text; },
      kToday);
  std::string out;
  for (const Finding& finding : findings)
    out += cat(out.empty() ? "" : " ", finding.rule, '@', finding.message);
  return out;
}

constexpr std::string_view kTemplate =
    "Resources:\n"
    "  First:\n"
    "    Type: one\n"
    "    # checkov:skip=CKV_AWS_116: it is asked again\n"
    "    Properties: {Timeout: 3}\n"
    "  Second:\n"
    "    Type: two\n"
    "    Properties: {Timeout: 4}\n";

TEST(OtherSuppressions, CheckovsCommentSpeaksOfTheResourceInWhichItStands) {
  EXPECT_EQ(left("t.yaml", kTemplate, {{"dlq", "First"}, {"dlq", "one"}, {"dlq", "Timeout: 3"}}),
            "");
  EXPECT_EQ(left("t.yaml", kTemplate, {{"dlq", "Second"}, {"dlq", "two"}}), "dlq@Second dlq@two");
  const std::string_view last =
      "Resources:\n  F:\n    Type: one  # checkov:skip=CKV_AWS_116\n  G:\n    Type: two\n"
      "    # checkov:skip=CKV_AWS_116\n";
  EXPECT_EQ(left("t.yaml", last, {{"dlq", "one"}, {"dlq", "two"}}), "");
  const std::string_view above = "# checkov:skip=CKV_AWS_116\nResources:\n  F:\n    Type: one\n";
  EXPECT_EQ(left("t.yaml", above, {{"dlq", "one"}}), "dlq@one");
  const std::string_view service =
      "functions:\n  a:\n    # bridgecrew:skip=CKV_AWS_116:why\n    handler: one\n  b: {handler: "
      "two}\n";
  EXPECT_EQ(left("serverless.yml", service, {{"dlq", "one"}, {"dlq", "two"}}), "dlq@two");
}

TEST(OtherSuppressions, InTerraformItSpeaksOfTheBlock) {
  const std::string_view text =
      "resource \"aws_lambda_function\" \"a\" {\n"
      "  runtime = \"one\"\n"
      "  tracing_config {\n"
      "    #checkov:skip=CKV_AWS_1,CKV_AWS_116:\"asked again\"\n"
      "    mode = \"x\"\n"
      "  }\n"
      "}\n"
      "resource \"aws_lambda_function\" \"b\" {\n"
      "  runtime = \"two\"\n"
      "}\n";
  EXPECT_EQ(left("main.tf", text, {{"dlq", "one"}, {"dlq", "two"}}), "dlq@two");
}

TEST(OtherSuppressions, OnlyRulesWithThatToolsIdAreSilent) {
  EXPECT_EQ(left("t.yaml", kTemplate, {{"timeout", "one"}, {"plain", "one"}}),
            "timeout@one plain@one");
  EXPECT_EQ(left("a.py", "x = one  # noqa: CKV_AWS_116, E501\n", {{"dlq", "one"}}), "dlq@one");
  EXPECT_EQ(left("a.py", "x = one  # noqa\n", {{"dlq", "one"}, {"plain", "one"}}),
            "dlq@one plain@one");
}

TEST(OtherSuppressions, NoneIsUnusedUnknownOrExpired) {
  EXPECT_EQ(left("a.py", "x = one  # noqa: B006, XYZ1 until 2020-01-01\n", {}), "");
  EXPECT_EQ(left("a.py", "x = one  # noqa: B006 until 2020-01-01\n", {{"global", "one"}}), "");
}

TEST(OtherSuppressions, NoqaSpeaksOfItsLine) {
  const std::string_view text = "x = one  # noqa: B006,S113\ny = two\n";
  EXPECT_EQ(left("a.py", text, {{"global", "one"}, {"call", "one"}, {"race", "one"}}), "race@one");
  EXPECT_EQ(left("a.py", text, {{"global", "two"}}), "global@two");
  for (const std::string_view form : {"# noqa", "#noqa", "# NoQA: B006", "# noqa : B006",
                                      "# noqa: E501 B006", "# type: ignore # noqa"})
    EXPECT_EQ(left("a.py", cat("x = one  ", form, '\n'), {{"global", "one"}}), "") << form;
  for (const std::string_view form : {"# noqa: E501", "# noqable", "# see noqa", "# noqa: because"})
    EXPECT_EQ(left("a.py", cat("x = one  ", form, '\n'), {{"global", "one"}}), "global@one")
        << form;
}

TEST(OtherSuppressions, RuffAndFlake8MaySpeakOfTheFile) {
  for (const std::string_view form :
       {"# ruff: noqa", "# ruff: noqa: B006", "#ruff:noqa", "# flake8: noqa: E501,B006"})
    EXPECT_EQ(
        left("a.py", cat("x = one\n", form, "\ny = two\n"), {{"global", "one"}, {"global", "two"}}),
        "")
        << form;
  EXPECT_EQ(left("a.py", "# ruff: noqa: B006\nx = one\n", {{"call", "one"}}), "call@one");
}

TEST(OtherSuppressions, RuffsIgnoreSpeaksOfItsLineOrAloneOfTheNext) {
  EXPECT_EQ(left("a.py", "x = one  # ruff: ignore[E501, B006]\ny = two\n",
                 {{"global", "one"}, {"global", "two"}}),
            "global@two");
  EXPECT_EQ(left("a.py", "# ruff: ignore[B006] why\nx = one\ny = two\n",
                 {{"global", "one"}, {"global", "two"}}),
            "global@two");
  EXPECT_EQ(left("a.py", "x = one  # ruff: ignore\n", {{"global", "one"}}), "global@one");
}

TEST(OtherSuppressions, NosecSpeaksOfItsLine) {
  for (const std::string_view form : {"# nosec", "#nosec B113", "# nosec: B101,B113",
                                      "# nosec B101 B113 why", "# nosec as agreed"})
    EXPECT_EQ(left("a.py", cat("x = one  ", form, '\n'), {{"call", "one"}}), "") << form;
  for (const std::string_view form : {"# nosec B101", "# nosec assert_used", "# nosecond"})
    EXPECT_EQ(left("a.py", cat("x = one  ", form, '\n'), {{"call", "one"}}), "call@one") << form;
}

TEST(OtherSuppressions, MarksOfSecretScannersSpeakOfTheirLine) {
  for (const std::string_view form :
       {"// gitleaks:allow", "// pragma: allowlist secret", "// pragma: whitelist secret"})
    EXPECT_EQ(left("a.js", cat("const x = one;  ", form, "\nconst y = two;\n"),
                   {{"secret", "one"}, {"secret", "two"}, {"call", "one"}}),
              "secret@two call@one")
        << form;
  EXPECT_EQ(left("a.py", "# pragma: allowlist nextline secret\nx = one\ny = two\n",
                 {{"secret", "one"}, {"secret", "two"}}),
            "secret@two");
}

TEST(OtherSuppressions, NosonarSpeaksOfItsLine) {
  for (const std::string_view form :
       {"# NOSONAR", "# NOSONAR it is fine", "# NOSONAR(S7618, S1)", "# NOSONAR (see the manual)"})
    EXPECT_EQ(
        left("a.py", cat("x = one  ", form, "\ny = two\n"), {{"call", "one"}, {"call", "two"}}),
        "call@two")
        << form;
  EXPECT_EQ(left("A.java", "f(one); // NOSONAR\n", {{"call", "one"}, {"global", "one"}}),
            "global@one");
  EXPECT_EQ(left("a.py", "x = one  # NOSONAR(S1)\n", {{"call", "one"}}), "call@one");
}

TEST(OtherSuppressions, NosemgrepSpeaksOfItsLineAndTheNext) {
  const std::string_view text = "// nosemgrep: javascript.lang.mutable-global\none\ntwo\n";
  EXPECT_EQ(left("a.js", text, {{"global", "one"}, {"global", "two"}}), "global@two");
  for (const std::string_view form : {"// nosemgrep", "// nosem", "// nosemgrep: a, mutable-global",
                                      "/* nosemgrep */", "// why nosemgrep"})
    EXPECT_EQ(left("a.ts", cat("one ", form, '\n'), {{"global", "one"}}), "") << form;
  for (const std::string_view form : {"// nosemgrep: other", "// nosemgreps"})
    EXPECT_EQ(left("a.ts", cat("one ", form, '\n'), {{"global", "one"}}), "global@one") << form;
  EXPECT_EQ(left("t.yaml", "a:\n  # nosemgrep\n  b: one\n", {{"global", "one"}}), "");
}

TEST(OtherSuppressions, EslintsSpeakOfTheirLineOrTheNext) {
  const std::string_view line =
      "one // eslint-disable-line no-x, require-atomic-updates -- why\ntwo\n";
  EXPECT_EQ(left("a.js", line, {{"race", "one"}, {"race", "two"}}), "race@two");
  const std::string_view next = "zero\n// eslint-disable-next-line\none\ntwo\n";
  EXPECT_EQ(left("a.js", next, {{"race", "zero"}, {"race", "one"}, {"race", "two"}}),
            "race@zero race@two");
  const std::string_view oxlint = "one // oxlint-disable-line import/no-mutable\n";
  EXPECT_EQ(left("a.ts", oxlint, {{"global", "one"}, {"race", "one"}}), "race@one");
}

TEST(OtherSuppressions, EslintDisableSpeaksOfTheRestOfTheFileOrUpToItsEnd) {
  const std::string_view rest = "zero\n/* eslint-disable require-atomic-updates */\none\ntwo\n";
  EXPECT_EQ(left("a.js", rest, {{"race", "zero"}, {"race", "two"}}), "race@zero");
  const std::string_view some =
      "/* eslint-disable */\none\n/* eslint-enable require-atomic-updates */\ntwo\n";
  EXPECT_EQ(left("a.js", some, {{"race", "one"}, {"race", "two"}, {"global", "two"}}), "race@two");
  EXPECT_EQ(
      left("a.js", "/* eslint-disable */\none\n/* oxlint-enable */\ntwo\n", {{"race", "two"}}), "");
}

TEST(OtherSuppressions, OxlintObeysEslintsMarksByItsOwnNames) {
  EXPECT_EQ(left("a.ts", "one // eslint-disable-line @typescript-eslint/no-floating\n",
                 {{"race", "one"}}),
            "");
  EXPECT_EQ(left("a.ts", "one // oxlint-disable-line require-atomic-updates\n", {{"race", "one"}}),
            "race@one");
}

TEST(OtherSuppressions, TflintsSpeakOfTheirLineAndTheNextOrTheFile) {
  const std::string_view text =
      "a {\n  # tflint-ignore: x, aws_timeout # why\n  b = \"one\"\n  c = \"two\"\n}\n";
  EXPECT_EQ(left("main.tf", text, {{"timeout", "one"}, {"timeout", "two"}}), "timeout@two");
  EXPECT_EQ(left("main.tf", "b = \"one\" // tflint-ignore: all\n", {{"timeout", "one"}}), "");
  const std::string_view file = "# words\n\n# tflint-ignore-file: aws_timeout\na = \"one\"\n";
  EXPECT_EQ(left("main.tf", file, {{"timeout", "one"}}), "");
  const std::string_view late = "a = \"one\"\n# tflint-ignore-file: aws_timeout\n";
  EXPECT_EQ(left("main.tf", late, {{"timeout", "one"}}), "timeout@one");
}

TEST(OtherSuppressions, TrivysSpeakOfWhatFollowsUpToTheirLastDay) {
  const auto block = [](std::string_view mark) {
    return left("main.tf", cat(mark, "\na {\n  b = \"one\"\n}\nc {\n  b = \"two\"\n}\n"),
                {{"global", "one"}, {"global", "two"}});
  };
  EXPECT_EQ(block("#trivy:ignore:AVD-AWS-0001"), "global@two");
  EXPECT_EQ(block("#tfsec:ignore:other tfsec:ignore:AVD-AWS-0001"), "global@two");
  EXPECT_EQ(block("# trivy:ignore:*"), "global@two");
  EXPECT_EQ(block("# trivy:ignore:AVD-AWS-0001:exp:2024-10-04"), "global@two");
  EXPECT_EQ(block("# trivy:ignore:AVD-AWS-0001:exp:2024-10-03"), "global@one global@two");
  EXPECT_EQ(block("# trivy:ignore:AVD-AWS-0001:ws:production"), "global@one global@two");
  EXPECT_EQ(left("main.tf", "a {\n  b = \"one\" # trivy:ignore:AVD-AWS-0001\n  c = \"two\"\n}\n",
                 {{"global", "one"}, {"global", "two"}}),
            "global@two");
}

TEST(OtherSuppressions, KicsSpeaksOfALineABlockOrTheFile) {
  const std::vector<Place> both{{"dlq", "one"}, {"dlq", "two"}};
  const std::string_view body = "R:\n  A:\n    b: one\n    c: two\n";
  EXPECT_EQ(left("t.yaml", "R:\n  A:\n    # kics-scan ignore-line\n    b: one\n    c: two\n", both),
            "dlq@two");
  EXPECT_EQ(left("t.yaml", "R:\n  # kics-scan ignore-block\n  A:\n    b: one\n  C: two\n", both),
            "dlq@two");
  EXPECT_EQ(left("t.yaml", cat("---\n# kics-scan ignore\n", body), both), "");
  EXPECT_EQ(left("t.yaml", cat("# kics-scan disable=x,22222222-bbbb\n", body), both), "");
  EXPECT_EQ(left("t.yaml", cat("# kics-scan disable=x\n", body), both), "dlq@one dlq@two");
  EXPECT_EQ(left("t.yaml", cat("# kics-scan enable=11111111-aaaa\n", body),
                 {{"dlq", "one"}, {"global", "one"}}),
            "dlq@one");
  EXPECT_EQ(left("t.yaml", cat(body, "# kics-scan ignore\n"), both), "dlq@one dlq@two");
}

TEST(OtherSuppressions, MetadataSpeaksOfItsResourceOrOfTheTemplate) {
  const auto resource = [](std::string_view metadata) {
    return left(
        "t.yaml",
        cat("Resources:\n  A:\n    Type: one\n    Metadata: ", metadata, "\n  B: {Type: two}\n"),
        {{"dlq", "one"}, {"timeout", "one"}, {"dlq", "two"}, {"timeout", "two"}});
  };
  const std::string_view kOnlyTimeout = "timeout@one dlq@two timeout@two";
  EXPECT_EQ(resource("{cfn-lint: {config: {ignore_checks: [W1, E3034]}}}"),
            "dlq@one dlq@two timeout@two");
  EXPECT_EQ(resource("{cfn-lint: {config: {ignore_checks: [E3]}}}"), "dlq@one dlq@two timeout@two");
  EXPECT_EQ(resource("{checkov: {skip: [{id: CKV_AWS_116, comment: why}]}}"), kOnlyTimeout);
  EXPECT_EQ(resource("{cfn_nag: {rules_to_suppress: [{id: W89}]}}"), kOnlyTimeout);
  EXPECT_EQ(
      resource("{cdk_nag: {rules_to_suppress: [{id: NIST.800.53.R5-LambdaDLQ, reason: why}]}}"),
      kOnlyTimeout);
  EXPECT_EQ(resource("{guard: {SuppressedRules: [LAMBDA_DLQ_CHECK]}}"), kOnlyTimeout);
  EXPECT_EQ(resource("{checkov: {skip: CKV_AWS_116}, cdk_nag: [1], cfn-lint: 3}"),
            "dlq@one timeout@one dlq@two timeout@two");
  EXPECT_EQ(left("t.json",
                 R"({"Metadata": {"cfn-lint": {"config": {"ignore_checks": ["E3034"]}}},
                     "Resources": {"A": {"Type": "one"}}})",
                 {{"timeout", "one"}}),
            "");
}

TEST(OtherSuppressions, TextsAreNoComments) {
  EXPECT_EQ(left("a.py", "x = '# noqa', one\n", {{"global", "one"}}), "global@one");
  EXPECT_EQ(left("a.py", "\"\"\"\n# ruff: noqa\n\"\"\"\nx = one\n", {{"global", "one"}}),
            "global@one");
  EXPECT_EQ(left("a.js", "x = `// nosemgrep\n`, one\n", {{"global", "one"}}), "global@one");
  EXPECT_EQ(left("a.js", "x = one // it's\ny = 'a' // nosemgrep\n", {{"global", "one"}}),
            "global@one");
  EXPECT_EQ(left("t.yaml", "a: '# nosemgrep'\nb: one\n", {{"global", "one"}}), "global@one");
}

TEST(OtherSuppressions, AreReadInWhateverIsBroken) {
  for (const std::string_view text :
       {"", "# noqa", "/* eslint-disable", "// eslint-disable-next-line", "'''# noqa", "#", "/*",
        "# kics-scan ignore-block", "# checkov:skip=", "// trivy:ignore:", "# nosec", "`\\`\\`"})
    for (const std::string_view path : {"a.py", "a.js", "t.yaml", "main.tf", "t.json"})
      EXPECT_EQ(left(path, text, {}), "") << path << ' ' << text;
}

TEST(OtherSuppressions, ALongCommentIsNoMoreThanAnother) {
  std::string text = "one // ";
  while (text.size() < 100'000) text += "nosemgrep ";
  EXPECT_EQ(left("a.js", text, {{"global", "one"}, {"race", "one"}}), "race@one");
  const std::vector<Suppression> found =
      other_suppressions(FileId{0}, "a.js", text, kRules, kToday);
  ASSERT_LE(found.size(), 64U);
  EXPECT_EQ(found.front().comment.reason.size(), 200U);
}

// One run: a call that waits for ever, which has ids of Ruff, Bandit and Sonar.
const std::string kFunction =
    "Transform: AWS::Serverless-2016-10-31\n"
    "Resources:\n"
    "  F:\n"
    "    Type: AWS::Serverless::Function\n"
    "    Properties: {Handler: app.handler, Runtime: python3.13, CodeUri: ., Timeout: 30}\n";
const std::string kCode =
    "import requests\n"
    "\n"
    "def handler(event, context):\n"
    "    return requests.get('https://example.org').text  # noqa: S113 the other side answers\n";
const std::vector<std::string> kRun{"--output-format", "json", "--show-suppressed", "--select",
                                    "reliability-call-without-timeout,config-suppression"};

TEST(OtherSuppressions, ARunTellsOfThemInTheToolsWords) {
  test::Program program;
  program.folder.write("template.yaml", kFunction);
  program.folder.write("app.py", kCode);
  EXPECT_EQ(program(kRun), 0) << program.out.str();
  const nlohmann::json document = program.parsed();
  EXPECT_EQ(document["findings"].size(), 0U);
  ASSERT_EQ(document["suppressed"].size(), 1U);
  const nlohmann::json& one = document["suppressed"][0];
  EXPECT_EQ(one["rule"], "reliability-call-without-timeout");
  EXPECT_EQ(one["suppression"]["line"], 4);
  EXPECT_EQ(one["suppression"]["reason"], "noqa: S113 the other side answers");
}

TEST(OtherSuppressions, TheConfigurationTurnsThemOff) {
  test::Program program;
  program.folder.write("template.yaml", kFunction);
  program.folder.write("app.py", kCode);
  program.folder.write(".fnlint.yaml", "other-suppressions: false\n");
  EXPECT_EQ(program(kRun), 1);
  EXPECT_EQ(program.parsed()["findings"].size(), 1U);
  program.folder.write(".fnlint.yaml", "other-suppressions: perhaps\n");
  EXPECT_EQ(program(kRun), 2);
  EXPECT_NE(program.err.str().find(".fnlint.yaml:1:21: 'other-suppressions' must be true or false"),
            std::string::npos)
      << program.err.str();
}

}  // namespace
}  // namespace fnlint::other_suppressions_test
