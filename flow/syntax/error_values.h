// The fate of errors that are values, as in Go.
#pragma once

#include "flow/syntax/error_end.h"
#include "model/code.h"

namespace fnlint {

// Where errors are values: what becomes of the one that the call gives, if it gives one.
ErrorEnd error_value_end(const CodeFacts& code, OpId call);

// Whether the code that goes on where the call has failed comes to what the call then did not give:
// `*answer` of a library's call, which gives nil beside an error.
bool fails_without_result(const CodeFacts& code, OpId call);

}  // namespace fnlint
