// Paths that are also taken where a value is missing, and inputs that a deployment may leave empty.
#pragma once

#include "values/pool.h"

#include <functional>

namespace fnlint {

// Whether a fact holds where what its test asks for is nothing: no value, no length, a number that
// is zero. `leaves_out`: tests of which that is not said.
bool holds_of_nothing(const ValuePool& pool, const Fact& fact,
                      const std::function<bool(ValueId)>& leaves_out = {});

// The empty default of an input: a deployment may leave it out, and may not.
bool may_be_left_out(const ValuePool& pool, ValueId value);

}  // namespace fnlint
