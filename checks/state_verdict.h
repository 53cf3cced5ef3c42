#pragma once

#include "model/project.h"
#include "values/pool.h"

#include <cstdint>

namespace fnlint {

enum class StateVerdict : std::uint8_t {
  Fine,
  Mutable,                // the next invocation finds something else than the first did
  RequestData,            // it can see another request's data
  RequestDataReplaced,    // it would, did it not set it anew before
  RequestDataUnfinished,  // ... and what the invocation left running reads it then
  Environment,            // a variable of the process
  EnvironmentGrows,       // ... that each invocation adds to
  Race,                   // several runs at once, and one undoes what another wrote
};

StateVerdict judge(const ValuePool& pool, const LambdaFunction& function,
                   const StateChange& change);

}  // namespace fnlint
