// Whether anything uses the result of a call, which is what abandoned tasks are found by.
#pragma once

#include "model/code.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace fnlint {

// What becomes of a call's result inside its function: nothing reads it, it is what the function
// returns, or anything else.
enum class ResultUse : std::uint8_t { Dropped, Returned, Used };
struct CallUses {
  std::vector<ResultUse> results = {};    // by op
  std::vector<std::uint32_t> reads = {};  // how often each variable is read
  // Calls whose result is put into a local variable's collection that nothing reads but its size.
  std::vector<std::pair<OpId, VariableId>> collected = {};  // sorted
  bool detaches = false;                                    // some call is Detached
};
CallUses call_uses(const CodeFacts& code);

}  // namespace fnlint
