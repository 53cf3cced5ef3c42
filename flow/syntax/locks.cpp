// Looks for a lock block around an op, or a call before it that acquires a lock.

#include "flow/syntax/locks.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/failure_forms.h"
#include "tables/code_words.h"

namespace fnlint {

bool is_locked(const CodeFacts& code, OpId op) {
  const FunctionId function = function_around(code, op);
  if (!function.exists()) return false;
  for (OpId at = code.functions[function.index].first; at < op; ++at.index) {
    const Op& row = code.ops[at.index];
    if (row.kind == OpKind::Block && op < row.end &&
        code.string(code.blocks[row.detail].label) == kLockLabel)
      return true;
    if (row.kind != OpKind::Call) continue;
    const Expr& callee = code.exprs[code.calls[row.detail].callee.index];
    if (callee.kind == ExprKind::Member && is_one_of(known::lock_calls(), code.string(callee.name)))
      return true;
  }
  return false;
}

}  // namespace fnlint
