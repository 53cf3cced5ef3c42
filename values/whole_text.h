// Complete texts of values, to compare and search rather than to show.
#pragma once

#include "values/pool.h"

#include <string>
#include <vector>

namespace fnlint {

// A text of the code as its service reads it, at full length, where describe() has words for
// people: of each alternative one. What the code puts in stands as "${...}", the same for the same
// value.
std::vector<std::string> whole_texts(const ValuePool& pool, ValueId value);

// What describe() says, to its end, a text as it is: what a value is told from others by, and where
// something is looked for in it. Not for messages.
std::string whole_words(const ValuePool& pool, ValueId value);

// A text, or what a pattern has around what is not known: "orders/.zip" of "orders/${Version}.zip".
std::string known_parts(const ValuePool& pool, ValueId value);

}  // namespace fnlint
