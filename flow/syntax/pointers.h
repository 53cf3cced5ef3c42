#pragma once

#include "model/code.h"

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

// Whether what is a copy is assigned as one, before it is changed: what is left shares its object.
constexpr bool assigns_copies(Language language) { return language == Language::Go; }

// Whether a lock is read as what it keeps, so that `*lock = v` changes what is inside of a variable.
constexpr bool locks_are_content(Language language) { return language == Language::Rust; }

}  // namespace fnlint
