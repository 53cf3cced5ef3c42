#pragma once

#include "link/code/loaded_function.h"
#include "model/project.h"

namespace fnlint {

// What of the modules that the function loads cannot work: files with syntax errors beside the
// handler's own, and names that nothing defines. Fills `function.load_faults`. Python and
// JavaScript as written; compilers refuse the same elsewhere.
void add_load_faults(const LinkedCode& code, const LoadedFunction& loaded,
                     std::span<const ModuleInfo> modules, LambdaFunction& function);

}  // namespace fnlint
