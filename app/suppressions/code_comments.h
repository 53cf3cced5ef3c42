// Comments of sources that no frontend has read.
#pragma once

#include "core/span.h"

#include <string_view>
#include <vector>

namespace fnlint {

// How comments are written in code: "#", or "//" and "/* */".
enum class CommentSyntax : std::uint8_t { None, Hash, Slashes };
CommentSyntax comment_syntax_of(std::string_view path);

// The comments of a code file, in order. What texts hold is none; it is found by their quotes
// alone, so that what a language hides from them (a quote in a regular expression) may hide the
// rest of its line.
std::vector<Range> comments_in(std::string_view text, CommentSyntax syntax);

}  // namespace fnlint
