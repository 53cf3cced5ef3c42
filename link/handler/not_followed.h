#pragma once

#include "flow/engine/engine.h"
#include "link/code/loaded_function.h"
#include "model/project.h"

namespace fnlint {

// The account of what a function's code does that is not known: LambdaFunction::not_followed.

// A call that is left when nobody is there who knows more of its callee. What text, numbers and the
// event's own data have as methods changes nothing that outlives them.
void add_unknown_callee(const ValuePool& pool, std::span<const ModuleInfo> modules,
                        const Step& call, LambdaFunction& function);
// Libraries that its own code and the initialisers of its modules call.
void add_unknown_libraries(Engine& engine, const LoadedFunction& loaded,
                           const std::vector<Unfollowed>& called,
                           std::span<const ModuleInfo> modules, LambdaFunction& function);
// Modules that it reaches, and that were not read or not read whole.
void add_unread_modules(const LinkedCode& code, const LoadedFunction& loaded,
                        std::span<const ModuleInfo> modules, LambdaFunction& function);

}  // namespace fnlint
