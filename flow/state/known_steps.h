// Equal steps of a summary are merged here, so that each is listed once.
#pragma once

#include "model/summary.h"
#include "values/pool.h"

#include <vector>

namespace fnlint {

// Whether one of the steps tells all that this one does, which is another way to the same; it then
// holds where either does.
// - Read: the same value at the same place.
// - Find: the same variable or field.
// - Call: the same place and arguments; the same callee, or callees that no caller can tell.
[[nodiscard]] bool joins_known(const ValuePool& pool, const Step& step, std::vector<Step>& steps);

}  // namespace fnlint
