// All loops of a project.
#pragma once

#include "flow/engine/engine.h"
#include "model/project.h"

#include <cstddef>

namespace fnlint {

// Every cycle of the event graph: for each effect, the shortest chain of triggers, effects and
// forwards that brings its own event back to its function. Cycles of the same edges are one.
struct FoundCycles {
  std::vector<Cycle> cycles = {};
  std::vector<ChainEnd> ends = {};  // of chains that are none, where they are asked for
  // Where searches came to their limit: of each part of the graph that leads in circles, the first.
  std::vector<ResourceId> cut = {};
};
struct CycleQuestions {
  bool possible = false;    // look for what only permissions suggest
  bool chain_ends = false;  // keep why chains end
  std::size_t threads = 0;  // that search at once; 0: as many as are worth it ...
  std::size_t most_threads = SIZE_MAX;  // ... of so many
};
FoundCycles find_cycles(Engine& engine, const Project& project, const CycleQuestions& questions);

}  // namespace fnlint
