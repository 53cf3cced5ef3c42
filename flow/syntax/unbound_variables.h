#pragma once

#include "model/code.h"

#include <cstdint>
#include <set>

namespace fnlint {

// The variables of a function of which a walk over its ops may learn something; of the others it
// would learn nothing: most variables, and of most functions all.

// Without a value where they may be read: all but those that an op gives a value first, in the same
// run of ops or in one around it: whatever comes to a read of theirs has passed it.
std::set<std::uint32_t> variables_met_before_their_value(const CodeFacts& code,
                                                         FunctionId function);
// Declared without a value or set to null, in a function that catches errors.
std::set<std::uint32_t> variables_set_to_null(const CodeFacts& code, FunctionId function);

bool gives_null(const CodeFacts& code, const Assign& row);

}  // namespace fnlint
