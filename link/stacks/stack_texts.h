// Texts at full length, with a place for each part: code and definitions inside of templates.
#pragma once

#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// A text as long as it is: values cut texts that are put together, code and definitions must not
// be.
struct LongText {
  std::string text = {};
  std::vector<TextPlace> places = {};
  TextId from = {};                 // `places` are offsets of this template
  std::vector<Range> elsewhere = {};  // parts of `text` that lie in no literal of that template
  std::vector<ValueId> holes = {};    // what is not known
  bool known = true;                // it is a text at all
};

enum class Holes : std::uint8_t {
  AsWritten,  // "${Name}"
  Marked,     // hole_mark() of the row in `holes`
};
// Adds where the bytes of a literal lie that begins at `start` of a text.
void add_locations(const LinkContext& build, const ExprClosure& literal, std::size_t start,
                std::vector<TextPlace>& places);
LongText assemble_text(LinkContext& build, ScopeId scope, const ExprClosure& at, Holes holes);

// A text whose holes are marked, as the program that it is: what is not known is "${Name}" inside
// of quotes and a name elsewhere.
void write_as_code(const ValuePool& pool, LongText& text);
// Why no program can be read of it, whatever a deployment gives; empty: one can.
std::string unreadable_code(const ValuePool& pool, const LongText& text);

// A mark that stands in no template's text, and the text with its marks put back as values.
std::string hole_mark(std::size_t row);
ValueId unmarked(ValuePool& pool, std::string_view text, std::span<const ValueId> holes);

}  // namespace fnlint::stacks
