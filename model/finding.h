#pragma once

#include "core/span.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What is wrong, and where: a finding with its places, its reasons and its fixes.
namespace fnlint {

enum class Severity : std::uint8_t { Note, Warning, Error };
enum class Confidence : std::uint8_t { Possible, Likely, Certain };

struct PlacedText {
  Span where = {};
  std::string message = {};
};

// An edit of one text: `text` in the place of the bytes of `where`. Edits of a fix are of one
// moment: none rests on another having been made.
struct TextEdit {
  Span where = {};
  std::string text = {};
};

// Whether the fix leaves what is deployed, and what it does, as they are but for the finding.
enum class FixSafety : std::uint8_t { Safe, Unsafe };

// What a check would have changed, in terms of the template or the code. How that is written in the
// file that it stands in is found out of its text (app/run/fixes.h).
struct FixStep {
  Span where = {};  // of the value
  Span key = {};    // taken out with the value where it exists; else the value is replaced ...
  std::string replaces = {};  // ... if this stands there, between quotes or not ...
  std::string by = {};        // ... by this
};

struct Fix {
  std::string title = {};  // "Remove 'Layers'": an order, without a full stop
  FixSafety safety = FixSafety::Unsafe;
  std::vector<FixStep> steps = {};
  std::vector<TextEdit> edits = {};  // by file and place; none overlaps another
};

// Findings of a rule that one remedy settles are told as one where they are many.
struct Cause {
  std::string key = {};      // empty: the finding stands alone
  std::string subject = {};  // what is only this one's: "zod"; empty: its place alone
  std::size_t apart = 3;     // as many are told each at its own place
  // What is said of each other place, where only the gravest is told whatever the others are;
  // empty: those alone are one of which the same is said.
  std::string also = {};
};

// What a check reports. `severity` is the rule's, or what semantics name for this case; the level
// that is shown also depends on the confidence (level_of).
struct Finding {
  std::string_view rule = {};
  Confidence confidence = Confidence::Certain;
  std::optional<Severity> severity = {};  // absent: the rule's own
  std::string message = {};
  Span where = {};
  std::string function = {};  // logical id; empty: none. Functions of several stacks may share one:
  std::uint32_t declared = UINT32_MAX;  // row of Stacks::functions, where the check has said which
  std::vector<PlacedText> related = {};
  std::vector<PlacedText> flow = {};
  // Paths that it is about without a place in them: a file without a handler, one that is missing.
  std::vector<std::string> about = {};
  std::string identity =
      {};  // normalised context for the fingerprint: what stays equal when lines move
  Cause cause = {};
  std::vector<Fix> fixes = {};  // each by itself settles it
  std::string remedy = {};      // in place of the rule's; empty: that
};
using Findings = std::vector<Finding>;

// The rule's severity when certain, one lower when likely, a note when possible.
constexpr Severity level_of(Severity severity, Confidence confidence) {
  if (confidence == Confidence::Possible) return Severity::Note;
  if (confidence == Confidence::Likely && severity != Severity::Note)
    return severity == Severity::Error ? Severity::Warning : Severity::Note;
  return severity;
}

}  // namespace fnlint
