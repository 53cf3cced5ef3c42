// Follows the breaks of a loop over elements: does one of them give up the rest because of a single
// element, with no more than a log entry?

#include "flow/syntax/left_loops.h"

#include "flow/syntax/code_queries.h"
#include "flow/syntax/error_handlers.h"
#include "flow/syntax/failure_forms.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace fnlint {

namespace {

using Arm = std::pair<OpId, OpId>;

class LeftLoop {
 public:
  LeftLoop(const CodeFacts& code, OpId loop)
      : code_(code), loop_(loop), end_(code.ops[loop.index].end) {
    std::vector<VariableId> given;
    add_variables(code, code.loops[code.ops[loop.index].detail].target, given);
    for (const VariableId one : given) elements_.insert(one.index);
    for (OpId at{loop.index + 1}; at < end_; ++at.index) note_made(at);
  }

  [[nodiscard]] OpId left() const {
    for (OpId at{loop_.index + 1}; at < end_; ++at.index)
      if (is_break(at) && skips(at)) return is_watched_behind() ? OpId{} : at;
    return {};
  }

 private:
  [[nodiscard]] bool is_break(OpId at) const {
    if (code_.ops[at.index].kind != OpKind::Exit) return false;
    const Exit& exit = code_.exits[code_.ops[at.index].detail];
    return exit.kind == ExitKind::Break && exit.target.exists() && exit.target <= loop_;
  }
  [[nodiscard]] bool is_of_element(ExprId expr, int depth = 0) const {
    constexpr int kNested = 6;
    bool found = false;
    if (!expr.exists() || depth > kNested) return false;
    visit_parts(code_, expr, [&](const Expr& part) {
      found = found || (part.kind == ExprKind::Variable && elements_.contains(part.ref)) ||
              ((part.kind == ExprKind::Result || part.kind == ExprKind::ErrorOf) &&
               is_asked_with(OpId{part.ref}, depth));
    });
    return found;
  }
  // A call, or what is waited for, with something of the element.
  [[nodiscard]] bool is_asked_with(OpId at, int depth) const {
    bool found = false;
    visit_expressions(code_, at,
                      [&](ExprId expr) { found = found || is_of_element(expr, depth + 1); });
    return found;
  }
  // `job = json.loads(record["body"])`, of a variable that nothing else assigns.
  void note_made(OpId at) {
    if (code_.ops[at.index].kind == OpKind::Call) return note_filled(at);
    if (code_.ops[at.index].kind != OpKind::Assign) return;
    const Assign& row = code_.assigns[code_.ops[at.index].detail];
    if (row.mode == AssignMode::Update || !row.target.exists() || !is_of_element(row.value)) return;
    const VariableId made = root_variable(code_, row.target);
    if (made.exists() && !is_assigned_outside(made)) elements_.insert(made.index);
  }
  // `json.Unmarshal(message.Body, &job)`, of a variable of the loop's own.
  void note_filled(OpId at) {
    const auto given = code_.operands_of(code_.calls[code_.ops[at.index].detail].arguments);
    if (given.size() < 2 || !is_of_element(given[0].value)) return;
    std::vector<VariableId> filled;
    for (const Operand& one : given.subspan(1))
      if (one.value.exists()) add_variables(code_, one.value, filled);
    for (const VariableId one : filled)
      if (!is_named_outside(one)) elements_.insert(one.index);
  }
  [[nodiscard]] bool is_named_outside(VariableId variable) const {
    bool found = false;
    for (OpId at{0}; !found && at.index < code_.ops.size(); ++at.index) {
      if (loop_ <= at && at < end_) continue;
      visit_expressions(code_, at, [&](ExprId expr) {
        visit_parts(code_, expr, [&](const Expr& part) {
          found = found || (part.kind == ExprKind::Variable && part.ref == variable.index);
        });
      });
    }
    return found;
  }
  [[nodiscard]] bool is_assigned_outside(VariableId variable) const {
    for (OpId at{0}; at.index < code_.ops.size(); ++at.index) {
      if (loop_ < at && at < end_) continue;
      const Op& op = code_.ops[at.index];
      if (op.kind == OpKind::Assign &&
          is_variable(code_, code_.assigns[op.detail].target, variable))
        return true;
    }
    return false;
  }
  // The arm of a test of the element, or the handler of errors, that an exit stands in; nothing:
  // something else decides.
  [[nodiscard]] std::optional<Arm> arm_of(OpId at) const {
    const std::vector<OpId> around = ops_holding(code_, at);
    for (auto holder = around.rbegin(); holder != around.rend() && *holder > loop_; ++holder) {
      const Op& row = code_.ops[holder->index];
      if (row.kind == OpKind::Loop) return std::nullopt;
      if (row.kind == OpKind::Branch) {
        const Branch& branch = code_.branches[row.detail];
        if (!is_of_element(branch.condition)) return std::nullopt;
        return at < branch.otherwise ? Arm(OpId{holder->index + 1}, branch.otherwise)
                                     : Arm(branch.otherwise, row.end);
      }
      if (row.kind != OpKind::Try) continue;
      const Try& attempt = code_.tries[row.detail];
      for (std::uint32_t i = 0; i < attempt.catches.count; ++i) {
        const Catch& handler = code_.catches[attempt.catches.first + i];
        if (handler.first <= at && at < handler.end) return Arm(handler.first, handler.end);
      }
    }
    return std::nullopt;
  }
  [[nodiscard]] bool skips(OpId at) const {
    const std::optional<Arm> arm = arm_of(at);
    return arm && (does_nothing(code_, arm->first, at) || only_logs(code_, arm->first, at));
  }
  // What follows raises, or reads what was found.
  [[nodiscard]] bool is_watched_behind() const {
    const FunctionId function = function_around(code_, loop_);
    if (!function.exists()) return true;
    for (OpId at = end_; at < code_.functions[function.index].end; ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind == OpKind::Exit) {
        const ExitKind kind = code_.exits[op.detail].kind;
        if (kind == ExitKind::Raise || kind == ExitKind::Stop) return true;
      }
      bool is_read = false;
      visit_expressions(code_, at, [&](ExprId expr) { is_read = is_read || is_of_element(expr); });
      if (is_read) return true;
    }
    return false;
  }

  const CodeFacts& code_;
  OpId loop_, end_;
  std::set<std::uint32_t> elements_;  // variables
};

}  // namespace

OpId left_for_one(const CodeFacts& code, OpId loop) {
  if (code.loops[code.ops[loop.index].detail].kind != LoopKind::Each) return {};
  return LeftLoop(code, loop).left();
}

}  // namespace fnlint
