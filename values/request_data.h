#pragma once

#include "values/pool.h"

namespace fnlint {

// Whether the value depends on the request: on the event, or on what the context says of this one
// invocation rather than of the environment that serves it.
bool is_request_data(const ValuePool& pool, ValueId value);

}  // namespace fnlint
