// Pattern against pattern: does a partly known text match a glob always, never, or sometimes?
#pragma once

#include "values/compute.h"

namespace fnlint {

// The string question: can a text with holes match a glob ("*" any bytes, "?" one byte), must it,
// or either?
struct Piece {
  std::string_view text = {},
                   excludes = {};  // a hole: any bytes but those in `excludes`, also none
  bool hole = false;
};
// Settled by the literal ends nearly always; the walk that is left costs `budget` at most, and then
// answers Unknown.
Answer matches(std::span<const Piece> pattern, std::string_view glob, std::size_t budget = 4096);
Answer starts_with(std::span<const Piece> pattern, std::string_view prefix);
Answer ends_with(std::span<const Piece> pattern, std::string_view suffix);
Answer contains(std::span<const Piece> pattern, std::string_view part);
Answer equals(std::span<const Piece> pattern, std::string_view text);
// EventBridge's wildcard: only "*" is special, and "\*" and "\\" are literal.
Answer matches_wildcard(std::span<const Piece> pattern, std::string_view wildcard);

}  // namespace fnlint
