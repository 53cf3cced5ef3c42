// The way back from a thread's own copy of the value pool to the pool of the run.
#pragma once

#include "values/pool.h"

#include <cstdint>
#include <vector>

namespace fnlint {

// Brings values from a pool to the one that it began as a copy of. What a copy keeps has one id in
// both pools; what it made since is made again where it is brought to. Equal values stay equal, and
// what equals nothing is brought once. Ends before the copy forgets.
class ValueTransfer {
 public:
  ValueTransfer(const ValuePool& from, ValuePool& to) : from_(from), to_(to) {}

  ValueId operator()(ValueId value);
  StringId operator()(StringId text);
  GuardId operator()(GuardId guard);

 private:
  [[nodiscard]] std::uint32_t choice(std::uint32_t row);
  [[nodiscard]] ValueId made_again(ValueId value);

  const ValuePool& from_;
  ValuePool& to_;
  std::vector<ValueId> brought_;  // of what `from` made since, where it was asked for
};

}  // namespace fnlint
