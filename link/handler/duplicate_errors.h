// Does an error handler recognise a duplicate? Then the failed insert was a guard.
#pragma once

#include "model/summary.h"

namespace fnlint {

// Whether what answers an error of the call at the op knows one that says that a row is there
// already: by the error's type, its code, or what it reports.
bool tells_duplicates(const CodeFacts& code, OpId op);
// The same of a service that is asked by a request, and says that it had this one before.
bool tells_repeated_requests(const CodeFacts& code, OpId op);

}  // namespace fnlint
