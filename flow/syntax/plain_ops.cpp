// Ops of which it is plain that they do not fail.

#include "flow/syntax/code_queries.h"
#include "model/language_traits.h"

#include <algorithm>

namespace fnlint {

namespace {

// Operators that take whatever they are given.
bool takes_anything(Language language, const Expr& row) {
  switch (static_cast<OperatorKind>(row.detail)) {
    case OperatorKind::Not:
    case OperatorKind::And:
    case OperatorKind::Or:
    case OperatorKind::Equal:
    case OperatorKind::NotEqual:
    case OperatorKind::Coalesce: return true;
    case OperatorKind::In: return false;
    default: return traits(language).operators_take_anything;
  }
}

// What gives a value that stands there, so that nothing fails where it is evaluated.
bool is_there(const CodeFacts& code, const Expr& row) {
  switch (row.kind) {
    case ExprKind::Null:
    case ExprKind::Bool:
    case ExprKind::Number:
    case ExprKind::Text:
    case ExprKind::Variable:
    case ExprKind::Result:
    case ExprKind::Member:
    case ExprKind::List:
    case ExprKind::Record:
    case ExprKind::Concat:
    case ExprKind::Choose:
    case ExprKind::TypeTest:
    case ExprKind::Function: return true;
    case ExprKind::Operator: return takes_anything(code.language, row);
    case ExprKind::Index: {
      if (row.operands.count == 0) return false;
      const ExprId key = code.operands_of(row.operands)[0].value;
      return traits(code.language).is_nothing_if_missing ||
             (key.exists() && code.exprs[key.index].kind == ExprKind::Number);
    }
    default: return false;
  }
}

// `lib = require("lib")`: what it names may not be there to load.
bool loads(const CodeFacts& code, OpId op, const Assign& assign) {
  bool is_imported = false;
  if (assign.value.exists())
    visit_parts(code, assign.value, [&](const Expr& row) {
      is_imported = is_imported || (row.kind == ExprKind::Variable &&
                                    code.variables[row.ref].kind == VariableKind::Import);
    });
  const Range here = code.op_ranges[op.index];
  return is_imported && std::ranges::any_of(code.imports, [&](const Import& row) {
           return loads_where_it_stands(code, row) && row.where.begin < here.end &&
                  here.begin < row.where.end;
         });
}

bool is_all_there(const CodeFacts& code, ExprId expr) {
  bool all_there = true;
  if (expr.exists())
    visit_parts(code, expr, [&](const Expr& row) { all_there = all_there && is_there(code, row); });
  return all_there;
}

// `order.getId()`, `event.get("id")`: where there are no properties, that is how one reads a member.
bool reads_member(const CodeFacts& code, const Call& call) {
  const Expr& callee = code.exprs[call.callee.index];
  if (!traits(code.language).has_accessor_methods || callee.kind != ExprKind::Member ||
      !is_all_there(code, ExprId{callee.ref}))
    return false;
  const std::string_view name = code.string(callee.name);
  const auto given = code.operands_of(call.arguments);
  if (name == "get")
    return given.size() == 1 && given[0].value.exists() &&
           code.exprs[given[0].value.index].kind == ExprKind::Text;
  return given.empty() && name.size() > 3 && name.starts_with("get") && name[3] >= 'A' &&
         name[3] <= 'Z';
}

}  // namespace

bool cannot_raise(const CodeFacts& code, OpId op) {
  if (code.ops[op.index].kind == OpKind::Call)
    return reads_member(code, code.calls[code.ops[op.index].detail]);
  if (code.ops[op.index].kind != OpKind::Assign) return false;
  const Assign& assign = code.assigns[code.ops[op.index].detail];
  if (assign.mode != AssignMode::Set && assign.mode != AssignMode::Declare) return false;
  return is_all_there(code, assign.target) && is_all_there(code, assign.value) &&
         !loads(code, op, assign);
}

}  // namespace fnlint
