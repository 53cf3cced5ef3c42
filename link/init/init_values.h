// Values that init fixes: times, and for snapshots random numbers and secrets.
#pragma once

#include "flow/engine/engine.h"
#include "link/code/loaded_function.h"
#include "link/effects/function_scope.h"
#include "model/project.h"

namespace fnlint {

// Times that initialisation leaves in variables, and where a snapshot is taken random values and
// secrets: LambdaFunction::init_values.
void add_init_values(Engine& engine, const LoadedFunction& loaded, FunctionScope& scope,
                     std::span<const ModuleInfo> modules, bool is_snapshot,
                     LambdaFunction& function);

}  // namespace fnlint
