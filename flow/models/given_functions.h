// Functions of the project in the hands of a library: which of them it may run, and whether a
// library without a row acts at all.
#pragma once

#include "flow/engine/library_call.h"

#include <vector>

namespace fnlint {

// What is called is what a library made of functions of the project: `send = co.wrap(f)`,
// `breaker.fire(x)`. It is taken to call them, which nobody has said.
void run_made_of(const LibraryCall& call, CallResult& out);

// What is called of a value: functions, methods of the object that is made, and what libraries made
// of functions. `all`: of a list or of entries each one, else of alternatives any.
std::vector<ValueId> callables_in(const LibraryCall& call, ValueId value, bool all);

// What may turn out to be one, or a list of such, once a caller tells what it gives: a helper
// registers it, `const on = (path, answer) => app.get(path, answer)`.
std::vector<ValueId> callables_of_callers(const LibraryCall& call, ValueId value);

// Whether a library without a row only computes here: by what its published code can reach, where
// no code of the project is given along, which it may call back.
bool only_computes_here(const LibraryCall& call);

// Whether one acts outside of the project, and is given neither its code nor a client that has its
// rights.
bool acts_outside_here(const LibraryCall& call);

}  // namespace fnlint
