// Compares what follows a swallowed error with what follows success: any difference that the caller
// or later code could see?

#include "flow/syntax/same_way.h"

#include "flow/syntax/code_queries.h"
#include "flow/syntax/error_handlers.h"
#include "flow/syntax/failure_forms.h"
#include "model/language_traits.h"

#include <algorithm>
#include <vector>

namespace fnlint {

namespace {

struct OpStretch {
  OpId first = {}, end = {};
};

bool reads_any(const CodeFacts& code, OpId op, const std::vector<VariableId>& variables) {
  bool found = false;
  const Op& row = code.ops[op.index];
  const ExprId target = row.kind == OpKind::Assign ? code.assigns[row.detail].target : ExprId{};
  visit_expressions(code, op, [&](ExprId expr) {
    if (expr == target && code.exprs[expr.index].kind == ExprKind::Variable) return;
    visit_parts(code, expr, [&](const Expr& part) {
      found = found || (part.kind == ExprKind::Variable &&
                        std::ranges::find(variables, VariableId{part.ref}) != variables.end());
    });
  });
  return found;
}

// Variables that the stretch gives another value, or whose content it may change.
std::vector<VariableId> changed_in(const CodeFacts& code, const OpStretch& stretch) {
  auto [assigned, touched] = written_variables(code, stretch.first, stretch.end);
  std::erase_if(touched, [&](VariableId one) {  // the client that is asked, the logger
    return code.variables[one.index].kind != VariableKind::Local;
  });
  assigned.insert(assigned.end(), touched.begin(), touched.end());
  return assigned;
}

// Behind the stretch, or in another function.
bool is_read_later(const CodeFacts& code, const std::vector<VariableId>& variables,
                   const OpStretch& whole) {
  if (variables.empty()) return false;
  const FunctionId function = function_around(code, whole.first);
  const OpId begin = function.exists() ? code.functions[function.index].first : OpId{0};
  for (OpId at{0}; at.index < code.ops.size(); ++at.index)
    if ((at < begin || at >= whole.end) && reads_any(code, at, variables)) return true;
  return false;
}

// Whether the stretch leaves to where what follows the op `around` is passed by.
bool leaves(const CodeFacts& code, const OpStretch& stretch, OpId around) {
  for (OpId at = stretch.first; at < stretch.end; ++at.index) {
    if (code.ops[at.index].kind != OpKind::Exit) continue;
    const Exit& left = code.exits[code.ops[at.index].detail];
    if (left.kind == ExitKind::Raise) continue;
    const bool is_inside = left.target.exists() && left.target >= around;
    if (!is_inside) return true;
  }
  return false;
}

// Whether the function ends behind the op, but for a return of nothing.
bool is_last(const CodeFacts& code, OpId op) {
  const FunctionId function = function_around(code, op);
  if (!function.exists()) return false;
  for (OpId at = code.ops[op.index].end; at < code.functions[function.index].end; ++at.index) {
    const Op& row = code.ops[at.index];
    const bool is_plain_return = row.kind == OpKind::Exit &&
                                 code.exits[row.detail].kind == ExitKind::Return &&
                                 !code.exits[row.detail].value.exists();
    if (!is_plain_return) return false;
  }
  return true;
}

// Of `if err != nil { log(err) }` behind the call: the branch that looks at its error.
OpId asks_for_error(const CodeFacts& code, OpId call) {
  std::vector<VariableId> held;
  const auto is_error = [&](ExprId expr) {
    bool found = false;
    visit_parts(code, expr, [&](const Expr& part) {
      found = found || (part.kind == ExprKind::ErrorOf && part.ref == call.index) ||
              (part.kind == ExprKind::Variable &&
               std::ranges::find(held, VariableId{part.ref}) != held.end());
    });
    return found;
  };
  for (OpId at{call.index + 1}; at.index < code.ops.size(); ++at.index) {
    const Op& row = code.ops[at.index];
    if (row.kind == OpKind::Assign && code.assigns[row.detail].value.exists() &&
        is_error(code.assigns[row.detail].value))
      if (const VariableId root = root_variable(code, code.assigns[row.detail].target);
          root.exists())
        held.push_back(root);
    if (row.kind == OpKind::Branch && is_error(code.branches[row.detail].condition)) return at;
  }
  return {};
}

bool does_anything(const CodeFacts& code, const OpStretch& stretch) {
  for (OpId at = stretch.first; at < stretch.end; ++at.index)
    if (code.ops[at.index].kind != OpKind::Block) return true;
  return false;
}

bool value_goes_on_alike(const CodeFacts& code, OpId call) {
  const OpId branch = asks_for_error(code, call);
  if (!branch.exists()) return false;
  const Op& row = code.ops[branch.index];
  const OpId otherwise = code.branches[row.detail].otherwise;
  const OpStretch handled{.first = OpId{branch.index + 1}, .end = otherwise};
  const OpStretch other{.first = otherwise, .end = row.end};
  if (does_anything(code, handled) && does_anything(code, other)) return false;
  if ((leaves(code, handled, branch) || leaves(code, other, branch)) && !is_last(code, branch))
    return false;
  // What it gives beside the error is read where there is none.
  std::vector<VariableId> given;
  for (const Assign& one : code.assigns) {
    if (!one.value.exists() || !one.target.exists()) continue;
    const Expr& value = code.exprs[one.value.index];
    if (value.kind != ExprKind::Result || value.ref != call.index) continue;
    if (const VariableId root = root_variable(code, one.target); root.exists())
      given.push_back(root);
  }
  return !is_read_later(code, given, {.first = call, .end = row.end});
}

// `put(row).then(() => answer()).catch(log)`: what comes between is done on success alone.
bool is_followed_by_then(const CodeFacts& code, OpId call) {
  return is_followed_by(code, call, "then|map|andThen|thenApply|thenAccept|thenCompose");
}

bool is_given(const CodeFacts& code, ExprId callee) {
  const VariableId root = root_variable(code, callee);
  return root.exists() && code.variables[root.index].kind == VariableKind::Parameter;
}

}  // namespace

bool tells_success(const CodeFacts& code, OpId op, OpId attempt) {
  if (!attempt.exists()) return false;
  const OpId body_end = code.tries[code.ops[attempt.index].detail].body_end;
  for (OpId at{op.index + 1}; at < body_end; ++at.index) {
    if (code.ops[at.index].kind != OpKind::Call) continue;
    const ExprId callee = code.calls[code.ops[at.index].detail].callee;
    if (!is_log(code, callee) && is_given(code, callee)) return true;
  }
  return false;
}

bool goes_on_alike(const CodeFacts& code, OpId op, OpId attempt) {
  if (!op.exists()) return false;
  if (traits(code.language).errors_are_values) return value_goes_on_alike(code, op);
  if (is_followed_by_then(code, op)) return false;
  if (!attempt.exists()) return true;
  const Op& whole = code.ops[attempt.index];
  const Try& row = code.tries[whole.detail];
  const OpStretch body{.first = op, .end = row.body_end};
  const OpStretch rest{.first = row.body_end, .end = whole.end};
  if (leaves(code, body, attempt) || tells_success(code, op, attempt)) return false;
  if (leaves(code, rest, attempt) && !is_last(code, attempt)) return false;
  return !is_read_later(code, changed_in(code, body), {.first = attempt, .end = whole.end});
}

}  // namespace fnlint
