#pragma once

#include "core/id.h"
#include "core/problem.h"
#include "model/code.h"
#include "model/finding.h"
#include "model/rule.h"
#include "model/settings.h"

#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

// What silences findings, from comments and from a template's Metadata, and what is reported of
// suppressions that are unused, unknown or expired.
namespace fnlint {

inline constexpr std::string_view kSuppressionUnused = "config-suppression-unused";
inline constexpr std::string_view kSuppressionUnknown = "config-suppression-unknown";
inline constexpr std::string_view kSuppressionExpired = "config-suppression-expired";

// A comment, or an entry of a template's Metadata, in one of the run's files.
struct Suppression {
  FileId file = {};
  SuppressionComment comment = {};
  bool of_other_tool = false;  // it is never unused, unknown or expired
};

struct FileSuppressions {
  std::vector<SuppressionComment> comments = {};
  Problems problems = {};  // what was meant as one and cannot be read
};

// Those of a template: comments (not those inside of texts), and "Metadata: {fnlint: {ignore:
// [rule]}}" of a resource or of the whole template.
FileSuppressions template_suppressions(std::string_view text);
// The same in a syntax of lines, in which "#", and "//" where `slashes`, begins a comment.
FileSuppressions line_suppressions(std::string_view text, bool slashes);
// Manifests, lock files, Dockerfiles and Terraform are written so; the others are not.
enum class LineSyntax : std::uint8_t { None, Hash, HashAndSlashes };
LineSyntax line_syntax_of(std::string_view path);

// Gives a comment without brackets its rules: those that its reason begins with, whose names may be
// mistyped, or else all.
void settle_rules(SuppressionComment& comment, std::span<const Rule> rules);

// The day that a reason names as the suppression's last: "... until 2027-01-31".
std::optional<Day> last_day(std::string_view reason);

// A finding that was removed, and the row of what did it.
struct SilencedFinding {
  Finding finding = {};
  std::size_t suppression = 0;
};

// Whether a rule is in effect in a file.
using IsInEffect = std::function<bool(FileId file, std::string_view rule)>;

// Removes the findings that are suppressed, which it returns: at their own place or at a step of
// their flow. A suppression whose last day is before `today` suppresses nothing. Of the rules above
// it reports those that are in effect there: unused is what suppressed nothing of rules that are in
// effect as well. `text_of` gives a file's text.
std::vector<SilencedFinding> apply_suppressions(
    Findings& findings, std::span<const Suppression> suppressions, const IsInEffect& is_in_effect,
    std::span<const Rule> rules, const std::function<std::string_view(FileId)>& text_of, Day today);

}  // namespace fnlint
