// Follows errors of asynchronous calls to the `.catch`, the callback or the awaited group that
// receives them, and says what that makes of them.

#include "flow/syntax/promise_errors.h"

#include "flow/syntax/call_uses.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/error_handlers.h"
#include "model/language_traits.h"

#include <algorithm>
#include <functional>
#include <vector>

namespace fnlint {

namespace {

// The call whose receiver is what a call gives; no id: none is.
OpId call_of_result(const CodeFacts& code, OpId op) {
  for (OpId at{code.ops[op.index].end.index}; at.index < code.ops.size(); ++at.index) {
    if (code.ops[at.index].kind != OpKind::Call) continue;
    const Expr& callee = code.exprs[code.calls[code.ops[at.index].detail].callee.index];
    if (callee.kind != ExprKind::Member) continue;
    const Expr& receiver = code.exprs[callee.ref];
    if (receiver.kind == ExprKind::Result && receiver.ref == op.index) return at;
  }
  return {};
}

}  // namespace

// Whether nothing looks at what the call, once it is awaited, gives.
bool is_let_go(const CodeFacts& code, OpId call) {
  const CallUses uses = call_uses(code);
  for (std::uint32_t at = call.index; at < code.ops.size(); ++at) {
    if (code.ops[at].kind != OpKind::Await) continue;
    const ExprId awaited = code.awaits[code.ops[at].detail].value;
    if (!awaited.exists()) continue;
    const Expr& value = code.exprs[awaited.index];
    if (value.kind == ExprKind::Result && value.ref == call.index)
      return uses.results[at] == ResultUse::Dropped;
  }
  return false;
}

namespace {

// Waits for several at once, and answers with the errors of those that failed:
// `Promise.allSettled(...)`, `asyncio.gather(..., return_exceptions=True)`.
bool answers_with_errors(const CodeFacts& code, const Call& call) {
  const Expr& callee = code.exprs[call.callee.index];
  if (traits(code.language).has_promises)
    return callee.kind == ExprKind::Member && code.string(callee.name) == "allSettled";
  const auto arguments = code.operands_of(call.arguments);
  return std::ranges::any_of(arguments, [&](const Operand& one) {
    return code.string(one.name) == "return_exceptions" && one.value.exists() &&
           code.exprs[one.value.index].kind == ExprKind::Bool &&
           code.exprs[one.value.index].detail != 0;
  });
}

// `await Promise.all(...)`, `await asyncio.gather(...)`
bool waits_for_several(const CodeFacts& code, const Call& call) {
  const Expr& callee = code.exprs[call.callee.index];
  if (callee.kind != ExprKind::Member) return false;
  const std::string_view name = code.string(callee.name);
  return name == "all" || name == "allSettled" || name == "gather";
}

}  // namespace

// Stands among what such a call is given, and nobody reads its answer.
bool is_settled_unread(const CodeFacts& code, OpId op) {
  const Range where = code.op_ranges[op.index];
  for (OpId at = op; at.index < code.ops.size(); ++at.index) {
    if (code.ops[at.index].kind != OpKind::Call) continue;
    const Range around = code.op_ranges[at.index];
    const bool is_inside = around.begin < where.begin && where.end < around.end;
    if (is_inside && answers_with_errors(code, code.calls[code.ops[at.index].detail]))
      return is_let_go(code, at);
  }
  return false;
}

namespace {

// It, or an object that it is a field or a part of.
bool hands_on(const CodeFacts& code, ExprId expr, const std::function<bool(const Expr&)>& is_it) {
  if (!expr.exists()) return false;
  const Expr& row = code.exprs[expr.index];
  if (row.kind != ExprKind::Record) return is_it(row);
  return std::ranges::any_of(code.operands_of(row.operands), [&](const Operand& one) {
    return one.value.exists() && is_it(code.exprs[one.value.index]);
  });
}

}  // namespace

bool is_given_back(const CodeFacts& code, OpId call) {
  std::vector<std::uint32_t> holders;  // variables
  OpId result = call;
  const auto is_it = [&](const Expr& row) {
    return (row.kind == ExprKind::Result && row.ref == result.index) ||
           (row.kind == ExprKind::Variable && std::ranges::find(holders, row.ref) != holders.end());
  };
  bool is_back = false;
  for (OpId at{call.index + 1}; at.index < code.ops.size(); ++at.index) {
    const Op& op = code.ops[at.index];
    bool is_named = false;
    visit_expressions(code, at, [&](ExprId expr) {
      visit_parts(code, expr, [&](const Expr& part) { is_named = is_named || is_it(part); });
    });
    if (!is_named) continue;
    if (op.kind == OpKind::Await && is_it(code.exprs[code.awaits[op.detail].value.index])) {
      result = at;
      continue;
    }
    if (op.kind == OpKind::Assign && hands_on(code, code.assigns[op.detail].value, is_it)) {
      const Assign& row = code.assigns[op.detail];
      if (row.mode == AssignMode::Evaluate) continue;
      const bool is_local = row.target.exists() && row.mode != AssignMode::Update &&
                            code.exprs[row.target.index].kind == ExprKind::Variable;
      if (!is_local) return false;
      holders.push_back(code.exprs[row.target.index].ref);
      continue;
    }
    const bool leaves = op.kind == OpKind::Exit &&
                        code.exits[op.detail].kind == ExitKind::Return &&
                        hands_on(code, code.exits[op.detail].value, is_it);
    if (!leaves) return false;
    is_back = true;
  }
  return is_back;
}

bool looks_at_result(const CodeFacts& code, OpId call) {
  if (call_uses(code).results[call.index] == ResultUse::Dropped || is_let_go(code, call))
    return false;
  const Range where = code.op_ranges[call.index];
  for (OpId at = call; at.index < code.ops.size(); ++at.index) {
    if (code.ops[at.index].kind != OpKind::Call) continue;
    const Range around = code.op_ranges[at.index];
    const bool is_inside = around.begin < where.begin && where.end < around.end;
    if (is_inside && waits_for_several(code, code.calls[code.ops[at.index].detail]))
      return !is_let_go(code, at);
  }
  return true;
}

namespace {

// The part of a handler that a function is: what stands there is done where something has failed.
ErrorEnd end_of_function(const CodeFacts& code, const Function& function) {
  if (does_nothing(code, function.first, function.end))
    return returns_value(code, function.first, function.end) ? ErrorEnd::Told : ErrorEnd::Dropped;
  if (!only_logs(code, function.first, function.end)) return ErrorEnd::Handled;
  return returns_value(code, function.first, function.end) ? ErrorEnd::LoggedAndTold
                                                           : ErrorEnd::Logged;
}

// `.catch(() => {})`, `.catch(console.error)`
ErrorEnd end_of_handler(const CodeFacts& code, ExprId handler) {
  if (!handler.exists()) return ErrorEnd::Passes;
  const Expr& row = code.exprs[handler.index];
  if (row.kind == ExprKind::Function) return end_of_function(code, code.functions[row.ref]);
  return is_log(code, handler) ? ErrorEnd::Logged : ErrorEnd::Passes;
}

// Once the promise behind the handler is looked at, or not.
ErrorEnd seen_by_caller(const CodeFacts& code, OpId call, ErrorEnd end) {
  if (end == ErrorEnd::Passes || end == ErrorEnd::Handled) return ErrorEnd::Passes;
  const bool is_logged = end == ErrorEnd::Logged || end == ErrorEnd::LoggedAndTold;
  if (is_let_go(code, call)) return is_logged ? ErrorEnd::Logged : ErrorEnd::Dropped;
  const bool is_given_on = call_uses(code).results[call.index] == ResultUse::Returned;
  if (!is_given_on) return ErrorEnd::Passes;
  return is_logged ? ErrorEnd::LoggedAndTold : ErrorEnd::Told;
}

}  // namespace

ErrorEnd promise_end(const CodeFacts& code, OpId op) {
  constexpr int kLinks = 4;
  for (int i = 0; i < kLinks && op.exists(); ++i) {
    op = call_of_result(code, op);
    if (!op.exists()) break;
    const Call& call = code.calls[code.ops[op.index].detail];
    const std::string_view name = code.string(code.exprs[call.callee.index].name);
    const auto given = code.operands_of(call.arguments);
    // `then(done, failed)`: the second one is for errors.
    const bool handles =
        (name == "catch" && given.size() == 1) || (name == "then" && given.size() == 2);
    if (handles) return seen_by_caller(code, op, end_of_handler(code, given.back().value));
    if (name != "promise" && name != "then" && name != "finally") break;
  }
  return ErrorEnd::Passes;
}

namespace {

// Whether the variable stands anywhere in what the op reads itself.
bool names(const CodeFacts& code, OpId op, VariableId variable) {
  bool found = false;
  visit_expressions(code, op, [&](ExprId expr) {
    visit_parts(code, expr, [&](const Expr& part) {
      found = found || (part.kind == ExprKind::Variable && part.ref == variable.index);
    });
  });
  return found;
}

// Of `if (error)` and `if (error !== null)`.
bool asks_for(const CodeFacts& code, ExprId test, VariableId error) {
  if (!test.exists()) return false;
  if (is_variable(code, test, error)) return true;
  const Expr& row = code.exprs[test.index];
  if (row.kind != ExprKind::Operator || row.detail != static_cast<int>(OperatorKind::NotEqual))
    return false;
  const auto sides = code.operands_of(row.operands);
  return is_variable(code, sides[0].value, error) &&
         code.exprs[sides[1].value.index].kind == ExprKind::Null;
}

}  // namespace

ErrorEnd callback_end(const CodeFacts& code, OpId op) {
  const auto given = code.operands_of(code.calls[code.ops[op.index].detail].arguments);
  if (given.empty() || !given.back().value.exists()) return ErrorEnd::Passes;
  const Expr& last = code.exprs[given.back().value.index];
  if (last.kind != ExprKind::Function) return ErrorEnd::Passes;
  const Function& callback = code.functions[last.ref];
  if (callback.parameters.count == 0) return ErrorEnd::Passes;
  const VariableId error = code.parameters[callback.parameters.first].variable;
  ErrorEnd end = ErrorEnd::Passes;
  OpId handled;  // the end of the way where there is one
  for (OpId at = callback.first; at.exists() && at < callback.end; ++at.index) {
    const Op& row = code.ops[at.index];
    if (row.kind == OpKind::Branch && asks_for(code, code.branches[row.detail].condition, error)) {
      const OpId inner{at.index + 1};
      const OpId otherwise = code.branches[row.detail].otherwise;
      if (does_nothing(code, inner, otherwise))
        end = ErrorEnd::Dropped;
      else if (only_logs(code, inner, otherwise))
        end = ErrorEnd::Logged;
      else
        return ErrorEnd::Passes;
      handled = otherwise;
    } else if (names(code, at, error) && !(handled.exists() && at < handled)) {
      return ErrorEnd::Passes;
    }
  }
  return end;
}

}  // namespace fnlint
