// Text edits for `--add-suppressions`.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace fnlint {

// How a comment begins in a file; empty: the file has none. `text` tells JSON from YAML.
std::string_view comment_mark_of(std::string_view path, std::string_view text);

// The rules that a comment beside a line, or one above it, is to suppress.
struct LineEdit {
  std::set<std::string> beside = {}, above = {};
};
using LineEdits = std::map<std::uint32_t, LineEdit>;  // by lines from 1

// Whether a comment can stand at the end of that line, behind another that it may have: the line
// does not go on in the next one.
bool can_stand_beside(std::string_view path, std::string_view text, std::uint32_t line);

// The text with these comments. Nothing else of it changes; a comment that suppresses something
// beside its line already takes the rules in.
std::string with_suppressions(std::string_view path, std::string_view text, const LineEdits& edits,
                              std::string_view reason);

// The line that a line of the edited text was before.
std::uint32_t line_before(const LineEdits& edits, std::string_view text, std::uint32_t line);

}  // namespace fnlint
