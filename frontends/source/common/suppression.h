// Which code does a suppression comment cover?
#pragma once

#include "frontends/source/common/code_builder.h"

#include <functional>
#include <string_view>
#include <vector>

namespace fnlint {

// Adds those of a file's comments that are suppressions, and a problem for each that cannot be
// read. One behind code covers its line; one that stands alone covers the next node: the range that
// `next_node` gives for the outermost node beginning at or after an offset (none: an empty range).
void add_suppressions(CodeBuilder& out, std::string_view text, const std::vector<Range>& comments,
                      const std::function<Range(std::uint32_t)>& next_node);

}  // namespace fnlint
