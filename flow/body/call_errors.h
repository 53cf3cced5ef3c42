// What calls promise where they have not failed, and what is known where they have.
#pragma once

#include "flow/body/body_scope.h"

#include <utility>
#include <vector>

namespace fnlint {

// Calls that wait for their callees leave half of the room for tests that are written out.
bool has_room_for_call(const ValuePool& pool, const FactSet& facts);

class CallErrors {
 public:
  explicit CallErrors(const BodyScope& scope)
      : scope_(scope), pool_(scope.pool), code_(scope.code) {}

  // What holds when the call has succeeded. Where errors are values, that is where the error is
  // nil.
  void take_success(const CallResult& outcome, OpId call, BodyState& state);
  // What a call has assigned once it is through; sorted.
  void take_sets(std::vector<ValueId> sets, OpId call, BodyState& state);
  // Once an error is known to be nil, what its call promises holds.
  void settle(BodyState& state, ValueId test, bool holds) const;
  // What holds where something in the body of a Try has failed.
  [[nodiscard]] Fact failure_in(OpId attempt, ValueId error) const;

 private:
  struct Promise {
    ValueId error = {};  // where it is nil
    FactSet facts = {};
    std::vector<ValueId> sets = {};
  };
  [[nodiscard]] bool tells_by_value(OpId call) const;
  [[nodiscard]] ValueId error_of(OpId call) const;
  void note_lookup(OpId call, const CallResult& outcome);

  const BodyScope& scope_;
  ValuePool& pool_;
  const CodeFacts& code_;
  std::vector<Promise> promises_;
  std::vector<std::pair<OpId, ValueId>> lookups_;  // calls that fail just where that holds
};

}  // namespace fnlint
