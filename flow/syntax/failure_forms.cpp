// Recognises attempts, retries and deliberate skipping by the tries, loops and branches around an
// op.

#include "flow/syntax/failure_forms.h"

#include "flow/syntax/code_queries.h"
#include "model/language_traits.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace fnlint {

std::vector<OpId> ops_holding(const CodeFacts& code, OpId op) {
  const FunctionId function = function_around(code, op);
  std::vector<OpId> around;
  if (!function.exists()) return around;
  for (OpId at = code.functions[function.index].first; at < op;) {
    const bool holds = op < code.ops[at.index].end;
    if (holds) around.push_back(at);
    at = holds ? OpId{at.index + 1} : code.ops[at.index].end;
  }
  return around;
}

namespace {

bool is_kind(const CodeFacts& code, OpId op, OpKind kind) {
  return code.ops[op.index].kind == kind;
}

// Whether ops that stand one after another in [first, end) surely leave the loop.
bool leaves(const CodeFacts& code, OpId loop, OpId first, OpId end) {
  for (OpId at = first; at < end; at = code.ops[at.index].end) {
    const Op& row = code.ops[at.index];
    if (row.kind != OpKind::Exit) continue;
    const Exit& exit = code.exits[row.detail];
    const bool is_inside = exit.kind == ExitKind::Break && exit.target > loop;
    return exit.kind != ExitKind::Continue && !is_inside;
  }
  return false;
}

// `for _ in range(3)`; loops by a condition, or for ever.
bool only_counts(const CodeFacts& code, const Loop& loop) {
  if (loop.kind != LoopKind::Each) return true;
  if (!loop.subject.exists()) return false;
  const Expr& subject = code.exprs[loop.subject.index];
  if (subject.kind != ExprKind::Result || !is_kind(code, OpId{subject.ref}, OpKind::Call))
    return false;
  const ExprId callee = code.calls[code.ops[subject.ref].detail].callee;
  if (!callee.exists() || code.exprs[callee.index].kind != ExprKind::Variable) return false;
  const std::uint32_t variable = code.exprs[callee.index].ref;
  return std::ranges::any_of(code.imports, [&](const Import& row) {
    return row.local.exists() && row.local.index == variable &&
           code.string(row.module) == "<builtins>" && code.string(row.name) == "range";
  });
}

// Where the op has not failed, the loop ends: behind it, on the way that has no test.
bool ends_behind(const CodeFacts& code, OpId loop, OpId op, const Try& attempt, OpId attempt_op) {
  std::vector<OpId> around = ops_holding(code, op);
  std::erase_if(around, [&](OpId at) { return at < attempt_op; });
  for (OpId inner = op; !around.empty(); around.pop_back()) {
    const OpId outer = around.back();
    if (is_kind(code, outer, OpKind::Branch) || is_kind(code, outer, OpKind::Loop)) return false;
    const OpId end = outer == attempt_op ? attempt.body_end : code.ops[outer.index].end;
    if (leaves(code, loop, code.ops[inner.index].end, end)) return true;
    inner = outer;
  }
  return leaves(code, loop, code.ops[attempt_op.index].end, code.ops[loop.index].end);
}

// `send(command, (error, data) => ...)`: what the call is given last is told of its failure.
bool tells_callback(const CodeFacts& code, OpId op) {
  if (!is_kind(code, op, OpKind::Call)) return false;
  const auto given = code.operands_of(code.calls[code.ops[op.index].detail].arguments);
  if (given.empty() || !given.back().value.exists()) return false;
  const Expr& last = code.exprs[given.back().value.index];
  constexpr std::uint32_t kErrorAndData = 2;
  return last.kind == ExprKind::Function &&
         code.functions[last.ref].parameters.count >= kErrorAndData;
}

// The variable that takes the error of the call, and the op that gives it; no id: none does.
std::pair<VariableId, OpId> error_taken(const CodeFacts& code, OpId call) {
  for (OpId at{call.index + 1}; at.index < code.ops.size(); ++at.index) {
    if (!is_kind(code, at, OpKind::Assign)) continue;
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

// Which way of a test has the error: Then of `err != nil || row == nil`, Else of `err == nil &&
// ok`.
enum class ErrorWay : std::uint8_t { Neither, Then, Else };
ErrorWay way_of_error(const CodeFacts& code, ExprId test, VariableId error) {
  if (!test.exists() || code.exprs[test.index].kind != ExprKind::Operator) return ErrorWay::Neither;
  const Expr& row = code.exprs[test.index];
  const auto kind = static_cast<OperatorKind>(row.detail);
  const auto sides = code.operands_of(row.operands);
  if (kind == OperatorKind::Not && sides.size() == 1) {
    const ErrorWay way = way_of_error(code, sides[0].value, error);
    if (way == ErrorWay::Neither) return way;
    return way == ErrorWay::Then ? ErrorWay::Else : ErrorWay::Then;
  }
  if (kind == OperatorKind::Equal || kind == OperatorKind::NotEqual) {
    const bool asks = sides.size() == 2 && is_variable(code, sides[0].value, error) &&
                      code.exprs[sides[1].value.index].kind == ExprKind::Null;
    if (!asks) return ErrorWay::Neither;
    return kind == OperatorKind::NotEqual ? ErrorWay::Then : ErrorWay::Else;
  }
  if (kind != OperatorKind::And && kind != OperatorKind::Or) return ErrorWay::Neither;
  for (const Operand& side : sides)
    if (const ErrorWay way = way_of_error(code, side.value, error); way != ErrorWay::Neither)
      return way;
  return ErrorWay::Neither;
}

// Whether the ops, one after another, come to a return of an error.
bool comes_to_error(const CodeFacts& code, OpId first, OpId end) {
  for (OpId at = first; at < end; at = code.ops[at.index].end)
    if (is_kind(code, at, OpKind::Exit))
      return code.exits[code.ops[at.index].detail].kind == ExitKind::Raise;
  return false;
}

// Where errors are values: what asks for the one that the call gives goes on, or gives an answer in
// its place: `if err != nil { return reply(500), nil }`.
bool is_answered(const CodeFacts& code, OpId call) {
  const auto [error, taken] = error_taken(code, call);
  if (!error.exists()) return false;
  const FunctionId function = function_around(code, call);
  const OpId end = function.exists() ? code.functions[function.index].end
                                     : OpId{static_cast<std::uint32_t>(code.ops.size())};
  for (OpId at{taken.index + 1}; at < end; ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind == OpKind::Assign && is_variable(code, code.assigns[op.detail].target, error))
      return false;  // another one, or made of it: what becomes of that is not asked
    if (op.kind != OpKind::Branch) continue;
    const Branch& row = code.branches[op.detail];
    const ErrorWay way = way_of_error(code, row.condition, error);
    if (way == ErrorWay::Then) return !comes_to_error(code, OpId{at.index + 1}, row.otherwise);
    if (way == ErrorWay::Else) return !comes_to_error(code, row.otherwise, end);
  }
  return false;
}

}  // namespace

FunctionId function_around(const CodeFacts& code, OpId op) {
  FunctionId found;
  for (std::uint32_t i = 0; i < code.functions.size(); ++i) {
    const Function& row = code.functions[i];
    if (row.first <= op && op < row.end &&
        (!found.exists() || row.first > code.functions[found.index].first))
      found = FunctionId{i};
  }
  return found;
}

bool is_within(const CodeFacts& code, FunctionId inner, FunctionId outer) {
  while (inner.exists() && inner != outer) inner = code.functions[inner.index].parent;
  return inner.exists();
}

bool is_attempted(const CodeFacts& code, OpId op) {
  const bool in_body = std::ranges::any_of(ops_holding(code, op), [&](OpId at) {
    if (!is_kind(code, at, OpKind::Try)) return false;
    const Try& row = code.tries[code.ops[at.index].detail];
    return row.catches.count > 0 && op < row.body_end;
  });
  return in_body || (traits(code.language).errors_are_values && is_answered(code, op)) ||
         tells_callback(code, op) || is_followed_by(code, op, "catch|rescue|exceptionally|handle");
}

bool is_attempted_around_loop(const CodeFacts& code, OpId op) {
  OpId loop, attempt;
  for (const OpId at : ops_holding(code, op)) {
    if (is_kind(code, at, OpKind::Loop)) loop = at;
    if (!is_kind(code, at, OpKind::Try)) continue;
    const Try& row = code.tries[code.ops[at.index].detail];
    if (row.catches.count > 0 && op < row.body_end) attempt = at;
  }
  return attempt.exists() && loop.exists() && attempt < loop;
}

bool is_raised_again(const CodeFacts& code, OpId op) {
  bool raised = false;
  for (const OpId at : ops_holding(code, op)) {
    if (!is_kind(code, at, OpKind::Try)) continue;
    const Try& row = code.tries[code.ops[at.index].detail];
    for (std::uint32_t i = 0; i < row.catches.count && op < row.body_end; ++i) {
      const Catch& handler = code.catches[row.catches.first + i];
      if (!surely_raises(code, handler.first, handler.end)) return false;
      raised = true;
    }
  }
  return raised;
}

bool is_tried_again(const CodeFacts& code, OpId op) {
  const std::vector<OpId> around = ops_holding(code, op);
  const auto attempt = std::ranges::find_if(around.rbegin(), around.rend(), [&](OpId at) {
    return is_kind(code, at, OpKind::Try) &&
           code.tries[code.ops[at.index].detail].catches.count > 0 &&
           op < code.tries[code.ops[at.index].detail].body_end;
  });
  if (attempt == around.rend()) return false;
  const auto loop = std::find_if(attempt, around.rend(),
                                 [&](OpId at) { return is_kind(code, at, OpKind::Loop); });
  if (loop == around.rend() || !only_counts(code, code.loops[code.ops[loop->index].detail]))
    return false;
  const Try& row = code.tries[code.ops[attempt->index].detail];
  for (std::uint32_t i = 0; i < row.catches.count; ++i) {
    const Catch& handler = code.catches[row.catches.first + i];
    if (leaves(code, *loop, handler.first, handler.end)) return false;
  }
  return ends_behind(code, *loop, op, row, *attempt);
}

bool goes_on_with_next(const CodeFacts& code, OpId first) {
  const std::vector<OpId> around = ops_holding(code, first);
  const auto loop = std::ranges::find_if(around.rbegin(), around.rend(),
                                         [&](OpId at) { return is_kind(code, at, OpKind::Loop); });
  if (loop == around.rend() || code.loops[code.ops[loop->index].detail].kind != LoopKind::Each)
    return false;
  const auto handler =
      std::ranges::find_if(code.catches, [&](const Catch& one) { return one.first == first; });
  if (handler == code.catches.end()) return false;
  for (OpId at = handler->first; at < handler->end; ++at.index) {
    if (!is_kind(code, at, OpKind::Exit)) continue;
    const Exit& exit = code.exits[code.ops[at.index].detail];
    if (exit.kind != ExitKind::Continue && !(exit.kind == ExitKind::Break && exit.target > *loop))
      return false;
  }
  // What ends the loop behind it may ask whether something has failed.
  for (OpId at{loop->index + 1}; at < code.ops[loop->index].end; ++at.index) {
    if (!is_kind(code, at, OpKind::Exit)) continue;
    const Exit& exit = code.exits[code.ops[at.index].detail];
    if (exit.kind == ExitKind::Return || (exit.kind == ExitKind::Break && exit.target == *loop))
      return false;
  }
  return true;
}

}  // namespace fnlint
