#pragma once

#include "flow/engine.h"

#include <set>

namespace fnlint {

// Modules whose applications or routers a handler's module imports, and those that these import in
// turn: what they register is called with the handler's events. The first module itself is among
// them.
std::set<ModuleId> included_modules(Engine& engine, ModuleId first);

}  // namespace fnlint
