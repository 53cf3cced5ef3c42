// Upper bounds on loop iterations, for calls that are repeated in a loop.
#pragma once

#include "model/code.h"
#include "values/pool.h"

#include <functional>

namespace fnlint {

// How often a loop goes round at most, as a number or what a caller gives; no id: not known.
// `value_of`: where it begins.
ValueId rounds_of(ValuePool& pool, const CodeFacts& code, const Function& function, OpId loop,
                  const std::function<ValueId(ExprId)>& value_of);
// Of loops inside of each other; of one that is not known, as often as the others.
ValueId rounds_together(ValuePool& pool, ValueId outer, ValueId inner);

}  // namespace fnlint
