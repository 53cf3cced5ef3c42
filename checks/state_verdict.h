#pragma once

#include "checks/reason.h"
#include "model/project.h"
#include "values/pool.h"

#include <cstdint>
#include <string_view>
#include <vector>

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

struct JudgedState {
  StateVerdict verdict{};
  Reason reason = {};
};

// `without`: the name of a reason that is left out, to see what it decides.
JudgedState judge(const ValuePool& pool, const LambdaFunction& function, const StateChange& change,
                  std::string_view without = {});
// Those that can be left out, in the order in which they are asked.
std::vector<Reason> state_reasons();

}  // namespace fnlint
