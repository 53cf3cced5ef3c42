// From the module that the handler names to the value that the runtime calls.
#pragma once

#include "flow/engine/engine.h"
#include "link/code/called_value.h"
#include "link/code/linked_code.h"

namespace fnlint {

// Loads what the handler is made of: where a library's class has it, the methods that it calls are
// noted as called later. Asked for once.
HandlerValue handler_value(Engine& engine, const FunctionCode& code);

}  // namespace fnlint
