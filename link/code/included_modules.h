// Which routes belong to a handler, where a project has several web applications?
#pragma once

#include "flow/engine/engine.h"
#include "link/code/code.h"

#include <set>

namespace fnlint {

// Modules whose routes a handler's function runs: those of the applications and routers that it
// reaches by name, and those that their modules import in turn. Its own file is among them, unless
// it has applications or routers and leaves them all aside.
std::set<ModuleId> included_modules(Engine& engine, const FunctionCode& code, FunctionRef handler);

}  // namespace fnlint
