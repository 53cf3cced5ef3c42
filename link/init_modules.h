#pragma once

#include "flow/engine.h"
#include "link/code.h"
#include "model/project.h"

#include <set>

namespace fnlint {

// Whether an import is executed when its module is loaded.
bool runs_at_init(const CodeFacts& code, const Import& row);

// A module that is loaded before the first event, and the imports on the way to it.
struct LoadedModule {
  ModuleId module = {};
  std::vector<PlacedText> chain = {};
};
// In the order in which loading begins; the handler's own module first.
std::vector<LoadedModule> modules_at_init(const Program& program,
                                          std::span<const ModuleInfo> modules, ModuleId first);

// All that a module may load, at once or while it runs. Where handlers are not told by their files,
// all modules of its unit.
std::set<ModuleId> modules_reached(const Program& program, ModuleId first);

}  // namespace fnlint
