#pragma once

#include "frontends/source/code_builder.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What one comment asks for. Not a suppression: neither is set. Meant as one, but not readable:
// only `mistake`, which says what is wrong.
struct ParsedSuppression {
  std::optional<SuppressionComment> comment = {};  // reach Line or File, nothing covered yet
  std::string mistake = {};
};

// Reads `fnlint: ignore[rule, rule] reason` or `fnlint: ignore-file[rule] reason` out of a comment,
// whose markers (#, //, /* */) are still there and which may say other things before it.
ParsedSuppression parse_suppression(std::string_view comment, Range where);

// Adds those of a file's comments that are suppressions, and a problem for each that cannot be
// read. One behind code covers its line; one that stands alone covers the next node: the range that
// `next_node` gives for the outermost node beginning at or after an offset (none: an empty range).
void add_suppressions(CodeBuilder& out, std::string_view text, const std::vector<Range>& comments,
                      const std::function<Range(std::uint32_t)>& next_node);

}  // namespace fnlint
