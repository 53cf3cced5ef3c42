// Handlers that loop over a batch, but return with its first record.
#pragma once

#include "model/code.h"

namespace fnlint {

// Where a loop over what the expression gives is left in its first round, whatever way is taken and
// as far as nothing is raised: `for record in records: ... return done`. No id: it may go on, or it
// is no loop's.
OpId left_in_first_round(const CodeFacts& code, ExprId subject);

}  // namespace fnlint
