#pragma once

#include "link/code/loaded_function.h"
#include "link/effects/function_scope.h"
#include "link/handler/run_environment.h"
#include "model/project.h"

namespace fnlint {

// Runs one function's handler symbolically and settles what it does: fills `function`'s handler,
// effects, unknown calls and state changes. Rows of `modules` give the places.
void run_handler(Engine& engine, const LoadedFunction& loaded, FunctionScope& scope,
                 RunEnvironment& environment, std::span<const ModuleInfo> modules,
                 const Stacks& stacks, LambdaFunction& function);

}  // namespace fnlint
