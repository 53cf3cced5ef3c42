#pragma once

#include "checks/event_view.h"

namespace fnlint {

// Questions about what stands, as text, in what queues and topics carry.

// One of the shapes that messages of a queue or a topic have, and what brings them there.
struct CarriedShape {
  const Relation* brought_by = nullptr;
  const SentEvent* shape = nullptr;
};
// Of all that is brought to the resource; none: that is not known, since others may send to it.
std::vector<CarriedShape> carried_shapes(const Project& project, const RelationsTo& relations,
                                         ResourceId resource);

// What a function reads of a text inside of its event, where nothing that comes there has it.
struct CarriedMismatch {
  const InputRead* read = nullptr;
  const Relation* trigger = nullptr;  // of the function
  std::vector<CarriedShape> shapes = {};
  std::string_view inside = {};  // the path below the text
};
// The first of them; no `read`: none is sure.
CarriedMismatch carried_mismatch(const Project& project, const RelationsTo& relations,
                                 const LambdaFunction& function,
                                 const std::vector<TriggerShape>& shapes);

}  // namespace fnlint
