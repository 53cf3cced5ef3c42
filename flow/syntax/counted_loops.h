// Loops whose bound is written in the code, such as a fixed number of attempts.
#pragma once

#include "model/code.h"

namespace fnlint {

// What says how often a loop goes round at most. No limit: nothing that is seen.
struct CountedLoop {
  ExprId limit = {};      // that a counter comes to, or how many elements there are
  std::int64_t from = 0;  // where the counter begins
  std::int64_t more = 0;  // 1: it goes round with the limit, too
  bool by_limit = true;   // false: `more` rounds, as far as it is written
};

// A counter that goes up, or down from a number, by one in each round, and at whose limit the loop
// is left; or a range of numbers. What makes the loop end before is not asked.
CountedLoop counted_loop(const CodeFacts& code, const Function& function, OpId loop);

}  // namespace fnlint
