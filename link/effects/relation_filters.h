// Filters of triggers and forwards, evaluated on one event.
#pragma once

#include "link/effects/event_content.h"
#include "model/project.h"

namespace fnlint {

// Does the relation let the event pass?
Answer passes(ValuePool& pool, const Stacks& stacks, const Relation& relation,
              const CausedEvent& event);

}  // namespace fnlint
