// Lookup by name in a record, for keys that are data rather than code.
#pragma once

#include "values/pool.h"

#include <string_view>

namespace fnlint {

// An entry of a record by name; no id when it is not there. Not member(): "items" of a record is no
// method.
ValueId named_entry(const ValuePool& pool, ValueId record, std::string_view name);

}  // namespace fnlint
