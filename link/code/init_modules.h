// What is loaded before the first event, in which order, and on account of which imports?
#pragma once

#include "flow/engine/engine.h"
#include "flow/syntax/program.h"
#include "model/project.h"

#include <functional>
#include <optional>
#include <set>

namespace fnlint {

// Whether an import is executed when its module is loaded.
bool runs_at_init(const CodeFacts& code, const Import& row);

// A module that is loaded before the first event, and the imports on the way to it.
struct LoadedModule {
  ModuleId module = {};
  std::vector<PlacedText> chain = {};
  bool tried = false;                   // an error while it loads may be caught
  std::uint8_t uncertainty = 0;            // what it rests on that it is
  std::set<std::size_t> left_out = {};  // its imports that are never executed
};
// What it rests on that an import which stands in a part of a branch is executed; nothing: it never
// is.
using ImportTaken = std::function<std::optional<std::uint8_t>(ModuleId, const Import&)>;
std::optional<std::uint8_t> is_taken_somewhere(ModuleId module, const Import& row);
// In the order in which loading begins; the handler's own module first.
std::vector<LoadedModule> modules_at_init(const Program& program,
                                          std::span<const ModuleInfo> modules, ModuleId first,
                                          const ImportTaken& taken = is_taken_somewhere);

// All that a module may load, at once or while it runs. Where handlers are not told by their files,
// all modules of its unit.
std::set<ModuleId> modules_reached(const Program& program, ModuleId first);
// Those alone that it and what it names name, of whatever language.
std::set<ModuleId> modules_named(const Program& program, ModuleId first);

}  // namespace fnlint
