// The assumptions to make where an object is handed to code that is not read.
#pragma once

#include "flow/engine/library_call.h"

namespace fnlint {

// What a library that is not read is given, it may add to: objects are handed over themselves.
void open_given(const LibraryCall& call, CallResult& out);
// The receiver, if it collects members, once the function has set some: any, where that cannot be
// read. False: it is no such object.
bool fill_receiver(const LibraryCall& call, ValueId function, CallResult& out);

}  // namespace fnlint
