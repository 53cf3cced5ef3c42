// What a function gives back, and what holds and is set where it returns.
#pragma once

#include "flow/body/body_scope.h"
#include "flow/body/loop_nest.h"
#include "flow/body/object_places.h"
#include "flow/body/state_reads.h"
#include "flow/body/summary_builder.h"

#include <vector>

namespace fnlint {

// `def load(day=date.today())`: what stands there is made once, where the function is defined.
void keep_defaults(const BodyScope& scope, const CallResults& results);

class Returns {
 public:
  Returns(const BodyScope& scope, ObjectPlaces& places, StateReads& found)
      : scope_(scope), pool_(scope.pool), code_(scope.code), places_(places), found_(found) {}

  void add(ExprId value, ValueId returned, OpId exit, BodyState& state);
  // From here on the body is not followed: it may do anything, and return.
  void add_unknown(OpId last);
  // Beside an error, which is what the caller gets.
  void add_dropped(ValueId value, OpId exit, const BodyState& state);
  void add_yield(ValueId value) { yields_.push_back(value); }
  // A return in a loop ends it.
  void end_loop(OpId loop, const FactSet& round, LoopNest& loops) const;

  // `end`: what holds where the body ends without one.
  [[nodiscard]] ValueId value(const BodyState& end) const;
  // What holds and is set whenever the function has returned. `loop_ends` is no condition of that.
  void conclude(const BodyState& end, const FactSet& loop_ends, Summary& summary) const;
  // Where what is returned lives, where that is one and the same; no id: it is not, and each is
  // read where it is returned.
  ValueId take_places(const BodyState& end);
  // Only of the handler itself does anybody ask. What it hands on as it is has been returned by
  // those that it calls.
  void add_steps(const BodyState& end, SummaryBuilder& summary) const;

 private:
  struct Returned {
    ValueId value = {};
    FactSet facts = {};
    OpId op = {};
    std::vector<ValueId> sets = {};
    ValueId place = {};  // of what is returned, where that outlives the call
  };
  ValueId location_of(ExprId value, ValueId returned, BodyState& state);
  [[nodiscard]] bool all_tests() const;
  [[nodiscard]] ValueId as_predicate(const BodyState& end) const;
  [[nodiscard]] ValueId by_ways(const BodyState& end) const;

  const BodyScope& scope_;
  ValuePool& pool_;
  const CodeFacts& code_;
  ObjectPlaces& places_;
  StateReads& found_;
  std::vector<Returned> returns_;
  std::vector<Returned> dropped_;  // beside errors
  std::vector<ValueId> yields_;
};

}  // namespace fnlint
