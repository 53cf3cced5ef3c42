#pragma once

#include "flow/syntax/error_end.h"
#include "model/code.h"

namespace fnlint {

// Where errors are values: what becomes of the one that the call gives, if it gives one.
ErrorEnd error_value_end(const CodeFacts& code, OpId call);

}  // namespace fnlint
