// Is a call in a handler made on each invocation? Lazy initialisation and caches make it once.
#pragma once

#include "model/project.h"

#include <span>

namespace fnlint {

// A call on the handler's paths, as far as it matters how often it is made.
struct AskedCall {
  std::span<const Fact> holds = {};
  Span where = {};
  std::span<const PlacedText> path = {};  // calls from the handler down to it
  std::vector<ValueId> given = {};        // what it is told
};
AskedCall asked_call(const Effect& effect);

// A field of an object that outlives the invocation, and that one assigns, stands in a test, or is
// asked for being there: `all == null`.
bool asks_kept_field(const ValuePool& pool, const LambdaFunction& function, ValueId test);
// Whether a call is made once in the life of an environment: behind a test of what outlives the
// invocation, in a function that remembers what it gave for the same arguments, or to fill an entry
// of a map that nothing of the event names.
bool is_done_once(const ValuePool& pool, const LambdaFunction& function, const AskedCall& call);

}  // namespace fnlint
