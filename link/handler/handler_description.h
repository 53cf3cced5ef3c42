// Where a handler stands, and which event type it declares.
#pragma once

#include "flow/engine/engine.h"
#include "link/code/code.h"
#include "link/handler/handler_context.h"
#include "model/project.h"

#include <span>

namespace fnlint {

// The handler's function: where it stands, and what it says that its event is. `shown`: the
// function that `callee` only hands on to, or itself.
void describe_handler(const HandlerContext& context, const FunctionCode& code, ValueId callee,
                      ValueId arguments, FunctionRef shown);

// A handler that a library made: where its module binds it, or where it was made.
void describe_library_handler(const Engine& engine, std::span<const ModuleInfo> modules,
                              const FunctionCode& code, ValueId handler, LambdaFunction& function);

}  // namespace fnlint
