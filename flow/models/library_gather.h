// Calls that fold a list into one value, and the effects of all rounds together.
#pragma once

#include "flow/engine/library_call.h"

namespace fnlint {

// Whether the function that a row invokes is given, before each element, what it gave for those
// before: `list.reduce((all, one) => ..., {})`.
bool gathers(const LibraryModel& model);
// What its calls do together, of which `each` is any: with what they have put into the list or the
// record that they hand on.
CallResult gathered(const LibraryCall& call, const LibraryModel& model, const CallInput& each);

}  // namespace fnlint
