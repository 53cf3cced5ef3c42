// What variables may be where a `try` fails: what they were before it, or were given in it.
#pragma once

#include "flow/body/body_scope.h"

#include <cstddef>
#include <utility>
#include <vector>

namespace fnlint {

class Attempts {
 public:
  explicit Attempts(const BodyScope& scope) : pool_(scope.pool), code_(scope.code) {}

  // What a `try` begins with, of the variables that it assigns; and what they may then be where it
  // fails, once that is known: the values that it has given them.
  struct Begun {
    OpId first = {}, end = {};
    std::size_t bound = 0;  // rows of bound_ before
    Rows<VariableId> values = {};
  };
  Begun begins(OpId first, OpId end, const BodyState& state);
  void settles(Begun begun, BodyState& raised);
  // A variable is given a value, in whichever of them is walked.
  void note_bound(VariableId id, ValueId value) {
    if (around_ > 0 && bound_.size() < kBound) bound_.emplace_back(id, value);
  }

 private:
  static constexpr std::size_t kBound = 20000;

  ValuePool& pool_;
  const CodeFacts& code_;
  std::vector<std::pair<VariableId, ValueId>> bound_;  // in the `try` that is walked
  int around_ = 0;                                     // how many are around what is walked
};

}  // namespace fnlint
