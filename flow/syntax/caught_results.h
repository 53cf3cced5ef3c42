// Errors as the result of a protected block, and results that only a log hears of.
#pragma once

#include "flow/syntax/error_end.h"
#include "model/code.h"

namespace fnlint {

// What becomes of an error of an op in a block that a call runs and whose error the call gives as
// its result: `runCatching { put(row) }`. Passes: it stands in none such.
ErrorEnd caught_end(const CodeFacts& code, OpId op);
// Whether the op is a call that does so.
bool catches(const CodeFacts& code, OpId op);

// Whether nobody but a log learns what the call has given: `sent = send(row)`, `if not sent:
// print("not sent")`.
bool only_logs_result(const CodeFacts& code, OpId call);

}  // namespace fnlint
