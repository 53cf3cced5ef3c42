// Finds a read and a store of the same state with an await between them, through a local variable
// or within one expression.

#include "flow/syntax/stale_reads.h"

#include "flow/syntax/code_queries.h"

#include <algorithm>

namespace fnlint {

namespace {

bool is_wait(const CodeFacts& code, OpId op) { return code.ops[op.index].kind == OpKind::Await; }

bool reads(const CodeFacts& code, ExprId expr, VariableId wanted) {
  std::vector<VariableId> variables;
  add_variables(code, expr, variables);
  return std::ranges::find(variables, wanted) != variables.end();
}

// The expression waits while it is evaluated, itself or in what a call in it is given:
// `Number(await text())`.
bool waits_in(const CodeFacts& code, ExprId expr, int depth = 0) {
  constexpr int kDepth = 6;
  if (!expr.exists() || depth > kDepth) return false;
  std::vector<OpId> results;
  add_results(code, expr, results);
  return std::ranges::any_of(results, [&](OpId result) {
    if (is_wait(code, result)) return true;
    if (code.ops[result.index].kind != OpKind::Call) return false;
    const Call& call = code.calls[code.ops[result.index].detail];
    return waits_in(code, call.callee, depth + 1) ||
           std::ranges::any_of(code.operands_of(call.arguments), [&](const Operand& one) {
             return waits_in(code, one.value, depth + 1);
           });
  });
}

// The variable is read before a part of the expression waits: operands are evaluated in order.
bool reads_then_waits(const CodeFacts& code, const Expr& value, VariableId wanted) {
  bool has_read = false;
  for (const Operand& operand : code.operands_of(value.operands)) {
    if (!operand.value.exists()) continue;
    if (has_read && waits_in(code, operand.value)) return true;
    has_read = has_read || reads(code, operand.value, wanted);
  }
  return false;
}

bool waits_between(const CodeFacts& code, OpId first, OpId end) {
  for (OpId at = first; at < end; ++at.index)
    if (is_wait(code, at)) return true;
  return false;
}

// A local variable was made of the state before the function waited.
bool keeps_stale_read(const CodeFacts& code, const Function& function, OpId assignment,
                      VariableId state, VariableId local) {
  bool is_stale = false;
  for (OpId at = function.first; at < assignment; ++at.index) {
    if (code.ops[at.index].kind != OpKind::Assign) continue;
    const Assign& row = code.assigns[code.ops[at.index].detail];
    if (root_variable(code, row.target) != local || !row.value.exists()) continue;
    is_stale = reads(code, row.value, state) && waits_between(code, at, assignment);
  }
  return is_stale;
}

}  // namespace

bool stores_stale_read(const CodeFacts& code, const Function& function, OpId assignment) {
  const Op& op = code.ops[assignment.index];
  if (code.awaits.empty() || op.kind != OpKind::Assign) return false;
  const Assign& row = code.assigns[op.detail];
  const VariableId state = root_variable(code, row.target);
  if (!state.exists() || !row.value.exists()) return false;
  const bool waits = waits_in(code, row.value);
  if (row.mode == AssignMode::Update && waits) return true;
  if (waits && reads_then_waits(code, code.exprs[row.value.index], state)) return true;
  std::vector<VariableId> variables;
  add_variables(code, row.value, variables);
  return std::ranges::any_of(variables, [&](VariableId local) {
    return local != state && code.variables[local.index].owner.index != 0 &&
           keeps_stale_read(code, function, assignment, state, local);
  });
}

}  // namespace fnlint
