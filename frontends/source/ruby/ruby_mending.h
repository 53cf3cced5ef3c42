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

}  // namespace fnlint
