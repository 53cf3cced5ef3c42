// Calls that need no error handling: those listed as never failing, and lookups that name a
// default.

#include "flow/syntax/code_queries.h"
#include "flow/syntax/unbound_reads.h"
#include "model/language_traits.h"
#include "tables/known.h"

#include <span>
#include <string_view>

namespace fnlint {

namespace {

// Nothing, an empty list or map, a constant.
bool is_plain_default(const CodeFacts& code, const Operand& given) {
  if (given.spread != 0 || !given.value.exists()) return false;
  const Expr& row = code.exprs[given.value.index];
  switch (row.kind) {
    case ExprKind::Null:
    case ExprKind::Bool:
    case ExprKind::Number:
    case ExprKind::Text: return true;
    case ExprKind::List:
    case ExprKind::Record: return row.operands.count == 0;
    default: return false;
  }
}

// `order.get("lines", [])`, `config("region", default="eu-west-1")`: who is asked gives what is
// written where there is no such key.
bool asks_with_default(const CodeFacts& code, const Call& call) {
  const std::span<const Operand> given = code.operands_of(call.arguments);
  for (const Operand& one : given)
    if (one.name.exists() && code.string(one.name) == "default") return is_plain_default(code, one);
  const Expr& callee = code.exprs[call.callee.index];
  if (callee.kind != ExprKind::Member || code.string(callee.name) != "get" || given.size() != 2 ||
      given[1].name.exists())
    return false;
  const Expr& base = code.exprs[callee.ref];
  const bool is_of_module =
      base.kind == ExprKind::Variable && code.variables[base.ref].kind == VariableKind::Import;
  return !is_of_module && is_plain_default(code, given[1]);  // not `requests.get(url, {})`
}

}  // namespace

bool is_harmless(const CodeFacts& code, OpId call) {
  const Call& row = code.calls[code.ops[call.index].detail];
  return is_one_of(known::calls_that_do_not_fail(), name_of(code, row.callee)) ||
         (traits(code.language).raises_if_missing && asks_with_default(code, row));
}

}  // namespace fnlint
