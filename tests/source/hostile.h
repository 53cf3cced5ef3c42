#pragma once

#include "model/code.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What tests of broken, deep or huge input ask of any frontend.

// Text that nests: `before`, `inside` and `after` as often as wanted.
struct Deep {
  std::string_view before, inside, after;
};

inline std::string repeated(std::string_view text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

inline bool says(const CodeFacts& facts, std::string_view words) {
  for (const Problem& problem : facts.problems)
    if (problem.message.find(words) != std::string::npos) return true;
  return false;
}

inline std::size_t most_nested_ops(const CodeFacts& facts) {
  std::size_t most = 0;
  std::vector<OpId> open;
  for (std::uint32_t i = 0; i < facts.ops.size(); ++i) {
    while (!open.empty() && open.back() <= OpId{i}) open.pop_back();
    most = std::max(most, open.size());
    open.push_back(facts.ops[i].end);
  }
  return most;
}

inline std::size_t deepest_expression(const CodeFacts& facts) {
  std::vector<std::size_t> depth(facts.exprs.size(), 1);
  std::size_t most = 0;
  for (std::size_t i = 0; i < facts.exprs.size(); ++i) {
    const auto below = [&](ExprId id) {
      if (id.exists()) depth[i] = std::max(depth[i], depth[id.index] + 1);
    };
    const Expr& row = facts.exprs[i];
    if (row.kind == ExprKind::Member || row.kind == ExprKind::Index) below(ExprId{row.ref});
    for (const Operand& operand : facts.operands_of(row.operands)) below(operand.value);
    most = std::max(most, depth[i]);
  }
  return most;
}

}  // namespace fnlint
