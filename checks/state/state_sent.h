// State of a client that leaks by being sent: session headers, logger fields.
#pragma once

#include "checks/view/verdict.h"
#include "model/project.h"
#include "values/pool.h"

#include <optional>

namespace fnlint {

// Of a library's object that stays, a part which goes along with each later call: the headers of a
// session, the fields of a logger. None: it is no such part, or holds nothing of the request.
std::optional<StateVerdict> judge_sent(const ValuePool& pool, const LambdaFunction& function,
                                       const StateChange& change);

}  // namespace fnlint
