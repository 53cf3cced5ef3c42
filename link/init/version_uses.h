// Features that depend on the version of a runtime.
#pragma once

#include "link/code/loaded_function.h"
#include "model/project.h"

namespace fnlint {

// What the modules that the function loads use of their language and of what the runtime brings
// along, where some version of the runtime has it not. Fills `function.versions`.
void add_version_uses(const LinkedCode& code, const LoadedFunction& loaded,
                      std::span<const ModuleInfo> modules, LambdaFunction& function);

}  // namespace fnlint
