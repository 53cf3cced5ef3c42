// What libraries wrap around functions, such as idempotency or running once, as facts and steps.
#pragma once

#include "flow/engine/library_call.h"

namespace fnlint {

// `guarded(guard, told, site)`: the row's guard; what `tells` selects of `given`, as a record;
// where the call stands, whose text is the row's path.
ValueId guarded(const LibraryCall& call, const LibraryModel& model, ValueId given);
// A function with the guards of the libraries' layers that a chain of calls has put around it.
ValueId guarded_by_layers(Engine& engine, Language language, ValueId chain, ValueId function);
// A static configuration, "X-config" for the guard X, tells all of a function's guards X what they
// were not told themselves: a step, wherever the call stands.
inline constexpr std::string_view kConfigures = "-config";
Step configuration_step(const LibraryCall& call, const LibraryModel& model, CallResult& out);
// What is guarded is called.
Step guard_step(ValueId guard, const CallInput& invocation);
// A partial application of what is no function of the project: `partial(s3.put_object, Bucket=b)`.
// No id: none.
ValueId partial_of(const LibraryCall& call, const LibraryModel& model);
bool is_partial(const ValuePool& pool, ValueId callee);
// The call of what it applies, with what it was given before the call's own arguments.
CallInput applied(ValuePool& pool, const CallInput& invocation);
// What a row `wraps`, with its own or its middleware's guard around it; no id: no function.
ValueId wrapped(const LibraryCall& call, const LibraryModel& model);

}  // namespace fnlint
