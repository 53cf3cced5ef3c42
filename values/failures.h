#pragma once

#include "values/pool.h"

namespace fnlint {

// `failed(...)`, Go's `err != nil`: done where something else went wrong, which may go well next.
bool is_failure(const ValuePool& pool, const Fact& fact);

}  // namespace fnlint
