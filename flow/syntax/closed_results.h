// Whether the code that opens a connection closes it again.
#pragma once

#include "model/code.h"

namespace fnlint {

// What becomes of what a call gives. Returned: its function gives it on, and closes it nowhere.
// Unknown: it is kept, or handed to something that may close it.
enum class ResultEnd : std::uint8_t { Unknown, Closed, Returned, Dropped };

// As far as the call's own file says; a call of known/languages.yaml's `closing_calls` closes.
ResultEnd result_end(const CodeFacts& code, OpId call);

}  // namespace fnlint
