// One pass over a file's ops that notes, for each call, the most that is done with its result.

#include "flow/syntax/call_uses.h"

#include "flow/syntax/code_queries.h"
#include "flow/syntax/collected.h"

#include <algorithm>

namespace fnlint {

CallUses call_uses(const CodeFacts& code) {
  CallUses out;
  Collected collected(code);
  std::vector<ResultUse>& uses = out.results;
  std::vector<std::uint32_t>& reads = out.reads;
  uses.assign(code.ops.size(), ResultUse::Dropped);
  reads.assign(code.variables.size(), 0);
  out.detaches = std::any_of(code.calls.begin(), code.calls.end(),
                             [](const Call& row) { return row.mode == CallMode::Detached; });
  std::vector<std::pair<VariableId, OpId>> held;  // results that a variable takes
  const auto raise = [&](OpId op, ResultUse use) {
    uses[op.index] = std::max(uses[op.index], use);
  };
  const auto read = [&](ExprId expr, ResultUse use) {
    visit_parts(code, expr, [&](const Expr& row) {
      if (row.kind == ExprKind::Variable) ++reads[row.ref];
      collected.note_part(row);
      if (row.kind == ExprKind::Result) raise(OpId{row.ref}, use);
    });
  };
  for (OpId at{0}; at.index < code.ops.size(); ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind == OpKind::Assign) {
      const Assign& row = code.assigns[op.detail];
      collected.note_assign(row);
      const ExprKind kind =
          row.value.exists() ? code.exprs[row.value.index].kind : ExprKind::Unknown;
      const bool bare = kind == ExprKind::Result || kind == ExprKind::Variable;
      if (row.mode == AssignMode::Evaluate && bare) continue;
      const bool to_variable =
          row.target.exists() && code.exprs[row.target.index].kind == ExprKind::Variable;
      if (to_variable && kind == ExprKind::Result && row.mode != AssignMode::Update) {
        held.emplace_back(VariableId{code.exprs[row.target.index].ref},
                          OpId{code.exprs[row.value.index].ref});
        continue;
      }
      if (row.target.exists() && !to_variable) read(row.target, ResultUse::Used);
      if (row.value.exists()) read(row.value, ResultUse::Used);
      continue;
    }
    const bool leaves = op.kind == OpKind::Exit || op.kind == OpKind::Yield;
    if (op.kind == OpKind::Call) collected.note_call(code.calls[op.detail]);
    visit_expressions(
        code, at, [&](ExprId expr) { read(expr, leaves ? ResultUse::Returned : ResultUse::Used); });
  }
  for (const Parameter& row : code.parameters)
    if (row.fallback.exists()) read(row.fallback, ResultUse::Used);
  for (const auto& [variable, op] : held) {
    const Variable& row = code.variables[variable.index];
    const bool seen_outside =
        row.owner.index == 0 || (row.flags & (kExported | kFunctionStatic)) != 0;
    if (reads[variable.index] > 0 || seen_outside) raise(op, ResultUse::Used);
  }
  out.collected = collected.left(reads);
  return out;
}

}  // namespace fnlint
