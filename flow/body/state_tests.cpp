// From a condition back to what its parts were made of, as far as the function says it.
#include "flow/body/state_tests.h"

#include "flow/syntax/chosen_variables.h"
#include "flow/syntax/code_queries.h"

#include <algorithm>
#include <array>
#include <string>

namespace fnlint {

std::vector<ValueId> StateTests::tested_state(ExprId condition, BodyState& state) {
  constexpr std::size_t kAsked = 4, kLookedAt = 64;
  std::vector<ValueId> asked;
  std::vector<ExprId> open{condition};
  for (std::size_t at = 0; at < open.size() && at < kLookedAt && asked.size() < kAsked; ++at) {
    if (!open[at].exists()) continue;
    const Expr& row = code_.exprs[open[at].index];
    if (row.kind == ExprKind::Member || row.kind == ExprKind::Index ||
        row.kind == ExprKind::Variable) {
      if (const ValueId place = places_.location_of(open[at], state); place.exists()) {
        const std::array<ValueId, 2> operands{place, pool_.number(std::to_string(condition.index))};
        const ValueId one = pool_.computed(Opcode::Asked, operands);
        if (std::ranges::find(asked, one) == asked.end()) asked.push_back(one);
        continue;
      }
    }
    add_asked_by(row, condition, open);
  }
  return asked;
}

// What the part of a condition was made of.
void StateTests::add_asked_by(const Expr& row, ExprId condition, std::vector<ExprId>& open) {
  if (row.kind == ExprKind::Variable && scope_.is_mine(VariableId{row.ref}))
    add_asked_by_variable(VariableId{row.ref}, condition, open);
  if (has_base(row.kind)) open.push_back(ExprId{row.ref});
  // What was made of such a test carries it: `plan = {"ask": not cache}`, `way = a ? "ask" : ""`.
  if (row.kind == ExprKind::Operator || row.kind == ExprKind::Record ||
      row.kind == ExprKind::List || row.kind == ExprKind::Choose)
    for (const Operand& operand : code_.operands_of(row.operands)) open.push_back(operand.value);
  if (row.kind == ExprKind::Function) add_asked_in(FunctionId{row.ref}, open);
  if (row.kind == ExprKind::Result) add_asked_by_result(OpId{row.ref}, open);
}

void StateTests::add_asked_by_variable(VariableId variable, ExprId condition,
                                       std::vector<ExprId>& open) {
  if (const ExprId* const given = aliases_.given(variable); given != nullptr)
    open.push_back(*given);  // `let x = cache.get(k)`
  if (!chosen_by_) chosen_by_ = chosen_by(code_, scope_.function);
  const auto [first, end] = chosen_by_->equal_range(variable);
  for (auto one = first; one != end; ++one)  // `if (!cache) way = "ask"`
    if (one->second < condition) open.push_back(one->second);
}

void StateTests::add_asked_by_result(OpId result, std::vector<ExprId>& open) {
  const Op& op = code_.ops[result.index];
  if (op.kind == OpKind::Await) open.push_back(code_.awaits[op.detail].value);
  if (op.kind != OpKind::Call) return;
  const Call& call = code_.calls[op.detail];
  const Expr& callee = code_.exprs[call.callee.index];
  if (callee.kind == ExprKind::Member) open.push_back(ExprId{callee.ref});
  if (callee.kind == ExprKind::Variable) add_asked_by_callee(VariableId{callee.ref}, open);
  for (const Operand& argument : code_.operands_of(call.arguments)) open.push_back(argument.value);
}

// A function of the file: `const isEmpty = () => !cache; if (isEmpty()) ...`.
void StateTests::add_asked_by_callee(VariableId callee, std::vector<ExprId>& open) {
  if (const ExprId* const given = aliases_.given(callee);
      scope_.is_mine(callee) && given != nullptr)
    return open.push_back(*given);
  if (code_.variables[callee.index].owner.index != 0 || scope_.is_imported(callee)) return;
  const ValueId value = engine_.loader().global(scope_.me.module, callee);
  if (!pool_.is(value, ValueKind::Function)) return;
  const FunctionRef called = unpack(pool_[value].ref);
  if (called.module == scope_.me.module) add_asked_in(called.function, open);
}

void StateTests::add_asked_in(FunctionId function, std::vector<ExprId>& open) {
  const Function& row = code_.functions[function.index];
  for (OpId at = row.first; at.exists() && at < row.end; ++at.index) {
    const Op& op = code_.ops[at.index];
    if (op.kind == OpKind::Branch) open.push_back(code_.branches[op.detail].condition);
    if (op.kind == OpKind::Exit) open.push_back(code_.exits[op.detail].value);
  }
}

}  // namespace fnlint
