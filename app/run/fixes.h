// From what a check wants to be changed to edits of bytes.
#pragma once

#include "app/files/source_files.h"
#include "model/finding.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Makes edits of the changes of each fix, by the texts in which they stand. A fix of which a change
// cannot be made surely goes: another text stands there, a program computes it, an entry shares its
// line with something else.
void make_edits(const SourceFiles& files, Findings& findings);

// The edit that a change is in a text, its place in bytes; nothing: it cannot be made.
std::optional<TextEdit> edit_of(const FixStep& change, std::string_view text);

// A text with edits made that do not overlap; of those that do, the first. `made`, of as many rows
// as edits: which were.
std::string edited(std::string_view text, const std::vector<TextEdit>& edits,
                   std::vector<bool>& made);

}  // namespace fnlint
