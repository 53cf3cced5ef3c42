#pragma once

#include "model/project.h"

#include <initializer_list>
#include <span>

namespace fnlint {

// A field of an object that outlives the invocation, and that one assigns, stands in a test:
// `all == null`.
bool asks_kept_field(const ValuePool& pool, const LambdaFunction& function, ValueId test);
// Whether a call is made once in the life of an environment: behind a test of what outlives the
// invocation, or in a function that remembers what it gave. `given`: what the call is told, which
// for the latter must not differ from one call to the next.
bool is_done_once(const ValuePool& pool, const LambdaFunction& function,
                  std::span<const Fact> holds, std::initializer_list<ValueId> given);

}  // namespace fnlint
