// How the code form writes pointers: what is stored through one, and what a call leaves at an
// address.
#pragma once

#include "model/code.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace fnlint {

// The member that stands for what a pointer or reference points at: `*p = v`.
inline constexpr std::string_view kPointee = "*";

// The expression of what an assignment writes: of `*p = v`, which changes what p points at, p.
inline ExprId written_through(const CodeFacts& code, ExprId target) {
  while (target.exists() && code.exprs[target.index].kind == ExprKind::Member &&
         code.string(code.exprs[target.index].name) == kPointee)
    target = ExprId{code.exprs[target.index].ref};
  return target;
}

// What frontends give a variable behind a call that has had its address.
inline constexpr std::array<std::string_view, 2> kLeftByCalls{"written through its address",
                                                              "what a call leaves here"};
inline bool is_left_by_call(const CodeFacts& code, ExprId value) {
  if (!value.exists()) return false;
  const Expr* row = &code.exprs[value.index];
  if (row->kind == ExprKind::Result && code.ops[row->ref].kind == OpKind::Call)
    row = &code.exprs[code.calls[code.ops[row->ref].detail].callee.index];
  return row->kind == ExprKind::Unknown &&
         std::ranges::find(kLeftByCalls, code.string(row->name)) != kLeftByCalls.end();
}

}  // namespace fnlint
