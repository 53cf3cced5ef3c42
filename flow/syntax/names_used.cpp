// Transitive closure over names in one file: from functions and expressions to every variable that
// they can reach.

#include "flow/syntax/names_used.h"

#include "flow/syntax/code_queries.h"

#include <cstdint>
#include <map>

namespace fnlint {

namespace {

class NamesUsed {
 public:
  explicit NamesUsed(const CodeFacts& code)
      : code_(code),
        used_(code.variables.size()),
        functions_(code.functions.size()),
        ops_(code.ops.size()) {
    for (std::uint32_t at = 0; at < code.ops.size(); ++at) {
      if (code.ops[at].kind != OpKind::Assign) continue;
      const VariableId root = root_variable(code, code.assigns[code.ops[at].detail].target);
      if (root.exists()) assigning_.emplace(root, OpId{at});
    }
  }

  void add(FunctionId function) {
    if (!function.exists() || functions_[function.index]) return;
    functions_[function.index] = true;
    const Function& row = code_.functions[function.index];
    for (OpId at = row.first; row.first.exists() && at < row.end; ++at.index) open_.push_back(at);
  }
  void add(ExprId expr) {
    visit_parts(code_, expr, [&](const Expr& row) {
      if (row.kind == ExprKind::Function) add(FunctionId{row.ref});
      if (row.kind == ExprKind::Result || row.kind == ExprKind::ErrorOf)
        open_.push_back(OpId{row.ref});
      if (row.kind == ExprKind::Variable) add(VariableId{row.ref});
    });
  }
  std::vector<bool> all() && {
    while (!open_.empty()) {
      const OpId op = open_.back();
      open_.pop_back();
      if (ops_[op.index]) continue;
      ops_[op.index] = true;
      visit_expressions(code_, op, [&](ExprId part) { add(part); });
      if (code_.ops[op.index].kind == OpKind::Define)
        add(code_.classes[code_.defines[code_.ops[op.index].detail].type.index]);
    }
    return std::move(used_);
  }

 private:
  void add(VariableId variable) {
    if (used_[variable.index]) return;
    used_[variable.index] = true;
    const auto [first, last] = assigning_.equal_range(variable);
    for (auto at = first; at != last; ++at) open_.push_back(at->second);
  }
  void add(const Class& type) {
    for (std::uint32_t i = 0; i < type.methods.count; ++i)
      add(code_.methods[type.methods.first + i]);
    add(type.class_init);
    add(type.instance_init);
  }

  const CodeFacts& code_;
  std::vector<bool> used_, functions_, ops_;
  std::multimap<VariableId, OpId> assigning_;
  std::vector<OpId> open_;
};

}  // namespace

std::vector<bool> names_used(const CodeFacts& code, std::span<const FunctionId> functions,
                             std::span<const ExprId> expressions) {
  NamesUsed names(code);
  for (const FunctionId one : functions) names.add(one);
  for (const ExprId one : expressions) names.add(one);
  return std::move(names).all();
}

}  // namespace fnlint
