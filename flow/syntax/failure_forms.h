#pragma once

#include "model/code.h"

#include <vector>

namespace fnlint {

// What code does where something in it fails, as it is written.

// The function around an op; no id: the op is of none.
FunctionId function_around(const CodeFacts& code, OpId op);
// Whether a function is another one or is written within it.
bool is_within(const CodeFacts& code, FunctionId inner, FunctionId outer);
// The ops of its function that an op stands in, outermost first.
std::vector<OpId> ops_holding(const CodeFacts& code, OpId op);
// Whether something around the op, of its function, answers a failure of it, of whatever kind.
bool is_attempted(const CodeFacts& code, OpId op);
// Whether the innermost try that takes its error stands around a loop that it is in: an error ends
// the loop.
bool is_attempted_around_loop(const CodeFacts& code, OpId op);
// Whether the handlers around the op do nothing with its failure in the end but to raise it, or
// another one.
bool is_raised_again(const CodeFacts& code, OpId op);
// Whether a loop that goes over nothing but a count does the op again where it fails, and no more
// where it does not.
bool is_tried_again(const CodeFacts& code, OpId op);
// Whether a handler of errors stands in a loop over elements, which goes on with the next one
// behind it; `first`: of its ops.
bool goes_on_with_next(const CodeFacts& code, OpId first);

}  // namespace fnlint
