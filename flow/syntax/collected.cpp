// Follows collections that a function makes and fills, to tell whether any element is ever read
// again or only their size.

#include "flow/syntax/collected.h"

#include "flow/syntax/code_queries.h"

#include <algorithm>
#include <string_view>

namespace fnlint {

namespace {

constexpr std::string_view kSizes[] = {"length", "size", "Count", "Length"};

// `x` of `x.name`; no id: it is no member of a variable.
VariableId variable_before(const CodeFacts& code, const Expr& member) {
  if (member.kind != ExprKind::Member) return {};
  const Expr& of = code.exprs[member.ref];
  return of.kind == ExprKind::Variable ? VariableId{of.ref} : VariableId{};
}

// A list that is written down, or what a library's type or function makes.
bool is_made_here(const CodeFacts& code, ExprId value) {
  if (!value.exists()) return true;
  const Expr& row = code.exprs[value.index];
  if (row.kind != ExprKind::Result) return row.kind == ExprKind::List || row.kind == ExprKind::Null;
  const Op& op = code.ops[row.ref];
  if (op.kind != OpKind::Call) return false;
  const Call& call = code.calls[op.detail];
  const Expr& callee = code.exprs[call.callee.index];
  return call.mode == CallMode::Construct ||
         (callee.kind == ExprKind::Variable &&
          code.variables[callee.ref].kind == VariableKind::Import);
}

}  // namespace

void Collected::note_assign(const Assign& row) {
  if (!row.target.exists() || code_.exprs[row.target.index].kind != ExprKind::Variable) return;
  if (!is_made_here(code_, row.value))
    others_.push_back(VariableId{code_.exprs[row.target.index].ref});
}

void Collected::note_call(const Call& row) {
  const Expr& callee = code_.exprs[row.callee.index];
  const VariableId into = variable_before(code_, callee);
  if (!into.exists() || !puts_into_receiver(code_, row)) return;
  const auto given = code_.operands_of(row.arguments);
  if (given.size() != 1 || !given[0].value.exists()) return;
  const Expr& value = code_.exprs[given[0].value.index];
  if (value.kind == ExprKind::Result) put_.emplace_back(OpId{value.ref}, into);
  ++idle_reads_[into.index];
}

void Collected::note_part(const Expr& row) {
  const VariableId of = variable_before(code_, row);
  if (of.exists() && std::ranges::find(kSizes, code_.string(row.name)) != std::end(kSizes))
    ++idle_reads_[of.index];
}

std::vector<std::pair<OpId, VariableId>> Collected::left(std::span<const std::uint32_t> reads) {
  std::erase_if(put_, [&](const auto& one) {
    const Variable& row = code_.variables[one.second.index];
    const bool is_own = row.owner.index != 0 && row.kind == VariableKind::Local &&
                        (row.flags & (kExported | kFunctionStatic)) == 0;
    const bool is_new = std::ranges::find(others_, one.second) == others_.end();
    return !is_own || !is_new || reads[one.second.index] > idle_reads_[one.second.index];
  });
  std::ranges::sort(put_);
  return std::move(put_);
}

}  // namespace fnlint
