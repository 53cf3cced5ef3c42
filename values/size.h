#pragma once

#include "values/pool.h"

#include <cstdint>

namespace fnlint {

// How many bytes the value has at least, as text or as JSON where it is a record or a list: what is
// not known counts for nothing.
std::uint64_t least_bytes(const ValuePool& pool, ValueId value);

}  // namespace fnlint
