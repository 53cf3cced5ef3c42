// What a function that is called leaves in a record that it is given.
#include "core/text.h"
#include "flow/body/body_walk.h"
#include "flow/models/library_select.h"
#include "values/places.h"

namespace fnlint {

namespace {

// Whether a place is a part of the parameter that the operand is given to.
bool is_part_of_given(const ValuePool& pool, ValueId place, FunctionRef function,
                      std::size_t position, std::string_view name) {
  const ValueId root = root_of(pool, place);
  const Value& row = pool[root];
  if (row.kind != ValueKind::Hole || row.origin != Origin::Parameter || row.ref != pack(function))
    return false;
  return name.empty() ? position_of_hole(pool.text(root)) == position
                      : pool.text(root).ends_with(cat(':', name));
}

// The name of the entry that a store into a record is about; empty: any may be.
std::string_view entry_stored(const ValuePool& pool, const Step& store) {
  ValueId part = store.subject, below = store.key;
  while (pool.is(part, ValueKind::Computed) && !pool.operands(part).empty()) {
    below = pool.operands(part).size() > 1 ? pool.operands(part)[1] : ValueId{};
    part = pool.operands(part)[0];
  }
  return below.exists() && pool.is(below, ValueKind::Text) ? pool.text(below) : std::string_view();
}

ValueId with_stored_entry(ValuePool& pool, ValueId record, const Step& store, ValueId later) {
  const std::string name(entry_stored(pool, store));
  if (name.empty()) return with_entry(pool, record, later, later);
  const ValueId old = named_entry(pool, record, name);
  return with_entry(pool, record, pool.text_value(name),
                    old.exists() ? pool.join(old, later) : later);
}

}  // namespace

void Body::apply_stores(const Call& row, const CallInput& invocation, State& state) {
  const ValueId held = engine_.loader().held_at(invocation.callee);
  const ValueId callee = held.exists() ? held : invocation.callee;
  if (scope_.in_initialiser() || !pool_.is(callee, ValueKind::Function)) return;
  const FunctionRef function = unpack(pool_[callee].ref);
  for (const Step& step : engine_.summary(function).steps)
    if (step.kind == StepKind::Store && step.subject.exists() &&
        has_origin(pool_, step.subject, Origin::Receiver))
      aliases_.change_by_method(step, scope_.place_ref(invocation.at.op), state);
  std::size_t position = 0;
  for (const Operand& operand : code_.operands_of(row.arguments)) {
    const std::size_t at = position++;
    const Expr& given = code_.exprs[operand.value.index];
    if (given.kind != ExprKind::Variable || !scope_.is_mine(VariableId{given.ref})) continue;
    // What lies in our own variables has been changed by the steps themselves.
    if (!places_.place_of(operand.value, state).exists()) continue;
    const ValueId before = scope_.read(VariableId{given.ref}, state);
    if (!pool_.is(before, ValueKind::Record)) continue;
    const std::string_view name =
        operand.name.exists() ? code_.string(operand.name) : std::string_view();
    const ValueId later =
        pool_.hole(Origin::Element, "changed by a function", scope_.place_ref(invocation.at.op));
    ValueId after = before;
    for (const Step& step : engine_.summary(function).steps)
      if (step.kind == StepKind::Store && step.subject.exists() &&
          is_part_of_given(pool_, step.subject, function, at, name))
        after = with_stored_entry(pool_, after, step, later);
    if (after != before) put(state.variables, VariableId{given.ref}, after);
  }
}

}  // namespace fnlint
