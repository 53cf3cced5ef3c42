// Do cold starts and what is kept between invocations matter for this function? Not if it is called
// rarely enough, or if nobody waits for its answer.
#pragma once

#include "checks/event/event_view.h"
#include "checks/view/project_view.h"

namespace fnlint {

// Whether only a clock, or what people and deployments do, calls the function, and so seldom that
// no environment lives from one of its invocations to the next: each of them begins cold anyway.
bool is_called_seldom(const Project& project, const RelationsTo& relations,
                      const OtherCallers& others, ResourceId function);

// Whether all that is known to call the function hands its events over and goes on: a queue, a
// stream, a bucket, a topic, a bus, a clock.
bool nobody_waits(const Project& project, const RelationsTo& relations, const OtherCallers& others,
                  ResourceId function);

// Whether nothing of the project is known to call the function: neither a source nor a permission
// nor code. Of a state machine that nothing is known to start its functions' callers are not known.
bool is_caller_unknown(const Project& project, const RelationsTo& relations,
                       const OtherCallers& others, ResourceId function);

// Whether its timeout is longer than anybody waits for an answer, and only a state machine calls it
// or nobody who is known: it does its work for minutes, and begins cold mostly.
bool may_be_job(const Project& project, const RelationsTo& relations, const OtherCallers& others,
                ResourceId function);

// Both: perhaps somebody starts it by hand, and its work takes minutes.
bool is_job_of_nobody_known(const Project& project, const RelationsTo& relations,
                            const OtherCallers& others, ResourceId function);

}  // namespace fnlint
