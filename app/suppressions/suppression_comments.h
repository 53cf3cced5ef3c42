// `fnlint:` comments in templates and other texts, with what they cover.
#pragma once

#include "app/suppressions/suppressions.h"
#include "core/lines.h"
#include "model/document.h"

#include <optional>
#include <string_view>
#include <vector>

namespace fnlint {

// What a file is made of, as far as its comments are concerned.
struct CommentedText {
  std::string_view text = {};
  std::vector<Range> scalars = {};  // in which no comment begins
  std::vector<Range> nodes = {};    // what a comment on its own line may speak of
  bool slashes = false;             // "//" begins a comment as well
};

// Of a template, whose document the text is, and of a syntax of lines, in which "#", and "//" where
// `slashes`, begins a comment.
CommentedText commented_document(const Document& document, std::string_view text);
Range range_of(const Document& document, const MapEntry& entry);  // with its key
CommentedText commented_lines(std::string_view text, bool slashes);

// Where its comments are, up to the ends of their lines.
std::vector<Range> comments_of(const CommentedText& text);

// The suppressions among its comments, each with the lines or the node that it covers.
FileSuppressions suppressions_in(CommentedText text);

}  // namespace fnlint
