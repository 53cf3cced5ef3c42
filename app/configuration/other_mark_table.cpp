// The suppression comments of other linters, one row each, with the page that documents it.

#include "app/configuration/other_mark_table.h"

#include <array>

namespace fnlint {

namespace {

constexpr std::string_view kCheckov =
    "https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html";
constexpr std::string_view kSemgrep = "https://semgrep.dev/docs/ignoring-files-folders-code";
constexpr std::string_view kSonar =
    "https://docs.sonarsource.com/sonarqube-server/quality-standards-administration/"
    "managing-quality-gates/tracking-inline-comments";
constexpr std::string_view kRuff = "https://docs.astral.sh/ruff/linter/#error-suppression";
constexpr std::string_view kFlake8 = "https://flake8.pycqa.org/en/latest/user/violations.html";
constexpr std::string_view kBandit = "https://bandit.readthedocs.io/en/latest/config.html";
constexpr std::string_view kTflint =
    "https://github.com/terraform-linters/tflint/blob/master/docs/user-guide/annotations.md";
constexpr std::string_view kTrivy =
    "https://trivy.dev/latest/docs/scanner/misconfiguration/config/config/";
constexpr std::string_view kTfsec =
    "https://aquasecurity.github.io/tfsec/latest/guides/configuration/ignores/";
constexpr std::string_view kKics = "https://docs.kics.io/latest/running-kics/";
constexpr std::string_view kEslint = "https://eslint.org/docs/latest/use/configure/rules";
constexpr std::string_view kOxlint = "https://oxc.rs/docs/guide/usage/linter/ignore-comments";

constexpr std::string_view kGitleaks = "https://github.com/gitleaks/gitleaks#gitleaksallow";
constexpr std::string_view kDetectSecrets =
    "https://github.com/Yelp/detect-secrets#inline-allowlisting";

constexpr MarkIds kAllow{.place = MarkPlace::Anywhere, .bare = true};
constexpr MarkIds kSkip{.place = MarkPlace::Anywhere};
constexpr MarkIds kNosem{
    .place = MarkPlace::Anywhere, .before_ids = ":=", .bare = true, .form = IdForm::DottedEnd};
constexpr MarkIds kNosonar{.place = MarkPlace::Anywhere, .before_ids = "(", .bare = true};
constexpr MarkIds kNoqa{
    .place = MarkPlace::AfterHash, .before_ids = ":", .bare = true, .blanks = true};
constexpr MarkIds kRuffIgnore{.place = MarkPlace::AfterHash, .before_ids = "["};
constexpr MarkIds kNosec{
    .place = MarkPlace::AfterHash, .before_ids = ": ", .bare = true, .blanks = true};
constexpr MarkIds kTflintIds{.place = MarkPlace::First, .all = "all"};
constexpr MarkIds kTrivyIds{.place = MarkPlace::Anywhere, .all = "*"};
constexpr MarkIds kKicsAll{.place = MarkPlace::First, .bare = true};
constexpr MarkIds kKicsIds{.place = MarkPlace::First};
constexpr MarkIds kDisable{
    .place = MarkPlace::First, .before_ids = " ", .bare = true, .form = IdForm::Plugin};

// Oxlint obeys ESLint's marks as its own; ESLint does not obey Oxlint's.
constexpr auto kMarkRows = [] {
  using enum MarkReach;
  return std::array{
      MarkRow{"checkov", "", "checkov:skip=", kSkip, Resource, kCheckov},
      MarkRow{"checkov", "", "bridgecrew:skip=", kSkip, Resource, kCheckov},
      MarkRow{"semgrep", "", "nosemgrep", kNosem, LineAndNext, kSemgrep},
      MarkRow{"semgrep", "", "nosem", kNosem, LineAndNext, kSemgrep},
      MarkRow{"sonar-", "", "NOSONAR", kNosonar, Line, kSonar},
      MarkRow{"ruff", "", "noqa", kNoqa, Line, kRuff},
      MarkRow{"ruff", "", "ruff: ignore", kRuffIgnore, Node, kRuff},
      MarkRow{"ruff", "", "ruff: noqa", kNoqa, File, kRuff},
      MarkRow{"ruff", "", "ruff:noqa", kNoqa, File, kRuff},
      MarkRow{"ruff", "", "flake8: noqa", kNoqa, File, kFlake8},
      MarkRow{"ruff", "", "flake8:noqa", kNoqa, File, kFlake8},
      MarkRow{"bandit", "", "nosec", kNosec, Line, kBandit},
      MarkRow{"gitleaks", "", "gitleaks:allow", kAllow, Line, kGitleaks},
      MarkRow{"detect-secrets", "", "pragma: allowlist nextline secret", kAllow, NextLine,
              kDetectSecrets},
      MarkRow{"detect-secrets", "", "pragma: allowlist secret", kAllow, Line, kDetectSecrets},
      MarkRow{"detect-secrets", "", "pragma: whitelist secret", kAllow, Line, kDetectSecrets},
      MarkRow{"tflint", "", "tflint-ignore:", kTflintIds, LineAndNext, kTflint},
      MarkRow{"tflint", "", "tflint-ignore-file:", kTflintIds, Head, kTflint},
      MarkRow{"trivy", "tfsec", "trivy:ignore:", kTrivyIds, Node, kTrivy},
      MarkRow{"trivy", "tfsec", "tfsec:ignore:", kTrivyIds, Node, kTfsec},
      MarkRow{"kics", "", "kics-scan ignore", kKicsAll, Head, kKics},
      MarkRow{"kics", "", "kics-scan disable=", kKicsIds, Head, kKics},
      MarkRow{"kics", "", "kics-scan enable=", kKicsIds, Head, kKics},
      MarkRow{"kics", "", "kics-scan ignore-line", kKicsAll, LineAndNext, kKics},
      MarkRow{"kics", "", "kics-scan ignore-block", kKicsAll, Node, kKics},
      MarkRow{"eslint", "oxlint", "eslint-disable-line", kDisable, Line, kEslint},
      MarkRow{"eslint", "oxlint", "eslint-disable-next-line", kDisable, NextLine, kEslint},
      MarkRow{"eslint", "oxlint", "eslint-disable", kDisable, Onward, kEslint},
      MarkRow{"eslint", "oxlint", "eslint-enable", kDisable, End, kEslint},
      MarkRow{"oxlint", "", "oxlint-disable-line", kDisable, Line, kOxlint},
      MarkRow{"oxlint", "", "oxlint-disable-next-line", kDisable, NextLine, kOxlint},
      MarkRow{"oxlint", "", "oxlint-disable", kDisable, Onward, kOxlint},
      MarkRow{"oxlint", "", "oxlint-enable", kDisable, End, kOxlint},
  };
}();

}  // namespace

std::span<const MarkRow> mark_rows() { return kMarkRows; }

}  // namespace fnlint
