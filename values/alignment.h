// Partly known texts compared from their ends: the groundwork of equality, prefixes and
// replacement.
#pragma once

#include "values/functions.h"
#include "values/question.h"

namespace fnlint {

// Two texts with holes, from which equal ends are taken away: equal literals, equal holes.
struct TextPart {
  std::string_view literal = {};
  ValueId hole = {};  // no id: a literal
};
class Alignment {
 public:
  Alignment(ValuePool& pool, ValueId a, ValueId b);
  // Each takes away what is equal at that end; false when the two differ there for certain.
  bool trim_start();
  bool trim_end();
  [[nodiscard]] const std::vector<TextPart>& a() const { return a_; }
  [[nodiscard]] const std::vector<TextPart>& b() const { return b_; }

 private:
  std::optional<bool> step(bool at_start);

  ValuePool& pool_;
  std::vector<TextPart> a_, b_;
};

// At least one byte, whatever the holes hold.
bool is_longer_than_nothing(const ValuePool& pool, std::span<const TextPart> parts);
// The pieces of a value: texts and holes. They are views into the pool. Holes made by basename
// exclude '/', those of lower the capital letters, an item of split its separator.
std::vector<Piece> pieces_of(const ValuePool& pool, ValueId value);
std::vector<Piece> pieces_of(const ValuePool& pool, std::span<const TextPart> parts);
// The text of parts without holes.
std::optional<std::string> literal_of(std::span<const TextPart> parts);

}  // namespace fnlint
