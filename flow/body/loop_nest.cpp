// The loops around an op: what their rounds have of their own, and what stays of them.
#include "flow/body/loop_nest.h"

#include "flow/engine/rounds.h"
#include "flow/syntax/code_queries.h"
#include "values/summarised_lists.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace fnlint {

void LoopNest::enter(OpId loop, FactSet before, ExprId target) {
  around_.push_back({loop, std::move(before), target, {}});
  ++repeating_;
}

LoopNest::Left LoopNest::leave() {
  Left left{std::move(around_.back().before), around_.back().turns};
  around_.pop_back();
  --repeating_;
  return left;
}

ValueId LoopNest::rounds_together(ValueId rounds) const {
  for (auto i = static_cast<std::size_t>(repeating_); i-- > 0;)
    rounds = fnlint::rounds_together(pool_, around_[i].turns.rounds, rounds);
  return rounds;
}

void LoopNest::add_ends(const FactSet& left, const FactSet& round) {
  for (const Fact& fact : left)
    if (std::ranges::binary_search(round, Fact{fact.test, !fact.holds})) add_fact(ends_, fact);
}

// An element under what was tested for it since the outermost loop began.
ValueId LoopNest::appended_here(ValueId element, const FactSet& facts) const {
  const FactSet none;
  const FactSet& before = around_.empty() ? none : around_.front().before;
  FactSet own;
  std::ranges::set_difference(facts, before, std::back_inserter(own));
  return given(pool_, element, own);
}

// What a loop puts under a key of each round is an element like those of a list.
ValueId LoopNest::put_here(ValueId key, ValueId value, const FactSet& facts) const {
  const bool is_of_round = repeats() && !pool_.is(key, ValueKind::Text);
  return is_of_round ? appended_here(value, facts) : value;
}

// What is added to a list, under the facts of the place.
ValueId LoopNest::elements_under_facts(ValueId list, const FactSet& facts) const {
  if (!pool_.is(list, ValueKind::List) || pool_[list].ref != 0) return list;
  std::vector<ValueId> elements(pool_.operands(list).begin(), pool_.operands(list).end());
  for (ValueId& one : elements) one = appended_here(one, facts);
  return pool_.list(elements);
}

// A list that began empty, after a loop that appends to it; no id: it is none.
ValueId LoopNest::filled_list(ValueId old, const Step& step, const FactSet& here) const {
  const bool is_empty = pool_[old].kind == ValueKind::List && pool_.operands(old).empty();
  if ((!is_empty && !is_summarised(pool_, old)) || (step.flags & kInLoop) == 0 ||
      !step.value.exists())
    return {};
  FactSet facts = step.holds;
  add_facts(facts, here);
  const ValueId list = is_empty ? many(pool_, {}) : old;
  return with_element(pool_, list, appended_here(step.value, facts));
}

// Of how many loops around a call any round may do it: `for step in steps: step()` gives each
// function a round of its own.
int LoopNest::repeating(OpId call, ExprId callee) const {
  if (!repeats() || leaves_loops(code_, scope_.function.first, call)) return 0;
  return has_own_round(callee) ? repeating_ - 1 : repeating_;
}

bool LoopNest::has_own_round(ExprId callee) const {
  if (around_.empty() || !around_.back().target.exists()) return false;
  const Expr& target = code_.exprs[around_.back().target.index];
  const Expr& called = code_.exprs[callee.index];
  return target.kind == ExprKind::Variable && called.kind == ExprKind::Variable &&
         target.ref == called.ref;
}

// Whether the innermost loop around makes the variable anew in each round.
bool LoopNest::is_of_this_round(VariableId id, OpId before) const {
  if (around_.empty()) return true;
  for (OpId at = around_.back().loop; at < before; ++at.index) {
    const Op& op = code_.ops[at.index];
    if (op.kind != OpKind::Assign) continue;
    const Assign& row = code_.assigns[op.detail];
    if (row.target.exists() && row.mode != AssignMode::Update &&
        code_.exprs[row.target.index].kind == ExprKind::Variable &&
        code_.exprs[row.target.index].ref == id.index)
      return true;
  }
  return false;
}

}  // namespace fnlint
