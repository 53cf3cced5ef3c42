// Names that stand for what was imported, or for what took its place; and for one value alone.

#include "flow/syntax/code_queries.h"
#include "model/language_traits.h"
#include "tables/packages.h"

#include <algorithm>
#include <map>
#include <utility>

namespace fnlint {

bool loads_where_it_stands(const CodeFacts& code, const Import& row) {
  return (row.flags & kRequire) != 0 ||
         (traits(code.language).imports_are_statements && code.string(row.module) != "<builtins>");
}

bool is_in_all_runtimes(const CodeFacts& code, const Import& row) {
  if (!traits(code.language).imports_are_statements) return false;
  const std::string_view module = code.string(row.module);
  const std::string_view name = module.substr(0, module.find('.'));
  return std::ranges::any_of(runtime_packages(), [&](const RuntimePackage& one) {
    return one.registry == Registry::Python && one.since.empty() && one.until.empty() &&
           !one.inline_only && one.name == name;
  });
}

std::vector<AlsoAssigned> imports_also_assigned(const CodeFacts& code) {
  std::vector<bool> is_import(code.variables.size(), false);
  for (const Import& row : code.imports)
    if (row.local.exists() && loads_where_it_stands(code, row)) is_import[row.local.index] = true;
  std::vector<AlsoAssigned> found(code.variables.size(), AlsoAssigned::No);
  std::map<std::pair<std::uint32_t, VariableId>, std::uint32_t> first;  // by function: its place
  for (std::uint32_t f = 0; f < code.functions.size(); ++f)
    for (OpId at = code.functions[f].first; at.exists() && at < code.functions[f].end; ++at.index) {
      if (code.ops[at.index].kind != OpKind::Assign) continue;
      const ExprId target = code.assigns[code.ops[at.index].detail].target;
      if (!target.exists() || code.exprs[target.index].kind != ExprKind::Variable) continue;
      const VariableId variable{code.exprs[target.index].ref};
      if (!is_import[variable.index]) continue;
      first.try_emplace({f, variable}, code.op_ranges[at.index].begin);
      found[variable.index] = AlsoAssigned::Yes;
    }
  for (const Import& row : code.imports)
    if (const auto at = first.find({row.executed_in.index, row.local});
        at != first.end() && at->second < row.where.begin)
      found[row.local.index] = AlsoAssigned::Before;
  return found;
}

std::vector<ExprId> sole_values(const CodeFacts& code) {
  std::vector<ExprId> values(code.variables.size());
  std::vector<bool> assigned(code.variables.size(), false);
  for (const Parameter& row : code.parameters)
    if (row.variable.exists()) assigned[row.variable.index] = true;
  for (const Assign& row : code.assigns) {
    if (!row.target.exists() || code.exprs[row.target.index].kind != ExprKind::Variable) continue;
    if (row.mode == AssignMode::Declare && !row.value.exists()) continue;
    const std::uint32_t at = code.exprs[row.target.index].ref;
    const bool gives = row.mode == AssignMode::Set || row.mode == AssignMode::Declare;
    values[at] = assigned[at] || !gives ? ExprId{} : row.value;
    assigned[at] = true;
  }
  return values;
}

std::vector<ExprId> iterated(const CodeFacts& code) {
  std::vector<ExprId> subjects(code.variables.size());
  std::vector<bool> assigned(code.variables.size(), false);
  const auto take = [&](ExprId target, ExprId subject) {
    if (!target.exists() || code.exprs[target.index].kind != ExprKind::Variable) return;
    const std::uint32_t at = code.exprs[target.index].ref;
    subjects[at] = assigned[at] ? ExprId{} : subject;
    assigned[at] = true;
  };
  for (const Loop& row : code.loops)
    if (row.kind == LoopKind::Each) take(row.target, row.subject);
  for (const Assign& row : code.assigns)
    if (row.mode != AssignMode::Declare || row.value.exists()) take(row.target, {});
  return subjects;
}

std::vector<OpId> passed_to(const CodeFacts& code) {
  std::vector<OpId> calls(code.functions.size());
  for (std::uint32_t at = 0; at < code.ops.size(); ++at) {
    if (code.ops[at].kind != OpKind::Call) continue;
    for (const Operand& given : code.operands_of(code.calls[code.ops[at].detail].arguments))
      if (given.value.exists() && code.exprs[given.value.index].kind == ExprKind::Function)
        calls[code.exprs[given.value.index].ref] = OpId{at};
  }
  return calls;
}

}  // namespace fnlint
