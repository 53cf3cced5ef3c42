// Loops that never begin a second round: every way through the body leaves, unless an error does.

#include "flow/state/first_round.h"

#include <algorithm>

namespace fnlint {

namespace {

// The exits at which the ways through a loop's body end.
class Round {
 public:
  Round(const CodeFacts& code, OpId loop) : code_(code), loop_(loop) {}

  // Whether all ways through the part leave the loop, or raise.
  bool ends(OpId first, OpId end) {
    for (OpId at = first; at < end; at = code_.ops[at.index].end)
      if (ends_at(at)) return true;
    return false;
  }
  // Where it is left without an error; no id: nowhere.
  [[nodiscard]] OpId left() const { return left_; }

 private:
  bool ends_at(OpId at) {
    const Op& op = code_.ops[at.index];
    const OpId inner{at.index + 1};
    if (op.kind == OpKind::Exit) return ends_with(at, code_.exits[op.detail]);
    if (op.kind == OpKind::Branch) {
      const OpId otherwise = code_.branches[op.detail].otherwise;
      return ends(inner, otherwise) && ends(otherwise, op.end);
    }
    if (op.kind != OpKind::Try) return false;  // out of a block, a way may lead to behind it
    const Try& row = code_.tries[op.detail];
    bool all = ends(inner, row.body_end);
    for (std::uint32_t i = 0; i < row.catches.count && all; ++i) {
      const Catch& handler = code_.catches[row.catches.first + i];
      all = ends(handler.first, handler.end);
    }
    return all;
  }
  bool ends_with(OpId at, const Exit& exit) {
    if (exit.kind == ExitKind::Continue) return exit.target < loop_;
    const bool leaves =
        exit.kind == ExitKind::Return || (exit.kind == ExitKind::Break && exit.target <= loop_);
    if (leaves) left_ = at;
    return leaves || exit.kind == ExitKind::Raise || exit.kind == ExitKind::Stop;
  }

  const CodeFacts& code_;
  const OpId loop_;
  OpId left_;
};

bool comes_round(const CodeFacts& code, OpId loop) {
  for (OpId at{loop.index + 1}; at < code.ops[loop.index].end; ++at.index) {
    if (code.ops[at.index].kind != OpKind::Exit) continue;
    const Exit& exit = code.exits[code.ops[at.index].detail];
    if (exit.kind == ExitKind::Continue && exit.target == loop) return true;
  }
  return false;
}

}  // namespace

OpId left_in_first_round(const CodeFacts& code, ExprId subject) {
  if (std::ranges::find(code.loops, subject, &Loop::subject) == code.loops.end()) return {};
  for (OpId at{0}; at.index < code.ops.size(); ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind != OpKind::Loop) continue;
    const Loop& loop = code.loops[op.detail];
    if (loop.kind != LoopKind::Each || loop.subject != subject) continue;
    Round round(code, at);
    const bool is_left = !comes_round(code, at) && round.ends(OpId{at.index + 1}, op.end);
    return is_left ? round.left() : OpId{};
  }
  return {};
}

}  // namespace fnlint
