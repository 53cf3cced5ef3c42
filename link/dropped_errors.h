#pragma once

#include "model/summary.h"

namespace fnlint {

// Whether an error of what stands at the op ends in a handler that takes any error and does nothing
// with it: no call, nothing raised, nothing set.
bool drops_errors(const CodeFacts& code, OpId op);

}  // namespace fnlint
