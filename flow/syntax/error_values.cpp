// Follows an error that is returned as a value: whether anything tests it, and what the code does
// on the way where there is one.

#include "flow/syntax/error_values.h"

#include "flow/syntax/call_uses.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/error_handlers.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace fnlint {

namespace {

bool is_error_variable(const CodeFacts& code, ExprId expr, std::uint32_t variable) {
  return expr.exists() && code.exprs[expr.index].kind == ExprKind::Variable &&
         code.exprs[expr.index].ref == variable;
}

// The part of `if err != nil` that handles the error: nothing is done there.
bool skips_error(const CodeFacts& code, const Op& op, std::uint32_t error) {
  if (op.kind != OpKind::Branch) return false;
  const Branch& row = code.branches[op.detail];
  const Expr& test = code.exprs[row.condition.index];
  const auto operands = code.operands_of(test.operands);
  const bool is_failure = test.kind == ExprKind::Operator &&
                          static_cast<OperatorKind>(test.detail) == OperatorKind::NotEqual &&
                          operands.size() == 2 && is_error_variable(code, operands[0].value, error);
  const OpId first{static_cast<std::uint32_t>(&op - code.ops.data()) + 1};
  return is_failure && does_nothing(code, first, row.otherwise);
}

// A variable that only such tests look at.
bool is_only_skipped(const CodeFacts& code, std::uint32_t error) {
  const auto looks = std::ranges::count_if(code.exprs, [&](const Expr& expr) {
    return expr.kind == ExprKind::Variable && expr.ref == error;
  });
  const auto sets = std::ranges::count_if(
      code.assigns, [&](const Assign& row) { return is_error_variable(code, row.target, error); });
  const auto skips =
      std::ranges::count_if(code.ops, [&](const Op& op) { return skips_error(code, op, error); });
  return skips > 0 && looks == sets + skips;
}

bool is_used(const CodeFacts& code, ExprId expr) {
  const auto is_it = [&](ExprId other) { return other == expr; };
  return std::ranges::any_of(code.operands, is_it, &Operand::value) ||
         std::ranges::any_of(code.exits, is_it, &Exit::value) ||
         std::ranges::any_of(code.branches, is_it, &Branch::condition) ||
         std::ranges::any_of(code.exprs, [&](const Expr& one) {
           return has_base(one.kind) && one.ref == expr.index;
         });
}

// A variable takes what the call gives, and something reads that.
bool is_kept_and_read(const CodeFacts& code, OpId call) {
  return std::ranges::any_of(code.assigns, [&](const Assign& row) {
    if (!row.value.exists() || !row.target.exists()) return false;
    const Expr& value = code.exprs[row.value.index];
    const Expr& target = code.exprs[row.target.index];
    if (value.kind != ExprKind::Result || value.ref != call.index) return false;
    if (target.kind != ExprKind::Variable) return true;
    return std::ranges::count_if(code.exprs, [&](const Expr& expr) {
             return expr.kind == ExprKind::Variable && expr.ref == target.ref;
           }) > 1;
  });
}

// Where errors are values: nothing looks at the one that the call gives, or goes on where there is
// one.
bool lets_error_go(const CodeFacts& code, OpId call) {
  const Op& op = code.ops[call.index];
  if (op.kind != OpKind::Call || code.calls[op.detail].mode == CallMode::Detached) return false;
  bool has_error = false, has_result = is_kept_and_read(code, call);
  for (std::uint32_t i = 0; i < code.exprs.size(); ++i) {
    const Expr& row = code.exprs[i];
    if (row.kind == ExprKind::Result && row.ref == call.index && is_used(code, ExprId{i}))
      has_result = true;
    if (row.kind != ExprKind::ErrorOf || row.ref != call.index) continue;
    has_error = true;
    if (is_used(code, ExprId{i})) return false;
    for (const Assign& given : code.assigns) {
      if (given.value != ExprId{i}) continue;
      const bool is_kept = !given.target.exists() ||
                           code.exprs[given.target.index].kind != ExprKind::Variable ||
                           !is_only_skipped(code, code.exprs[given.target.index].ref);
      if (is_kept) return false;
    }
  }
  return has_error || !has_result;  // what the result itself says of it: `db.Create(&row).Error`
}

// Where errors are values: what follows from the error that a call gives, by the code alone.
class ErrorUses {
 public:
  ErrorUses(const CodeFacts& code, OpId call)
      : code_(code), call_(call), uses_(call_uses(code)), captures_(all_captures(code)) {}

  // Whether somebody is told on a way of a test of it, whatever becomes of it then: Handled; where
  // that is a log, and the error is given back: LoggedAndPasses.
  ErrorEnd end() {
    if (!tell()) return ErrorEnd::Passes;
    return only_logged_ && is_given_back() ? ErrorEnd::LoggedAndPasses : ErrorEnd::Handled;
  }

 private:
  bool tell() {
    for (OpId at{call_.index + 1}; at.index < code_.ops.size(); ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind == OpKind::Assign && asks(code_.assigns[op.detail].value))
        hold(code_.assigns[op.detail].target);
      if (op.kind == OpKind::Call && asks(code_.calls[op.detail].callee)) answers_.insert(at);
      if (op.kind != OpKind::Branch || !asks(code_.branches[op.detail].condition)) continue;
      if (tells_on_way(at)) return true;
    }
    return false;
  }
  [[nodiscard]] bool is_given_back() const {
    return std::ranges::any_of(code_.exits, [&](const Exit& left) {
      return left.kind == ExitKind::Raise && left.panics == 0 && asks(left.value);
    });
  }
  [[nodiscard]] bool asks(ExprId expr) const {
    bool found = false;
    if (expr.exists())
      visit_parts(code_, expr, [&](const Expr& row) {
        found = found || (row.kind == ExprKind::ErrorOf && row.ref == call_.index) ||
                (row.kind == ExprKind::Result && answers_.contains(OpId{row.ref})) ||
                (row.kind == ExprKind::Variable && holds(row.ref)) ||
                (row.kind == ExprKind::Function &&
                 std::ranges::any_of(captures_[row.ref],
                                     [&](VariableId one) { return holds(one.index); }));
      });
    return found;
  }
  [[nodiscard]] bool holds(std::uint32_t variable) const { return held_.contains(variable); }
  void hold(ExprId target) {
    if (const VariableId root = root_variable(code_, target); root.exists())
      held_.insert(root.index);
  }
  // Of `err != nil` the way where there is one; of other tests both.
  [[nodiscard]] std::pair<OpId, OpId> ways_of_error(OpId branch) const {
    const Op& op = code_.ops[branch.index];
    const Branch& row = code_.branches[op.detail];
    const Expr& test = code_.exprs[row.condition.index];
    const auto operands = code_.operands_of(test.operands);
    const bool asks_nil =
        test.kind == ExprKind::Operator && std::ranges::any_of(operands, [&](const Operand& one) {
          return one.value.exists() && code_.exprs[one.value.index].kind == ExprKind::Null;
        });
    const auto asked = static_cast<OperatorKind>(test.detail);
    const OpId inner{branch.index + 1};
    if (asks_nil && asked == OperatorKind::NotEqual) return {inner, row.otherwise};
    if (asks_nil && asked == OperatorKind::Equal) return {row.otherwise, op.end};
    return {inner, op.end};
  }
  // What is chosen on either way follows from it, too.
  bool tells_on_way(OpId branch) {
    bool tells = false;
    const auto [first, end] = ways_of_error(branch);
    for (OpId at{branch.index + 1}; at < code_.ops[branch.index].end; ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind == OpKind::Assign) hold(code_.assigns[op.detail].target);
      const bool is_told = op.kind == OpKind::Call && first <= at && at < end &&
                           uses_.results[at.index] == ResultUse::Dropped;
      tells = tells || is_told;
      if (is_told && !is_log(code_, code_.calls[op.detail].callee)) only_logged_ = false;
    }
    return tells;
  }

  const CodeFacts& code_;
  const OpId call_;
  const CallUses uses_;
  const std::vector<std::vector<VariableId>> captures_;
  std::set<std::uint32_t> held_ = {};  // variables
  std::set<OpId> answers_ = {};        // calls of functions that read it
  bool only_logged_ = true;            // where somebody is told
};

// The variable that takes the error of the call, and the op that gives it; no id: none does.
std::pair<VariableId, OpId> taken_error(const CodeFacts& code, OpId call) {
  for (OpId at{call.index + 1}; at.index < code.ops.size(); ++at.index) {
    if (code.ops[at.index].kind != OpKind::Assign) continue;
    const Assign& row = code.assigns[code.ops[at.index].detail];
    if (!row.value.exists() || !row.target.exists()) continue;
    const Expr& value = code.exprs[row.value.index];
    const Expr& target = code.exprs[row.target.index];
    if (value.kind == ExprKind::ErrorOf && value.ref == call.index &&
        target.kind == ExprKind::Variable)
      return {VariableId{target.ref}, at};
  }
  return {};
}

// What becomes of an error that is only tested and written to a log, until its variable takes
// another one: `if err != nil { log.Print(err) }`.
class LoggedError {
 public:
  LoggedError(const CodeFacts& code, VariableId error) : code_(code), error_(error) {}

  ErrorEnd end_after(OpId taken) {
    for (OpId at{taken.index + 1}; at.index < code_.ops.size(); ++at.index) {
      const Op& op = code_.ops[at.index];
      const bool is_other =
          op.kind == OpKind::Assign && is_variable(code_, code_.assigns[op.detail].target, error_);
      if (is_other && !reads(at)) break;
      if (!names(at)) continue;
      const bool is_test = op.kind == OpKind::Branch;
      if (is_test ? !is_logged_there(at) : !(handled_.exists() && at < handled_))
        return ErrorEnd::Passes;
    }
    return end_;
  }

 private:
  [[nodiscard]] bool holds(ExprId expr) const {
    bool found = false;
    visit_parts(code_, expr, [&](const Expr& part) {
      found = found || (part.kind == ExprKind::Variable && part.ref == error_.index);
    });
    return found;
  }
  [[nodiscard]] bool names(OpId at) const {
    bool found = false;
    visit_expressions(code_, at, [&](ExprId expr) { found = found || holds(expr); });
    return found;
  }
  // An assignment that makes the next error of this one.
  [[nodiscard]] bool reads(OpId at) const {
    const ExprId value = code_.assigns[code_.ops[at.index].detail].value;
    return value.exists() && holds(value);
  }
  bool is_logged_there(OpId at) {
    const Op& op = code_.ops[at.index];
    const Branch& row = code_.branches[op.detail];
    const Expr& test = code_.exprs[row.condition.index];
    const auto sides = code_.operands_of(test.operands);
    const bool asks = test.kind == ExprKind::Operator && sides.size() == 2 &&
                      static_cast<OperatorKind>(test.detail) == OperatorKind::NotEqual &&
                      is_error_variable(code_, sides[0].value, error_.index) &&
                      code_.exprs[sides[1].value.index].kind == ExprKind::Null;
    const OpId first{at.index + 1};
    if (!asks || !only_logs(code_, first, row.otherwise)) return false;
    handled_ = row.otherwise;
    end_ = returns_value(code_, first, row.otherwise) ? ErrorEnd::LoggedAndTold : ErrorEnd::Logged;
    return true;
  }

  const CodeFacts& code_;
  const VariableId error_;
  OpId handled_ = {};  // the end of the way where there is one
  ErrorEnd end_ = ErrorEnd::Passes;
};

bool names_variable(const CodeFacts& code, ExprId expr, VariableId variable) {
  bool found = false;
  visit_parts(code, expr, [&](const Expr& part) {
    found = found || (part.kind == ExprKind::Variable && part.ref == variable.index);
  });
  return found;
}

// A variable that takes what the call gives beside its error.
VariableId taken_result(const CodeFacts& code, OpId call) {
  for (const Assign& row : code.assigns) {
    if (!row.value.exists() || !row.target.exists()) continue;
    const Expr& value = code.exprs[row.value.index];
    const Expr& target = code.exprs[row.target.index];
    if (value.kind == ExprKind::Result && value.ref == call.index &&
        target.kind == ExprKind::Variable)
      return VariableId{target.ref};
  }
  return {};
}

// `*answer`, `answer.Body`: what is nil fails there. A method may be one that nil has.
bool reads_field(const CodeFacts& code, OpId at, VariableId variable) {
  bool found = false;
  const auto is_field = [&](const Expr& part) {
    return part.kind == ExprKind::Member && is_variable(code, ExprId{part.ref}, variable);
  };
  visit_expressions(code, at, [&](ExprId expr) {
    const bool is_method = code.ops[at.index].kind == OpKind::Call &&
                           expr == code.calls[code.ops[at.index].detail].callee &&
                           is_field(code.exprs[expr.index]);
    if (is_method) return;
    visit_parts(code, expr, [&](const Expr& part) { found = found || is_field(part); });
  });
  return found;
}

bool leaves(const CodeFacts& code, OpId first, OpId end) {
  for (OpId at = first; at < end; ++at.index)
    if (code.ops[at.index].kind == OpKind::Exit) return true;
  return false;
}

}  // namespace

bool fails_without_result(const CodeFacts& code, OpId call) {
  const VariableId result = taken_result(code, call);
  const auto [error, taken] = taken_error(code, call);
  if (!result.exists() || !error.exists()) return false;
  OpId end{static_cast<std::uint32_t>(code.ops.size())};  // of the arm that the call stands in
  for (const OpId around : ops_holding(code, call)) {
    const Op& op = code.ops[around.index];
    const OpId otherwise = op.kind == OpKind::Branch ? code.branches[op.detail].otherwise : op.end;
    end = std::min(end, call < otherwise ? otherwise : op.end);
  }
  bool is_handled = false;
  for (OpId at{taken.index + 1}; at < end; at = code.ops[at.index].end) {
    const Op& op = code.ops[at.index];
    if (function_around(code, at) != function_around(code, call)) return false;
    if (op.kind == OpKind::Branch) {
      const bool is_test = names_variable(code, code.branches[op.detail].condition, error);
      if (leaves(code, OpId{at.index + 1}, op.end)) return false;
      is_handled = is_handled || is_test;
      continue;
    }
    if (op.kind == OpKind::Assign && is_variable(code, code.assigns[op.detail].target, result))
      return false;
    if (is_handled && reads_field(code, at, result)) return true;
    if (op.kind == OpKind::Exit) return false;
  }
  return false;
}

ErrorEnd error_value_end(const CodeFacts& code, OpId call) {
  if (lets_error_go(code, call)) return ErrorEnd::Dropped;
  if (const auto [error, taken] = taken_error(code, call); error.exists())
    if (const ErrorEnd end = LoggedError(code, error).end_after(taken); end != ErrorEnd::Passes)
      return end;
  return ErrorUses(code, call).end();
}

}  // namespace fnlint
