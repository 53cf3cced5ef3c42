// The outcomes of judging a change of kept state, from harmless to a data race.
#pragma once

#include <cstdint>

namespace fnlint {

// What a change of state comes to, for invocations after it and beside it.
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

}  // namespace fnlint
