#pragma once

#include "link/loaded_function.h"
#include "model/project.h"

namespace fnlint {

// All libraries that the modules which a function reaches import. Fills `function.libraries`.
void add_code_imports(const LinkedCode& code, const LoadedFunction& loaded,
                      std::span<const ModuleInfo> modules, LambdaFunction& function);

}  // namespace fnlint
