// Lower bounds on sizes, for limits of payloads, messages and environments.
#pragma once

#include "values/pool.h"

#include <cstdint>

namespace fnlint {

// How many bytes the value has at least, as text or as JSON where it is a record or a list: what is
// not known counts for nothing.
std::uint64_t least_bytes(const ValuePool& pool, ValueId value);

// Of a part of a text that stands for what was too long to keep: how many bytes that has at least.
std::int64_t left_out_bytes(const ValuePool& pool, ValueId part);

}  // namespace fnlint
