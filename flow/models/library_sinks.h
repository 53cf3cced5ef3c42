// Sinks: calls with an argument that is dangerous if untrusted input reaches it.
#pragma once

#include "flow/engine/library_call.h"

namespace fnlint {

// Steps for what the call is given where a stranger's choice may do harm, as the `sink` of an
// operation or of its row says. `done`: the operation's own step.
void add_sinks(const LibraryCall& call, std::string_view sinks, const Step& done, CallResult& out);
// The same of a row, and what it `cleans`.
void add_sinks(const LibraryCall& call, const LibraryModel& model, CallResult& out);
// Whether there is something in the value that a stranger may have chosen, or nobody may see, once
// all is put in. Of what decides by itself, "tls", there always is.
bool may_do_harm(const ValuePool& pool, std::string_view kind, ValueId value);

}  // namespace fnlint
