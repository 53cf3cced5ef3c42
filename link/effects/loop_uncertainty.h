// What makes a loop more or less likely once its edges are known.
#pragma once

#include "link/effects/caused_event.h"
#include "link/effects/event_graph.h"
#include "values/relations_to.h"

namespace fnlint {

// What is known of a cycle besides its edges: the services on it, what the roles of its functions
// deny, what the platform does about it.
void describe_cycle(ValuePool& pool, const Project& project, const RelationsTo& relations,
                    Cycle& cycle);

// What only roles suggest: a write that could not be resolved, or code that could not be read, and
// a right to write what triggers the function. Not where one of `found` says so already.
std::vector<Cycle> cycles_by_permission(Engine& engine, const Project& project,
                                        const EventGraph& graph, const std::vector<Cycle>& found);

}  // namespace fnlint
