// What delays the first event, beyond loading modules.
#pragma once

#include "flow/engine/engine.h"
#include "link/code/loaded_function.h"
#include "link/effects/function_scope.h"
#include "link/handler/handler_context.h"
#include "link/handler/run_environment.h"

namespace fnlint {

// What takes time before the first event: loading the function's modules, making the handler's
// object, and what was registered to run around a snapshot. Fills `function.init_work`. What is
// configured there goes to `function.safeguards`. Calls in what was registered with a library have
// the phase Invocation: the role needs their rights, and init does not wait for them.
void add_init_work(const HandlerContext& context, const LoadedFunction& loaded);

}  // namespace fnlint
