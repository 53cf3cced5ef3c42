// The forward pass behind every summary, as a template over the domain of its states.
#pragma once

#include "model/code.h"
#include "model/value.h"

#include <ranges>
#include <utility>
#include <vector>

namespace fnlint {

// One forward pass over a body's structured ops. Each op is met with a state that holds on all
// paths to it, so that "this guard protects that write" is a question to the state, whatever the
// guard's form.
//
// Domain has a type State with a field `reachable`, and:
//   test(condition, state) -> Fact-like handle; assume(state, handle, bool) -> State
//   enters_arm(branch, bool, state): what a part of a branch begins with
//   join(State, const State&) -> State
//   widen(op, first, end, state): what is written there becomes "of some iteration"
//   begins(first, end, state): what is known of what a `try` is to write
//   settles(begun, state): the same once that was walked, in a state that was widened before
//   enter(op, state) -> State of a loop's body; leave(op, state) -> State after it
//   surely_turns(): the loop that was entered last goes round once at least
//   caught(catch, state) -> State; step(op, state): a plain op, or an Exit before it leaves
//   Left: what is kept of the exits from a `try`; leaves(Left&, state)
//   at_last(raised, Left) -> State of its finally part where every path leaves
//   at_last_as_well(after, raised): where some do not
//   past_last(State, after): what holds behind it
template <class Domain>
class Walker {
 public:
  using State = typename Domain::State;
  Walker(const CodeFacts& code, Domain& domain) : code_(code), domain_(domain) {}

  State region(OpId first, OpId end, State state) {
    for (OpId at = first; at < end && state.reachable; at = code_.ops[at.index].end)
      state = walk(at, std::move(state));
    return state;
  }

 private:
  struct Pending {
    OpId target = {};
    ExitKind kind{};
    State state = {};
  };

  State walk(OpId at, State state) {
    if (++depth_ > kDepth) {  // deeper nesting than any frontend lowers
      --depth_;
      return state;
    }
    State after = walk_op(at, std::move(state));
    --depth_;
    return after;
  }

  State walk_op(OpId at, State state) {
    const Op& op = code_.ops[at.index];
    const OpId inner{at.index + 1};
    switch (op.kind) {
      case OpKind::Branch: return branch(at, inner, std::move(state));
      case OpKind::Loop: return loop(at, inner, std::move(state));
      case OpKind::Block: return take(at, ExitKind::Break, region(inner, op.end, std::move(state)));
      case OpKind::Try: return attempt(at, inner, std::move(state));
      default: break;
    }
    domain_.step(at, state);
    if (op.kind == OpKind::Exit) {
      const Exit& row = code_.exits[op.detail];
      note_left(row, state);
      if (row.target.exists()) pending_.push_back({row.target, row.kind, state});
      state.reachable = false;
    }
    return state;
  }

  State branch(OpId at, OpId inner, State state) {
    const Op& op = code_.ops[at.index];
    const Branch& row = code_.branches[op.detail];
    const auto test = domain_.test(row.condition, state);
    const auto arm = [&](OpId first, OpId end, State from, bool holds) {
      State begin = domain_.assume(std::move(from), test, holds);
      domain_.enters_arm(at, holds, begin);
      return region(first, end, std::move(begin));
    };
    State yes = arm(inner, row.otherwise, state, true);
    State no = arm(row.otherwise, op.end, std::move(state), false);
    return domain_.join(std::move(yes), no, test);
  }

  State loop(OpId at, OpId inner, State state) {
    const Op& op = code_.ops[at.index];
    domain_.havoc_assigned(at, inner, op.end, state);  // one walk is enough: the cost stays linear
    const LoopKind kind = code_.loops[op.detail].kind;
    State after = take(at, ExitKind::Continue, region(inner, op.end, domain_.enter(at, state)));
    for (Pending& exit : pending_)
      if (exit.target == at && exit.kind == ExitKind::Break) domain_.ends_loop(exit.state, after);
    domain_.returns_end_loop(at, after);
    const bool may_pass_by = kind == LoopKind::While || kind == LoopKind::Each;
    if (may_pass_by && !domain_.surely_turns())
      after = domain_.join(std::move(after), domain_.passed_by(std::move(state)));
    if (kind == LoopKind::Forever) after.reachable = false;
    return take(at, ExitKind::Break, domain_.leave(at, std::move(after)));
  }

  // What an exit leaves runs its finally part then, and not where that began.
  void note_left(const Exit& exit, const State& state) {
    if (exit.kind == ExitKind::Raise || exit.kind == ExitKind::Stop) return;
    for (Attempt& one : attempts_ | std::views::reverse) {
      if (exit.kind != ExitKind::Return && !(exit.target < one.op)) return;
      domain_.leaves(one.left, state);
    }
  }

  State attempt(OpId at, OpId inner, State state) {
    const Op& op = code_.ops[at.index];
    const Try& row = code_.tries[op.detail];
    const bool has_finally = row.finally_first < op.end;
    if (has_finally) attempts_.push_back({at, {}});
    // What the body begins with and cannot fail has happened before any catch.
    OpId risky = inner;
    for (; risky < row.body_end && domain_.cannot_raise(risky); risky = code_.ops[risky.index].end)
      state = walk(risky, std::move(state));
    OpId last = risky;  // what follows the last that can fail is not done where it does
    for (OpId one = risky; one < row.body_end; one = code_.ops[one.index].end)
      if (!domain_.cannot_raise(one)) last = code_.ops[one.index].end;
    State raised =
        state;  // facts only grow along the body, so each raising point has at least these
    auto begun = domain_.begins(risky, last, state);
    domain_.havoc_assigned(at, risky, last, raised);
    State after = region(risky, row.body_end, std::move(state));
    domain_.settles(std::move(begun), raised);
    for (std::uint32_t i = 0; i < row.catches.count; ++i) {
      const Catch& handler = code_.catches[row.catches.first + i];
      after = domain_.join(std::move(after),
                           region(handler.first, handler.end, domain_.caught(at, handler, raised)));
    }
    if (!has_finally) return after;
    const auto left = std::move(attempts_.back().left);
    attempts_.pop_back();
    if (!after.reachable) {  // every path leaves: the finally part runs all the same
      domain_.havoc_assigned(at, last, op.end, raised);
      region(row.finally_first, op.end, domain_.at_last(std::move(raised), left));
      return after;
    }
    // It runs where something has failed, too; what follows it does not.
    State last_part = domain_.at_last_as_well(after, raised);
    return domain_.past_last(region(row.finally_first, op.end, std::move(last_part)), after);
  }

  struct Attempt {
    OpId op = {};
    typename Domain::Left left = {};
  };

  State take(OpId target, ExitKind kind, State state) {
    // The last first: of arms that follow each other it shares the tests of those before it.
    for (Pending& exit : pending_ | std::views::reverse)
      if (exit.target == target && exit.kind == kind)
        state = domain_.join(std::move(state), exit.state);
    std::erase_if(pending_,
                  [&](const Pending& exit) { return exit.target == target && exit.kind == kind; });
    return state;
  }

  static constexpr int kDepth = 400;
  const CodeFacts& code_;
  Domain& domain_;
  std::vector<Pending> pending_;
  std::vector<Attempt> attempts_;  // around what is walked, those with a finally part
  int depth_ = 0;
};

}  // namespace fnlint
