#pragma once

#include "app/suppressions.h"
#include "core/lines.h"

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

// The suppressions among its comments, each with the lines or the node that it covers.
FileSuppressions suppressions_in(CommentedText text);

}  // namespace fnlint
