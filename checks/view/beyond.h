// Did a value come over the network, or was it computed in the process?
#pragma once

#include "values/pool.h"

namespace fnlint {

// Whether the value is an object that a call gave, or a part of one, where that call asks beyond the
// process: an operation of a service, a method of a client, or of a library that no row describes.
// What only computes (data/computing_libraries.yaml) does not.
[[nodiscard]] bool comes_from_beyond(const ValuePool& pool, ValueId id);

}  // namespace fnlint
