#pragma once

#include "flow/engine.h"
#include "model/project.h"

namespace fnlint {

// Every cycle of the event graph: for each effect, the shortest chain of triggers, effects and
// forwards that brings its own event back to its function. Cycles of the same edges are one.
struct FoundCycles {
  std::vector<Cycle> cycles = {};
  bool complete = true;  // false: the search came to its limit
};
FoundCycles find_cycles(Engine& engine, const Project& project, bool possible);

}  // namespace fnlint
