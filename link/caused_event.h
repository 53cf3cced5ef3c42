#pragma once

#include "flow/engine.h"
#include "model/project.h"

namespace fnlint {

// An event on its way: what an effect caused, in terms of the event that its function got.
struct CausedEvent {
  std::vector<std::string_view> types = {};  // any of them: "s3:ObjectCreated:Put"
  ValueId key = {};                          // of S3 objects; no id: not known
  ValueId body = {};                         // message or event, where one is known
  ResourceId source = {};                    // the resource that it first arrived at
};

// A field of the event that queues and topics carry as a text: of
// "Records[].body.Message.Records[].s3.object.key" the last four parts.
std::string_view path_inside(std::string_view path);

// What doing this effect sends to its target; `incoming` is the key that the function's own event
// carries.
CausedEvent caused_by(Engine& engine, const Effect& effect, ValueId incoming_key);

// Does the relation let the event pass? `bucket_events` as EventBridge shows them.
Answer passes(ValuePool& pool, const Stacks& stacks, const Relation& relation,
              const CausedEvent& event);

// A trigger's own bounds on the key of the events it sends: prefix + hole + suffix.
ValueId key_of_trigger(ValuePool& pool, const Stacks& stacks, const Relation& trigger);

// Whether an effect still happens when its function gets the event that was caused: a fact that is
// then surely false ends the chain. `evidence` grows by what could not be read.
bool happens_again(Engine& engine, const Effect& effect, const CausedEvent& event,
                   std::uint8_t& evidence);

}  // namespace fnlint
