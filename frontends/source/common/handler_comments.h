// Keeps comments in error handlers: they may say that an error is dropped on purpose.
#pragma once

#include "model/code.h"

#include <string_view>
#include <vector>

namespace fnlint {

// Adds those comments of a file that stand in handlers of errors, which may say what is meant.
void add_handler_comments(CodeFacts& facts, std::string_view text,
                          const std::vector<Range>& comments);

}  // namespace fnlint
