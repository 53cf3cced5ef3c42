#pragma once

#include "model/project.h"
#include "values/pool.h"

namespace fnlint {

// Where a service's own sequence stands: a member of what an operation answered that the same
// operation is told again. It is made to outlive the call, and holds nothing of what was written.
//   token = logs.put_log_events(…, sequenceToken=token)["nextSequenceToken"]
bool is_place_in_sequence(const ValuePool& pool, const LambdaFunction& function,
                          const StateChange& change);

}  // namespace fnlint
