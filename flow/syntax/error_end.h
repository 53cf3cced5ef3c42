// What can become of an error within the function where it occurs.
#pragma once

#include <cstdint>

namespace fnlint {

// What becomes of an error of what stands at the op, inside of its function.
enum class ErrorEnd : std::uint8_t {
  Passes,   // to the caller, as far as is known
  Handled,  // something is done about it, and it goes no further
  Dropped,  // by a handler that takes any error and does nothing with it: no call, nothing raised,
            // nothing set; or by a call that waits for several and whose answer nobody reads
  Told,    // by such a handler to the caller, with what it returns: dropped if nobody looks at that
  Logged,  // as Dropped, ...
  LoggedAndTold,    // ... as Told, by one that also writes it to a log and does nothing else
  LoggedAndPasses,  // to the caller, by one that has written it to a log: where that drops it,
                    // somebody may have seen it
};

}  // namespace fnlint
