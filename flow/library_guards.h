#pragma once

#include "flow/library_call.h"

namespace fnlint {

// `guarded(guard, told, site)`: the row's guard; what `tells` selects of `given`, as a record;
// where the call stands, whose text is the row's path.
ValueId guarded(const LibraryCall& call, const LibraryModel& model, ValueId given);
// What is guarded is called.
Step guard_step(ValueId guard, const CallInput& invocation);
// What a row `wraps`, with its own or its middleware's guard around it; no id: no function.
ValueId wrapped(const LibraryCall& call, const LibraryModel& model);

}  // namespace fnlint
