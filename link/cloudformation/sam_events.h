// What the events of SAM's functions and state machines trigger.
#pragma once

#include "link/stacks/stack_relations.h"

namespace fnlint::stacks {

// The relations of the Events of a SAM function or state machine; `target`: what they start, or
// the function behind the alias that they start.
void relate_sam_events(LinkContext& build, ResourceId id, const End& target);

}  // namespace fnlint::stacks
