#pragma once

#include "model/code.h"

#include <utility>
#include <vector>

namespace fnlint {

// A way through a function that ends in a failure, by a raise or by a return that says so, gives
// its caller an answer, but does none of the work. All other ways are ordinary.

// A returned value that says that something failed: a status of 400 and above, an error, what a
// helper with such a name makes.
bool tells_failure(const CodeFacts& code, ExprId value);
// Whether all ways that leave the ops end in a failure, and the last of them leaves.
bool ends_in_failure(const CodeFacts& code, OpId first, OpId end);

// Which ops of a function all of its ordinary ways pass.
class OrdinaryWays {
 public:
  OrdinaryWays(const CodeFacts& code, const Function& function) : code_(code), end_(function.end) {}

  // To be asked of each op, in their order.
  bool all_pass(OpId at);

 private:
  using Region = std::pair<OpId, OpId>;
  void enter(OpId at, const Op& branch);
  bool enter_filling(const Op& branch, OpId first, OpId otherwise);

  const CodeFacts& code_;
  OpId end_;
  std::vector<Region> some_;    // that not every way passes ...
  std::vector<Region> failed_;  // ... and of these, what ends in a failure
  bool may_have_left_ = false;  // some ordinary way has returned before
};

}  // namespace fnlint
