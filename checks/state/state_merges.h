// Merging into a kept record is harmless if every invocation overwrites the same keys.
#pragma once

#include "model/project.h"
#include "values/pool.h"

namespace fnlint {

// Whether each invocation puts entries into a record before anything reads it, and always the same
// ones, so that none of an earlier one is left. Unknown: not all of what is put there is known.
Answer puts_same_entries(const ValuePool& pool, const LambdaFunction& function,
                         const StateChange& change);

}  // namespace fnlint
