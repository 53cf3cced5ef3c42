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
Answer matches(std::span<const Piece> pattern, std::string_view glob, std::size_t budget = 4096);
Answer starts_with(std::span<const Piece> pattern, std::string_view prefix);
Answer ends_with(std::span<const Piece> pattern, std::string_view suffix);
Answer contains(std::span<const Piece> pattern, std::string_view part);

// The pieces of a value: texts and holes; `storage` keeps what must outlive the call. Holes made by
// basename exclude '/'.
std::vector<Piece> pieces_of(const ValuePool& pool, ValueId value);

}  // namespace fnlint
