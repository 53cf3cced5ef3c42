// Code that takes the first element of a batch and never looks at the others.
#pragma once

#include "model/code.h"

#include <string_view>

namespace fnlint {

// What code makes of a list that it reads.
enum class ListUse : std::uint8_t {
  Other,  // hands it on, or looks at more than one element, as far as is known
  Asked,  // asks whether it is there, or how many elements it has
  First,  // that at most, and takes the first element: `records.first()`, `records.get(0)`
};

// Of the list that the expression gives, or a call whose callee it is, and of the only variable
// that takes it.
ListUse use_of_list(const CodeFacts& code, ExprId list);
// Of what a call gives that asks for the entry of that name: `event.get("Records")`,
// `event.getRecords()`.
ListUse use_of_entry(const CodeFacts& code, OpId call, std::string_view name);

}  // namespace fnlint
