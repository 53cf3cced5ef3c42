// Which packages does a cold start load, and which of them does an event need?
#pragma once

#include "flow/engine/engine.h"
#include "link/code/loaded_function.h"
#include "model/project.h"

namespace fnlint {

// The packages that loading the handler's module loads, and whether the handler's paths use them.
// Fills `function.imports`, in the order in which they are loaded. `place`: where the template says
// that its code is.
void add_init_imports(Engine& engine, const LinkedCode& code, const LoadedFunction& loaded,
                      std::span<const ModuleInfo> modules, const CodeLocation& place,
                      LambdaFunction& function);

}  // namespace fnlint
