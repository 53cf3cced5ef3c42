// Lookups whose result is used as if there were always a hit.
#pragma once

#include "model/code.h"

#include <string_view>

namespace fnlint {

// Where a function uses the member of what a call gives that is not there when nothing was found
// ("Item"), as if it were there, and asks nowhere in that function whether it is. Empty: nowhere,
// or it is handed to something that may ask. Not of Rust and C++, whose types say so.
Range missing_item_use(const CodeFacts& code, OpId call, std::string_view member);

// Where a function uses what a search gives, which is nothing where it found none, as if it were
// there, and asks nowhere in that function whether it is. `fails`: which uses fail then, as
// LibraryModel::nothing says it.
Range search_use(const CodeFacts& code, OpId call, std::string_view fails);

}  // namespace fnlint
