#pragma once

#include "link/stack_build.h"

namespace fnlint::stacks {

// A text as long as it is: values cut texts that are put together, code and definitions must not
// be.
struct LongText {
  std::string text = {};
  std::vector<TextPlace> places = {};
  TextId from = {};                 // `places` are offsets of this template
  std::vector<ValueId> holes = {};  // what is not known
  bool known = true;                // it is a text at all
};

enum class Holes : std::uint8_t {
  AsWritten,  // "${Name}"
  InCode,     // the same inside of quotes, elsewhere a name, so that the text stays a program
  Marked,     // hole_mark() of the row in `holes`
};
LongText assemble_text(Build& build, ScopeId scope, const Written& at, Holes holes);

// A mark that stands in no template's text, and the text with its marks put back as values.
std::string hole_mark(std::size_t row);
ValueId unmarked(ValuePool& pool, std::string_view text, std::span<const ValueId> holes);

}  // namespace fnlint::stacks
