// Calls whose answer is the function's own, so that the callee's returns stand for the caller's.
#pragma once

#include "model/code.h"

namespace fnlint {

// Where a function returns what the call gives as its own answer, awaited or not:
// `return inner(event)`. No id: it does more with it.
OpId forwarded_by(const CodeFacts& code, OpId call);

}  // namespace fnlint
