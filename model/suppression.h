// The syntax of suppressions, the same in every language that has comments.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What a comment says to the linter, in any file: "fnlint: ignore[rule, rule] reason" for its
// place, "fnlint: ignore-file[rule] reason" for the whole file. Without brackets it has no rules:
// which are meant, the reason says (settle_rules).
struct SuppressionText {
  bool whole_file = false;
  std::vector<std::string> rules = {};  // ids and other selectors; "ALL" for every rule
  std::string reason = {};
  std::string mistake = {};  // meant for the linter, and not readable: what is wrong; no rules
};

// `comment` is the comment's text, its marks included or not. Nothing for any other comment.
std::optional<SuppressionText> read_suppression(std::string_view comment);

}  // namespace fnlint
