// Errors that a call turns into its result, as `runCatching` does: is the result looked at, handed
// on, logged or dropped?

#include "flow/syntax/caught_results.h"

#include "core/text.h"
#include "flow/syntax/call_uses.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/error_handlers.h"
#include "flow/syntax/failure_forms.h"
#include "tables/code_words.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string_view>

namespace fnlint {

namespace {

std::string_view name_of_callee(const CodeFacts& code, const Call& call) {
  const Expr& callee = code.exprs[call.callee.index];
  if (callee.kind == ExprKind::Variable) return code.string(code.variables[callee.ref].name);
  return callee.kind == ExprKind::Member ? code.string(callee.name) : std::string_view();
}

// The function that a call is given, by where it is written; no id: none.
FunctionId given_function(const CodeFacts& code, const Call& call) {
  for (const Operand& operand : code.operands_of(call.arguments))
    if (operand.value.exists() && code.exprs[operand.value.index].kind == ExprKind::Function)
      return FunctionId{code.exprs[operand.value.index].ref};
  return {};
}

// The call of a method on what another call gives; no id: none.
OpId call_on(const CodeFacts& code, OpId call) {
  for (OpId at{call.index + 1}; at.index < code.ops.size(); ++at.index) {
    if (code.ops[at.index].kind != OpKind::Call) continue;
    const Expr& callee = code.exprs[code.calls[code.ops[at.index].detail].callee.index];
    if (callee.kind != ExprKind::Member) continue;
    const Expr& base = code.exprs[callee.ref];
    if (base.kind == ExprKind::Result && base.ref == call.index) return at;
  }
  return {};
}

ErrorEnd also_logged(ErrorEnd end) {
  if (end == ErrorEnd::Dropped) return ErrorEnd::Logged;
  return end == ErrorEnd::Told ? ErrorEnd::LoggedAndTold : end;
}

// Of the result that has the error.
ErrorEnd end_of_result(const CodeFacts& code, const CallUses& uses, OpId call) {
  if (uses.results[call.index] == ResultUse::Dropped) return ErrorEnd::Dropped;
  if (uses.results[call.index] == ResultUse::Returned) return ErrorEnd::Told;
  const OpId next = call_on(code, call);
  if (!next.exists()) return ErrorEnd::Handled;
  const Call& row = code.calls[code.ops[next.index].detail];
  const std::string_view name = name_of_callee(code, row);
  if (is_one_of(known::raising_of_results(), name)) return ErrorEnd::Passes;
  if (is_one_of(known::passing_of_results(), name)) return end_of_result(code, uses, next);
  if (!is_one_of(known::telling_of_results(), name))
    return uses.results[next.index] == ResultUse::Dropped && row.arguments.count == 0
               ? ErrorEnd::Dropped
               : ErrorEnd::Handled;
  const FunctionId told = given_function(code, row);
  if (!told.exists()) return ErrorEnd::Handled;
  const Function& handler = code.functions[told.index];
  if (does_nothing(code, handler.first, handler.end)) return end_of_result(code, uses, next);
  return only_logs(code, handler.first, handler.end) ? also_logged(end_of_result(code, uses, next))
                                                     : ErrorEnd::Handled;
}

}  // namespace

bool catches(const CodeFacts& code, OpId op) {
  return op.exists() && code.ops[op.index].kind == OpKind::Call &&
         is_one_of(known::catching_calls(),
                   name_of_callee(code, code.calls[code.ops[op.index].detail]));
}

ErrorEnd caught_end(const CodeFacts& code, OpId op) {
  const FunctionId function = function_around(code, op);
  if (!function.exists()) return ErrorEnd::Passes;
  for (OpId at{0}; at.index < code.ops.size(); ++at.index) {
    if (code.ops[at.index].kind != OpKind::Call) continue;
    const Call& call = code.calls[code.ops[at.index].detail];
    if (catches(code, at) && given_function(code, call) == function)
      return end_of_result(code, call_uses(code), at);
  }
  return ErrorEnd::Passes;
}

namespace {

// What a call has given, by the variables and the results of calls that tell of it.
class ResultLog {
 public:
  ResultLog(const CodeFacts& code, OpId call) : code_(code), results_{call.index} {}

  // Also of what asks for it in the next round of a loop around the call.
  bool is_all(OpId call) {
    const FunctionId function = function_around(code_, call);
    if (!function.exists()) return false;
    const Function& body = code_.functions[function.index];
    if (!is_all_between(OpId{call.index + 1}, body.end)) return false;
    const std::vector<OpId> around = ops_holding(code_, call);
    const auto loop = std::ranges::find_if(
        around, [&](OpId at) { return code_.ops[at.index].kind == OpKind::Loop; });
    if (loop != around.end() && !is_all_between(*loop, body.end)) return false;
    // Functions within it, too.
    return logged_ && !is_named_between(OpId{0}, body.first) &&
           !is_named_between(body.end, OpId{static_cast<std::uint32_t>(code_.ops.size())});
  }

 private:
  bool is_all_between(OpId first, OpId end) {
    for (OpId at = first; at < end; ++at.index)
      if (is_named(at) && !take(at)) return false;
    return true;
  }
  [[nodiscard]] bool is_named_between(OpId first, OpId end) const {
    for (OpId at = first; at < end; ++at.index)
      if (is_named(at)) return true;
    return false;
  }
  [[nodiscard]] bool is_it(const Expr& row) const {
    return (row.kind == ExprKind::Result && results_.contains(row.ref)) ||
           (row.kind == ExprKind::Variable && holders_.contains(row.ref));
  }
  [[nodiscard]] bool has_it(ExprId expr) const {
    bool found = false;
    if (expr.exists())
      visit_parts(code_, expr, [&](const Expr& part) { found = found || is_it(part); });
    return found;
  }
  [[nodiscard]] bool is_named(OpId at) const {
    bool found = false;
    visit_expressions(code_, at, [&](ExprId expr) { found = found || has_it(expr); });
    return found;
  }
  // An arm that goes on, with a log or without.
  [[nodiscard]] bool falls_through(OpId first, OpId end) const {
    for (OpId at = first; at < end; ++at.index)
      if (code_.ops[at.index].kind == OpKind::Exit) return false;
    return does_nothing(code_, first, end) || only_logs(code_, first, end);
  }
  bool take(OpId& at) {
    const Op& op = code_.ops[at.index];
    if (op.kind == OpKind::Await) {
      results_.insert(at.index);
      return true;
    }
    if (op.kind == OpKind::Assign) {
      const Assign& row = code_.assigns[op.detail];
      if (row.mode == AssignMode::Evaluate) return true;
      if (row.mode != AssignMode::Update && row.target.exists() &&
          code_.exprs[row.target.index].kind == ExprKind::Variable && !has_it(row.value))
        return true;  // what it is before, or from then on
      const bool is_own = row.target.exists() && row.value.exists() &&
                          row.mode != AssignMode::Update &&
                          code_.exprs[row.target.index].kind == ExprKind::Variable &&
                          is_it(code_.exprs[row.value.index]);
      if (is_own) holders_.insert(code_.exprs[row.target.index].ref);
      return is_own;
    }
    if (op.kind == OpKind::Call) {
      const Call& row = code_.calls[op.detail];
      if (is_log(code_, row.callee)) return true;
      const Expr& callee = code_.exprs[row.callee.index];
      const bool asks = callee.kind == ExprKind::Member && row.arguments.count == 0 &&
                        is_it(code_.exprs[callee.ref]);
      if (asks) results_.insert(at.index);
      return asks;
    }
    if (op.kind != OpKind::Branch) return false;
    const OpId otherwise = code_.branches[op.detail].otherwise;
    const OpId first{at.index + 1};
    if (!falls_through(first, otherwise) || !falls_through(otherwise, op.end)) return false;
    logged_ = logged_ || only_logs(code_, first, otherwise) || only_logs(code_, otherwise, op.end);
    at = OpId{op.end.index - 1};
    return true;
  }

  const CodeFacts& code_;
  std::set<std::uint32_t> results_, holders_ = {};  // ops; variables
  bool logged_ = false;
};

}  // namespace

bool only_logs_result(const CodeFacts& code, OpId call) {
  return call.exists() && ResultLog(code, call).is_all(call);
}

}  // namespace fnlint
