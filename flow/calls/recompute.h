// What was kept for later, computed once more is known: calls, members and tests of a summary with
// a caller's values in them.
#pragma once

#include "values/compute.h"
#include "values/pool.h"

#include <span>

namespace fnlint {

// What a library's call gave may be nothing, but not where the call makes a client or the like; no
// id: nothing is asked of such a value.
ValueId asked_of_made(ValuePool& pool, Opcode asked, std::span<const ValueId> operands);

}  // namespace fnlint
