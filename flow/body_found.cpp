// What a body finds in module variables: what it reads of them, and whether the same invocation has
// assigned it before on every path.

#include "flow/body_walk.h"

#include <algorithm>

namespace fnlint {

// The module variable that a name stands for, here or in another module; no id: it is none.
ValueId Body::module_place(VariableId id) {
  const std::uint32_t row = engine_.import_of(me_.module, id);
  if (row == UINT32_MAX) {
    const bool lasts = code_.variables[id.index].owner.index == 0 || is_static(id);
    return lasts ? engine_.global_place(me_.module, id) : ValueId{};
  }
  const ImportTarget& target = engine_.program().modules[me_.module.index].imports[row];
  if (!target.module.exists() || target.whole) return {};
  return engine_.exported_place(target.module, target.symbol.empty()
                                                   ? code_.string(code_.imports[row].name)
                                                   : std::string_view(target.symbol));
}

void Body::note_set(ValueId place, State& state) {
  if (in_initialiser() || !place.exists()) return;
  const Value& value = pool_[place];
  if (value.kind != ValueKind::Hole || value.origin != Origin::Global) return;
  add_places(state.sets, {place});
}

// A variable, or a member of a module that names one.
void Body::note_found(ExprId id, const Expr& expr) {
  if (alone_ || in_initialiser()) return;
  ValueId place;
  if (expr.kind == ExprKind::Variable) {
    place = module_place(VariableId{expr.ref});
  } else if (expr.kind == ExprKind::Member && id != unread_) {
    const Expr& base = code_.exprs[expr.ref];
    if (base.kind != ExprKind::Variable) return;
    const std::uint32_t row = engine_.import_of(me_.module, VariableId{base.ref});
    if (row == UINT32_MAX) return;
    const ImportTarget& target = engine_.program().modules[me_.module.index].imports[row];
    if (target.module.exists() && target.whole)
      place = engine_.exported_place(target.module, code_.string(expr.name));
  }
  if (!place.exists() || !engine_.is_rebound(place)) return;
  Step step;
  step.kind = StepKind::Find;
  step.at = {me_.module, current_.exists() ? current_ : function_.first};
  step.subject = place;
  take_found(step, *state_);
}

void Body::take_found(const Step& given, const State& state) {
  constexpr std::size_t kFound = 48;
  if (in_initialiser()) return;
  Step mine = given;
  if (contains_place(state.sets, mine.subject)) mine.flags |= kSetBefore;
  if (found_.size() >= kFound) mine.subject = {};
  if (!mine.subject.exists()) mine.flags &= ~kSetBefore;
  if (!found_.emplace(mine.subject.index, (mine.flags & kSetBefore) != 0).second) return;
  if (summary_.steps.size() < kSummarySteps)
    summary_.steps.push_back(std::move(mine));
  else
    summary_.evidence |= kCut;
}

// What a call has assigned once it is through; of one that is left running nothing is known.
void Body::take_sets(const Call& row, OpId op, const Outcome& outcome, State& state) {
  if (outcome.sets.empty() || in_initialiser() || row.mode == CallMode::Detached) return;
  const bool left =
      outcome.task && engine_.uses_in(me_.module).results[op.index] == ResultUse::Dropped;
  if (!left) add_places(state.sets, outcome.sets);
}

}  // namespace fnlint
