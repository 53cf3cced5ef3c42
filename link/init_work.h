#pragma once

#include "flow/engine.h"
#include "link/code.h"
#include "link/function_scope.h"

namespace fnlint {

// What loading the function's modules does that takes time. Fills `function.init_work`.
void add_init_work(Engine& engine, const LinkedCode& code, const FunctionScope& scope,
                   std::span<const ModuleInfo> modules, LambdaFunction& function);

}  // namespace fnlint
