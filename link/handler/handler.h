// From a handler's summary to the rows of its function.
#pragma once

#include "link/code/loaded_function.h"
#include "link/handler/handler_context.h"

namespace fnlint {

// Runs one function's handler symbolically and settles what it does: fills `function`'s handler,
// effects, unknown calls and state changes.
void run_handler(const HandlerContext& context, const LoadedFunction& loaded);

}  // namespace fnlint
