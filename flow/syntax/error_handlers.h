#pragma once

#include "model/code.h"

#include <string_view>

namespace fnlint {

// Questions to stretches of code that are done where something has failed.

// Whether a type of errors is one that every error is of, or every one of a service.
bool is_any_error(std::string_view type);
// Whether the handler takes every error, or every one of a service.
bool takes_any(const CodeFacts& code, const Catch& handler);
// No call, nothing raised, nothing set.
bool does_nothing(const CodeFacts& code, OpId first, OpId end);
// Nothing but that the error is written to a log, with what is made for that alone, or counted for
// a log or an answer.
bool only_logs(const CodeFacts& code, OpId first, OpId end);
// The same of what raises it again, or another one, behind that.
bool logs_and_raises(const CodeFacts& code, OpId first, OpId end);
// Whether failures are counted there and the function gives the count back.
bool returns_count(const CodeFacts& code, OpId first, OpId end);
// Whether it returns anything; what a call of a log gives is nothing.
bool returns_value(const CodeFacts& code, OpId first, OpId end);
// Whether what is called writes to a log: `print`, `console.error`, `log.warning`.
bool is_log(const CodeFacts& code, ExprId callee);

}  // namespace fnlint
