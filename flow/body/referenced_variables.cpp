// What lies in own variables under another name: of a pointer, a reference, a closure that captures
// it, or a parameter of a function that is called. Its place is that by which closures name the
// variable; what is stored there is the variable's new value.
#include "flow/body/referenced_variables.h"

#include "core/text.h"
#include "flow/engine/library_call.h"
#include "flow/models/fluent.h"
#include "flow/models/library_select.h"
#include "flow/state/joined.h"
#include "flow/state/named_entry.h"
#include "flow/syntax/failure_forms.h"
#include "flow/syntax/pointers.h"
#include "values/evaluate.h"
#include "values/places.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// The keys that lead from a place's root to it.
std::vector<ValueId> path_below(const ValuePool& pool, ValueId place) {
  std::vector<ValueId> path;
  while (pool.is(place, ValueKind::Computed) && !pool.operands(place).empty()) {
    const auto operands = pool.operands(place);
    path.push_back(operands.size() > 1 ? operands[1] : ValueId{});
    place = operands[0];
  }
  std::ranges::reverse(path);
  return path;
}

// The list, however often more was added to it.
ValueId list_with(ValuePool& pool, ValueId old, ValueId more) {
  std::vector<ValueId> items;
  if (pool.is(old, ValueKind::List))
    items.assign(pool.operands(old).begin(), pool.operands(old).end());
  items.push_back(more);
  return pool.list(items, true);
}

// `answer.failures.push(one)`: the record with more in that list; no id: it is another change.
ValueId with_filled_entry(ValuePool& pool, ValueId record, const Step& step) {
  if (step.store != StoreKind::Append || !step.value.exists() ||
      pool.opcode(step.subject) != Opcode::Member || !pool.is(record, ValueKind::Record))
    return {};
  const auto parts = pool.operands(step.subject);
  if (!pool.is(parts[0], ValueKind::Hole) || !pool.is(parts[1], ValueKind::Text)) return {};
  const ValueId name = parts[1];
  const ValueId list = member(pool, record, pool.text(name));
  return list.exists() && pool.is(list, ValueKind::List)
             ? with_entry(pool, record, name, list_with(pool, list, step.value))
             : ValueId{};
}

// Whether a place is a part of the parameter that the operand is given to.
bool is_part_of_given(const ValuePool& pool, ValueId place, FunctionRef function,
                      std::size_t position, std::string_view name) {
  const ValueId root = base_of(pool, place);
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

bool runs_at_once(const BodyScope& scope, const Call& row, const CallInput& invocation) {
  const ValueId held = scope.engine.loader().held_at(invocation.callee);
  return !scope.in_initialiser() && row.mode != CallMode::Detached &&
         scope.pool.is(held.exists() ? held : invocation.callee, ValueKind::Function);
}

// `*p = v`: what p was given has the value, too, as it is where that is surely what p leads to.
void ReferencedVariables::write_by_reference(const Assign& row, ValueId value, OpId op,
                                             BodyState& state) {
  const ExprId pointer = written_through(code_, row.target);
  if (pointer == row.target || code_.exprs[pointer.index].kind != ExprKind::Variable) return;
  const VariableId id{code_.exprs[pointer.index].ref};
  if (!scope_.is_mine(id)) return;
  const ValueId place = places_.reference_place(aliases_.given_to(id), state);
  Step step;
  step.kind = StepKind::Store;
  step.at = {scope_.me.module, op};
  step.value = value;
  const VariableId direct = place.exists() ? scope_.own_variable(place) : VariableId{};
  if (direct.exists() && direct != id) {
    step.store = is_given_once(code_, scope_.function, id) ? StoreKind::Assign : StoreKind::Clear;
    step.subject = place;
    take_own(step, {}, state);
  }
  step.store = StoreKind::Clear;
  for (const VariableId one : aliases_.pointed_by(id)) {
    if (one == direct || one == id) continue;
    step.subject = scope_.capture_place(one);
    take_own(step, {}, state);
  }
}

// What is there after a store; no id: nobody knows.
ValueId ReferencedVariables::content_after(ValueId old, const Step& step,
                                           const FactSet& here) const {
  const ValueId value = step.value.exists() ? step.value : pool_.absent();
  switch (step.store) {
    case StoreKind::Assign: return value;
    case StoreKind::PutKey:
      return step.key.exists() ? with_own_entry(old, step.key, value) : ValueId{};
    case StoreKind::Append: {
      if ((step.flags & kInLoop) != 0) return loops_.filled_list(old, step, here);
      if (!pool_.is(old, ValueKind::List)) return {};
      std::vector<ValueId> items(pool_.operands(old).begin(), pool_.operands(old).end());
      items.push_back(value);
      return pool_.list(items, pool_[old].ref != 0);
    }
    case StoreKind::Update: {
      const CodeFacts& code = engine_.facts(step.at.module);
      const Op& op = code.ops[step.at.op.index];
      if (op.kind != OpKind::Assign || code.assigns[op.detail].mode != AssignMode::Update)
        return {};
      const std::array<ValueId, 2> operands{old, value};
      return compute(pool_, operator_function(code.assigns[op.detail].update), operands);
    }
    default: return {};
  }
}

ValueId ReferencedVariables::with_own_entry(ValueId object, ValueId key, ValueId value) const {
  if (pool_.is(object, ValueKind::Record) || pool_.is(object, ValueKind::List))
    return with_entry(pool_, object, key, value);
  // `setattr(order, name, value)`: it stays an order, whichever of its fields that is.
  if (!pool_.is(key, ValueKind::Text))
    return project_object(pool_, object).kind == ProjectObject::Kind::Instance
               ? with_field(pool_, object, key, value)
               : ValueId{};
  if (is_fluent(engine_.base(), object))
    return with_member(engine_.base(), object, std::string(pool_.text(key)), value);
  return with_field(pool_, object, key, value);
}

ValueId ReferencedVariables::changed_part(ValueId old, const Step& step) const {
  const ValueId later = pool_.hole(Origin::Element, "changed by a callback",
                                   scope_.variable_ref(scope_.own_variable(step.subject)));
  return pool_.with_uncertainty(pool_.join(old, later), kUngated);
}

// The object after a store at the end of a path of keys. Where nobody knows what is there then, the
// part is what it was or something else; what is around it stays what it is.
ValueId ReferencedVariables::with_stored(ValueId object, std::span<const ValueId> path,
                                         const Step& step, const FactSet& here) const {
  if (path.empty()) return content_after(object, step, here);
  const ValueId key = path.front();
  if (!key.exists()) return {};
  const ValueId part = pool_.is(key, ValueKind::Text)
                           ? engine_.member_of(object, std::string(pool_.text(key)))
                           : engine_.members().index_of(object, key);
  ValueId after = with_stored(part, path.subspan(1), step, here);
  if (!after.exists() && part.exists()) after = changed_part(part, step);
  return after.exists() ? with_own_entry(object, key, after) : ValueId{};
}

// Whether a closure has assigned what is its own copy of the variable.
bool ReferencedVariables::changes_copy(const Step& step) const {
  if (step.at.module != scope_.me.module || !step.at.op.exists()) return false;
  const Op& op = code_.ops[step.at.op.index];
  if (op.kind != OpKind::Assign || !code_.assigns[op.detail].target.exists() ||
      code_.exprs[code_.assigns[op.detail].target.index].kind != ExprKind::Variable)
    return false;
  for (FunctionId at = function_around(code_, step.at.op); at.exists() && at != scope_.me.function;
       at = code_.functions[at.index].parent)
    if ((code_.functions[at.index].flags & kCopies) != 0) return true;
  return false;
}

// A store in an own variable by what ran here: as surely as its tests say. `promised`: what holds
// whenever it has come back. False: it is none.
bool ReferencedVariables::take_own(const Step& step, const FactSet& promised, BodyState& state) {
  if (step.kind != StepKind::Store) return false;
  const VariableId id = scope_.own_variable(step.subject);
  if (!id.exists()) return false;
  if (changes_copy(step)) return true;
  const bool again = (step.flags & kInLoop) != 0;
  const bool fills = again && step.store == StoreKind::Append;
  const std::vector<ValueId> path = path_below(pool_, step.subject);
  if (fills && path.empty()) return take_capture(step, state);
  const ValueId old = scope_.read(id, state);
  const ValueId after = with_stored(old, path, step, state.facts);
  FactSet when = step.holds;
  std::erase_if(when, [&](const Fact& fact) {
    return is_asked(pool_, fact.test) || is_returned(pool_, fact.test) ||
           std::ranges::binary_search(state.facts, fact) ||
           std::ranges::binary_search(promised, fact);
  });
  ValueId now = after;
  if (!after.exists()) {
    now = changed_part(old, step);
  } else if (fills) {
    now = after;  // also where the loop has no round
  } else if (again || !loops_.is_of_this_round(id, summary_.current())) {
    now = pool_.with_uncertainty(pool_.join(old, after), kUngated);
  } else if (!when.empty()) {
    const ValueId gate = all_of(pool_, when);
    FactSet yes = state.facts, no = state.facts;
    add_facts(yes, when);
    add_fact(no, {gate, false});
    now = joined(pool_, after, old, yes, no, gate);
  }
  put(state.variables, id, now);
  aliases_.change_variable(id, old, now, state);
  return true;
}

// The variable that a closure has named, after its store.
ValueId ReferencedVariables::after_capture(ValueId old, const Step& step, VariableId id,
                                    const FactSet& here) const {
  const bool is_whole = pool_.is(step.subject, ValueKind::Hole) && step.value.exists();
  if (is_whole && step.store == StoreKind::Assign) {
    const bool is_once = (step.flags & kInLoop) == 0;
    return pool_.join(old, is_once ? guarded_by_facts(pool_, step.value, step.holds) : step.value);
  }
  if (is_whole && step.store == StoreKind::Append) {
    const ValueId filled = loops_.filled_list(old, step, here);
    return filled.exists() ? filled : list_with(pool_, old, step.value);
  }
  if (const ValueId changed = with_filled_entry(pool_, old, step); changed.exists()) return changed;
  return pool_.join(old, pool_.hole(Origin::Element, "changed by a callback",
                                    scope_.variable_ref(id)));
}

bool ReferencedVariables::take_capture(const Step& step, BodyState& state) {
  if (step.kind != StepKind::Store) return false;
  const VariableId id = scope_.own_variable(step.subject);
  if (!id.exists()) return false;
  if (!changes_copy(step))
    put(state.variables, id, after_capture(scope_.read(id, state), step, id, state.facts));
  return true;
}

void ReferencedVariables::apply_stores(const Call& row, const CallInput& invocation,
                                       BodyState& state) {
  const ValueId held = engine_.loader().held_at(invocation.callee);
  const ValueId callee = held.exists() ? held : invocation.callee;
  if (scope_.in_initialiser() || !pool_.is(callee, ValueKind::Function)) return;
  const FunctionRef function = unpack(pool_[callee].ref);
  for (const Step& step : engine_.summary(function).steps)
    if (step.kind == StepKind::Store && step.subject.exists() &&
        has_origin(pool_, step.subject, Origin::Receiver))
      aliases_.change_by_method(step, scope_.place_ref(invocation.at.op), state);
  std::size_t position = 0;
  for (const Operand& operand : code_.operands_of(row.arguments))
    apply_stores_to(operand, position++, invocation, function, state);
}

void ReferencedVariables::apply_stores_to(const Operand& given, std::size_t position,
                                   const CallInput& invocation, FunctionRef function,
                                   BodyState& state) {
  const Expr& expr = code_.exprs[given.value.index];
  if (expr.kind != ExprKind::Variable || !scope_.is_mine(VariableId{expr.ref})) return;
  // What lies in our own variables has been changed by the steps themselves.
  if (!places_.location_of(given.value, state).exists()) return;
  const ValueId before = scope_.read(VariableId{expr.ref}, state);
  if (!pool_.is(before, ValueKind::Record)) return;
  const std::string_view name = given.name.exists() ? code_.string(given.name) : std::string_view();
  const ValueId later =
      pool_.hole(Origin::Element, "changed by a function", scope_.place_ref(invocation.at.op));
  ValueId after = before;
  for (const Step& step : engine_.summary(function).steps)
    if (step.kind == StepKind::Store && step.subject.exists() &&
        is_part_of_given(pool_, step.subject, function, position, name))
      after = with_stored_entry(pool_, after, step, later);
  if (after != before) put(state.variables, VariableId{expr.ref}, after);
}

bool ReferencedVariables::append_to_given(ValueId base, ValueId key, ValueId element, bool surely,
                                   BodyState& state) {
  if (!base.exists() || !element.exists() || !pool_.is(key, ValueKind::Text)) return false;
  const Value& row = pool_[base];
  const bool is_given = row.kind == ValueKind::Hole && row.ref == pack(scope_.me) &&
                        (row.origin == Origin::Receiver || row.origin == Origin::Parameter);
  if (!is_given) return false;
  const ValueId fields = get(state.heap, base);
  ValueId old = fields.exists() ? named_entry(pool_, fields, pool_.text(key)) : ValueId{};
  if (!old.exists()) old = engine_.member_of(base, std::string(pool_.text(key)));
  const ValueId appended = loops_.appended_here(element, state.facts);
  const std::array operands{old, pool_.list(std::span(&appended, 1), !surely)};
  const ValueId longer = compute(pool_, Opcode::Add, operands);
  const ValueId now = surely ? longer : pool_.with_uncertainty(pool_.join(old, longer), kUngated);
  put(state.heap, base,
      with_entry(pool_, fields.exists() ? fields : pool_.record({}, true), key, now));
  return true;
}

}  // namespace fnlint
