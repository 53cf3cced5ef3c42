#include "flow/syntax/chosen_variables.h"

#include "flow/syntax/code_queries.h"

#include <vector>

// One walk over a function's ops, with the branches around each.
namespace fnlint {

std::multimap<VariableId, ExprId> chosen_by(const CodeFacts& code, const Function& function) {
  std::multimap<VariableId, ExprId> chosen;
  std::vector<OpId> branches;  // around the op
  for (OpId at = function.first; at.exists() && at < function.end; ++at.index) {
    const Op& op = code.ops[at.index];
    while (!branches.empty() && code.ops[branches.back().index].end <= at) branches.pop_back();
    if (op.kind == OpKind::Branch) branches.push_back(at);
    if (op.kind != OpKind::Assign || branches.empty()) continue;
    const VariableId variable = root_variable(code, code.assigns[op.detail].target);
    const Op& around = code.ops[branches.back().index];
    if (variable.exists()) chosen.emplace(variable, code.branches[around.detail].condition);
  }
  return chosen;
}

}  // namespace fnlint
