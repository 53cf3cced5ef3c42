#pragma once

#include "flow/syntax/error_end.h"
#include "model/code.h"

namespace fnlint {

// What becomes of errors where they are told to a function that is given along: to a promise's
// handler, to a callback, to a call that waits for several.

// By a handler of the promise that the call gives: `put(row).catch(() => {})`.
ErrorEnd promise_end(const CodeFacts& code, OpId call);
// By the callback that a library's call is given: `put(row, (error) => { if (error) log(error);
// })`.
ErrorEnd callback_end(const CodeFacts& code, OpId call);
// Whether nothing looks at what the call, once it is awaited, gives.
bool is_let_go(const CodeFacts& code, OpId call);
// Whether anything looks at what the call, once it is awaited, gives.
bool looks_at_result(const CodeFacts& code, OpId call);
// Whether what the call gives, awaited or not, goes to whoever called the function and nowhere else.
bool is_given_back(const CodeFacts& code, OpId call);
// Whether it stands among what a call is given that waits for several and answers with their
// errors, and nobody reads that answer.
bool is_settled_unread(const CodeFacts& code, OpId op);

}  // namespace fnlint
