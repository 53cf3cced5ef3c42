// Functions that an application registers for the start and the end of its own life.
#pragma once

#include "flow/engine/library_call.h"

namespace fnlint {

// Registers what `hooks` of the row selects. False: the call is given no such function.
bool add_hooks(const LibraryCall& call, const LibraryModel& model);

}  // namespace fnlint
