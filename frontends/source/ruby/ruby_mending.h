// Repairs Ruby texts that a single fault would make unreadable as a whole.
#pragma once

#include "core/span.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

struct MendedRuby {
  std::string text = {};
  std::vector<Range> lines = {};  // that were changed
};

// One `end` too few or too many makes the whole file unreadable. Where the indentation says which
// line has lost its `end`, that line is blanked, or the line before the next definition becomes the
// `end`: offsets stay. Nothing when the indentation finds no fault.
std::optional<MendedRuby> mended_by_indentation(std::string_view text);

// A heredoc inside of another one, which the grammar's scanner does not take: `%Q~…~` in its place,
// byte for byte.
std::string without_inner_heredocs(std::string_view text);

// Whether a heredoc begins before an offset: behind it the scanner may have lost its place.
bool has_heredoc_before(std::string_view text, std::size_t offset);

}  // namespace fnlint
