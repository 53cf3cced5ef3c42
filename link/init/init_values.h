#pragma once

#include "flow/engine/engine.h"
#include "link/code/loaded_function.h"
#include "link/effects/function_scope.h"
#include "model/project.h"

namespace fnlint {

// Random values, times and secrets that initialisation leaves in variables: LambdaFunction::init_values.
void add_init_values(Engine& engine, const LoadedFunction& loaded, FunctionScope& scope,
                     std::span<const ModuleInfo> modules, LambdaFunction& function);

}  // namespace fnlint
