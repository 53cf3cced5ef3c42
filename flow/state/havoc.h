// Collections that something out of sight may have added to.
#pragma once

#include "values/pool.h"

namespace fnlint {

// The same collection with more in it, for all that is known.
ValueId havocked(ValuePool& pool, ValueId value);

}  // namespace fnlint
