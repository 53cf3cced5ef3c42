#pragma once

#include "link/code.h"
#include "link/function_scope.h"
#include "model/project.h"

namespace fnlint {

// Runs one function's handler symbolically and settles what it does: fills `function`'s handler,
// effects, unknown calls and state changes. Rows of `modules` give the places.
void run_handler(Engine& engine, FunctionScope& scope, const FunctionCode& code,
                 std::span<const ModuleInfo> modules, const Stacks& stacks,
                 LambdaFunction& function);

}  // namespace fnlint
