// The loops around the op that is walked, and what is true of one of their rounds alone.
#pragma once

#include "flow/body/body_scope.h"

#include <vector>

namespace fnlint {

// What a loop does with its rounds, as far as that is known where it is entered.
struct LoopTurns {
  bool surely = false, all_alike = false;  // alike: one value stands for each element
  ValueId test = {}, rounds = {};  // whether there is something to go over; how often at most
};

class LoopNest {
 public:
  explicit LoopNest(const BodyScope& scope) : scope_(scope), pool_(scope.pool), code_(scope.code) {}

  // `before`: what held where it began. `target`: what it goes over its elements with.
  void enter(OpId loop, FactSet before, ExprId target);
  [[nodiscard]] LoopTurns& innermost() { return around_.back().turns; }
  struct Left {
    FactSet before = {};
    LoopTurns turns = {};
  };
  Left leave();

  // How many of the loops may do in any round what is being taken: all, unless repeat() says less.
  [[nodiscard]] bool repeats() const { return repeating_ > 0; }
  int repeat(int loops) { return std::exchange(repeating_, loops); }
  // Of how many loops around a call any round may do it: `for step in steps: step()` gives each
  // function a round of its own.
  [[nodiscard]] int repeating(OpId call, ExprId callee) const;
  // How often at most something is done that is done so often in each round.
  [[nodiscard]] ValueId rounds_together(ValueId rounds) const;
  // Whether the innermost loop makes the variable anew in each round, in front of the op.
  [[nodiscard]] bool is_of_this_round(VariableId id, OpId before) const;

  // An element under what was tested for it since the outermost loop began.
  [[nodiscard]] ValueId appended_here(ValueId element, const FactSet& facts) const;
  // What a loop puts under a key of each round is an element like those of a list.
  [[nodiscard]] ValueId put_here(ValueId key, ValueId value, const FactSet& facts) const;
  // What is added to a list, under the facts of the place.
  [[nodiscard]] ValueId elements_under_facts(ValueId list, const FactSet& facts) const;
  // A list that began empty, after a loop that appends to it; no id: it is none.
  [[nodiscard]] ValueId filled_list(ValueId old, const Step& step, const FactSet& here) const;

  // What ends a loop is no condition of what follows: where it fails, the loop goes round once more
  // until it holds. `round`: where a round ends.
  void add_ends(const FactSet& left, const FactSet& round);
  [[nodiscard]] const FactSet& ends() const { return ends_; }

 private:
  struct Around {
    OpId loop = {};
    FactSet before = {};
    ExprId target = {};
    LoopTurns turns = {};
  };
  [[nodiscard]] bool has_own_round(ExprId callee) const;

  const BodyScope& scope_;
  ValuePool& pool_;
  const CodeFacts& code_;
  std::vector<Around> around_;
  int repeating_ = 0;
  FactSet ends_;
};

}  // namespace fnlint
