// Promises that an executor settles by hand, and the value that awaiting one gives.
#pragma once

#include "flow/engine/library_call.h"

#include <span>

namespace fnlint {

// What a promise gives whose executor takes these steps: what it is resolved with there, or in
// callbacks that the executor leaves. `resolve`: what the executor got for that. No id: nothing
// says what it is.
ValueId fulfilled_with(const LibraryCall& call, ValueId resolve, std::span<const Step> steps);

}  // namespace fnlint
