// Updates that an await interrupts, so that they may overwrite what another run has stored
// meanwhile.
#pragma once

#include "model/code.h"

namespace fnlint {

// Whether an assignment stores something made of what its target held before the function last
// waited: `total += await price(item)`, or `const before = total; await save(); total = before +
// 1`. Another run of the function may have changed the target in between.
bool stores_stale_read(const CodeFacts& code, const Function& function, OpId assignment);

}  // namespace fnlint
