#pragma once

#include "flow/engine.h"
#include "link/called_value.h"
#include "link/linked_code.h"

namespace fnlint {

// Loads what the handler is made of: where a library's class has it, the methods that it calls are
// noted as called later. Asked for once.
HandlerValue handler_value(Engine& engine, const FunctionCode& code);

}  // namespace fnlint
