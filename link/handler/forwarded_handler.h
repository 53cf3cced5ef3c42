// Looks through closures around a handler, to show the function that somebody wrote.
#pragma once

#include "flow/engine/engine.h"

namespace fnlint {

// The function of the project that a closure does nothing but call, with what it gets and captures:
// `|event| handle(&client, event)`. The function itself where it does more.
FunctionRef forwarded_handler(Engine& engine, FunctionRef function);

}  // namespace fnlint
