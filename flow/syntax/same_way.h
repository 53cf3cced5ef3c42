// Swallowed errors that leave no trace at all in what the function goes on to do.
#pragma once

#include "model/code.h"

namespace fnlint {

// Of an op whose error is dropped in its own function: whether all that is done behind it is done
// just so where it has succeeded. `attempt`: the try whose handler drops it; no id: there is none.
bool goes_on_alike(const CodeFacts& code, OpId op, OpId attempt);
// Whether something that a caller has given is called behind the op, within that try: it may be
// what answers the request.
bool tells_success(const CodeFacts& code, OpId op, OpId attempt);

}  // namespace fnlint
