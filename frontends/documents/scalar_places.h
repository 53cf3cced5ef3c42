#pragma once

#include "model/document.h"

#include <string_view>
#include <vector>

namespace fnlint {

// Finds where the parts of an unescaped text lie in the file, by walking the file's bytes beside
// the text. Each appends rows of one scalar; a place where the two cannot be brought together ends
// the rows early, never misplaces the ones before.

// `raw` is the range inside the quotes, or a plain scalar's. Escapes: how '\' and '' are read.
enum class Escapes : std::uint8_t { None, DoubledQuote, Backslash };
enum class LineBreaks : std::uint8_t { Fold, Keep };
void place_flow_text(std::string_view file, Range raw, std::string_view text, Escapes escapes,
                     LineBreaks breaks, std::vector<Segment>& rows);

// `raw` begins at the '|' or '>' and ends after the last line.
void place_block_text(std::string_view file, Range raw, std::string_view text, bool folded,
                      std::vector<Segment>& rows);

}  // namespace fnlint
