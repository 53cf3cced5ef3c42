// An assignment or a changing call gives an object's variable, and the object's other names, the
// object as it is then.
#include "flow/body/object_changes.h"

#include "core/text.h"
#include "flow/models/fluent.h"
#include "flow/models/library_select.h"
#include "flow/state/named_entry.h"
#include "flow/syntax/pointers.h"
#include "model/language_traits.h"
#include "values/functions.h"
#include "values/places.h"
#include "values/where.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace fnlint {

namespace {

// What a service answered: "boto3.resource().Table().get_item()", or a part of that.
bool is_answer(const ValuePool& pool, Language language, ValueId value) {
  const std::string_view path = pool.text(value);
  const auto asks = [&](std::string_view called) {
    const LibraryModel* row = find_library_model(language, called);
    return row != nullptr && (!row->operation.empty() || !row->effect_of.empty());
  };
  for (std::size_t end = path.find("()"); end != path.npos; end = path.find("()", end + 2)) {
    const std::string_view called = path.substr(0, end);
    if (asks(called) || asks(cat("*.", called.substr(called.rfind('.') + 1)))) return true;
  }
  return false;
}

// Somewhere in what a service answered: `answer["Item"]["members"]`.
bool lies_in_answer(const ValuePool& pool, Language language, ValueId value) {
  while (pool.is(value, ValueKind::Computed) && !pool.operands(value).empty()) {
    const Opcode opcode = pool.opcode(value);
    if (opcode == Opcode::Call && is_method(pool, pool.operands(value)[0]))
      value = pool.operands(pool.operands(value)[0])[0];
    else if (opcode == Opcode::Member || opcode == Opcode::Index || opcode == Opcode::Get ||
             opcode == Opcode::OrDefault || opcode == Opcode::Add || is_where(pool, value))
      value = pool.operands(value)[0];
    else
      return false;
  }
  return pool.is(value, ValueKind::Object) && is_answer(pool, language, value);
}

// Plain data, which no object of the project or a library can be: what was parsed, the event, and
// what lies in these or in the answer of a service, or stands under a text in what a function was
// given.
bool is_data(const ValuePool& pool, Language language, ValueId value) {
  constexpr std::array<std::string_view, 7> kParts{"member", "index", "element",   "get",
                                                   "first",  "last",  "or_default"};
  bool is_entry = false, is_part = false;
  while (pool.is(value, ValueKind::Computed) && !pool.operands(value).empty()) {
    if (pool.opcode(value) == Opcode::JsonDecode) return true;
    if (is_where(pool, value)) {
      value = pool.operands(value)[0];
      continue;
    }
    if (pool.opcode(value) == Opcode::Call && is_method(pool, pool.operands(value)[0])) {
      value = pool.operands(pool.operands(value)[0])[0];
      continue;
    }
    if (std::ranges::find(kParts, pool.text(value)) == kParts.end()) return false;
    is_entry = is_entry || (pool.opcode(value) == Opcode::Index &&
                            pool.is(pool.operands(value)[1], ValueKind::Text));
    is_part = true;
    value = pool.operands(value)[0];
  }
  if (is_entry && pool.is(value, ValueKind::Hole) && pool[value].origin == Origin::Parameter)
    return true;
  if (pool.is(value, ValueKind::OneOf))
    return std::ranges::all_of(pool.operands(value), [&](ValueId one) {
      return pool.is(bare(pool, one), ValueKind::Record) || is_data(pool, language, one);
    });
  if (pool.is(value, ValueKind::Object))
    return (is_part || !pool.text(value).ends_with("()") || traits(language).maps_items) &&
           is_answer(pool, language, value);
  return pool.is(value, ValueKind::Hole) && pool[value].origin == Origin::Event;
}

}  // namespace

void ObjectChanges::bind(VariableId id, ValueId value, BodyState& state) {
  put(state.variables, id, value);
  drop(state.places, id);
  attempts_.note_bound(id, value);
  if (scope_.in_initialiser()) engine_.modules().state(scope_.me.module, id).initial = value;
}

void ObjectChanges::set_variable_or_path(ExprId base, ValueId value, BodyState& state) {
  const Expr& row = code_.exprs[base.index];
  if (row.kind == ExprKind::Variable)
    put(state.variables, VariableId{row.ref}, value);
  else
    set_path(base, value, state);
}

void ObjectChanges::replace(ExprId target, ValueId before, ValueId after, BodyState& state) {
  set_variable_or_path(target, after, state);
  const Expr& row = code_.exprs[target.index];
  if (scope_.in_initialiser() && row.kind == ExprKind::Variable)
    engine_.modules().state(scope_.me.module, VariableId{row.ref}).initial = after;
  aliases_.change(target, before, after, state);
}

// Lets this body's own view of a target take the value; what outlives the body was recorded before.
void ObjectChanges::set_path(ExprId target, ValueId value, BodyState& state) {
  const Expr& row = code_.exprs[target.index];
  if (row.kind == ExprKind::Variable) {
    bind(VariableId{row.ref}, value, state);
  } else if (row.kind == ExprKind::Member) {
    set_entry(ExprId{row.ref}, pool_.text_value(code_.string(row.name)), value, state);
  } else if (row.kind == ExprKind::Index && row.operands.count > 0) {
    set_entry(ExprId{row.ref}, values_.evaluate(code_.operands[row.operands.first].value, state), value,
              state);
  }
}

// A variable, or what lies in one under names: its own value can be given the change.
bool ObjectChanges::is_settable(ExprId base) const {
  while (true) {
    const Expr& row = code_.exprs[base.index];
    if (row.kind == ExprKind::Variable) return true;
    const bool has_name =
        row.kind == ExprKind::Member ||
        (row.kind == ExprKind::Index && row.operands.count > 0 &&
         code_.exprs[code_.operands[row.operands.first].value.index].kind == ExprKind::Text);
    if (!has_name) return false;
    base = ExprId{row.ref};
  }
}

// Gives plain data that is not known whole the entries of a record. False: it is something else.
bool ObjectChanges::change_data(ExprId base, ValueId changes, BodyState& state) {
  const ValueId old = values_.evaluate(base, state);
  if (!is_data(pool_, code_.language, old) || !is_settable(base)) return false;
  set_variable_or_path(base, changed(pool_, old, changes), state);
  return true;
}

// A list in what a service answered is that list and one more: `item["members"].append(x)`. False:
// it is something else.
bool ObjectChanges::append_to_answer(ExprId list, ValueId element, BodyState& state) {
  const ValueId old = values_.evaluate(list, state);
  if (!element.exists() || !is_settable(list) || !lies_in_answer(pool_, code_.language, old))
    return false;
  const ValueId appended = loops_.appended_here(element, state.facts);
  const std::array operands{old, pool_.list(std::span(&appended, 1))};
  set_path(list, compute(pool_, Opcode::Add, operands), state);
  return true;
}

// `job.setAttempts(n)` of what was parsed into a class.
void ObjectChanges::apply_setter(const Call& row, const CallInput& invocation, BodyState& state) {
  const Expr& callee = code_.exprs[row.callee.index];
  const auto arguments = pool_.operands(invocation.arguments);
  if (!traits(code_.language).has_accessor_methods || callee.kind != ExprKind::Member ||
      !is_method(pool_, invocation.callee) || arguments.size() != 1)
    return;
  const std::string_view name = code_.string(callee.name);
  if (name.size() < 4 || !name.starts_with("set") || name[3] < 'A' || name[3] > 'Z') return;
  std::string field(name.substr(3));
  field[0] = static_cast<char>(field[0] - 'A' + 'a');
  const NamedValue entry{pool_.string(field), arguments[0]};
  change_data(ExprId{callee.ref}, pool_.record(std::span(&entry, 1)), state);
}

// What a part of an object is set to that goes along with each later call, `session.auth = login`,
// `session.headers.update(more)`, is as good as given to the call that made the object.
void ObjectChanges::tell_made(ValueId part, ValueId told) {
  bool is_sent = false;
  std::string_view name;
  while (pool_.is(part, ValueKind::Computed) && pool_.operands(part).size() == 2) {
    const LibraryModel* row = find_library_model(code_.language, engine_.library_path(part));
    if (row != nullptr && row->sent) {
      is_sent = true;
      name = pool_.text(pool_.operands(part)[1]);
    }
    part = pool_.operands(part)[0];
  }
  if (!is_sent || !pool_.is(part, ValueKind::Object)) return;
  for (Step& step : summary_.steps())
    if (step.kind == StepKind::Make && step.value == part && step.arguments.exists())
      step.arguments = with_entry(pool_, step.arguments, pool_.text_value(name), told);
}

void ObjectChanges::set_entry(ExprId base, ValueId key, ValueId value, BodyState& state) {
  if (pool_[key].kind == ValueKind::Text && pool_.text(key) == kPointee) {
    set_variable_or_path(base, value, state);  // it points where it did
    return;
  }
  const ValueId old = values_.evaluate(base, state);
  const ValueKind kind = pool_[old].kind;
  if (kind == ValueKind::Object || kind == ValueKind::Computed) {
    const std::array<ValueId, 2> part{old, key};
    tell_made(pool_.computed(Opcode::Member, part), value);
  }
  if (kind == ValueKind::Record || kind == ValueKind::List) {
    const ValueId changed = with_entry(pool_, old, key, loops_.put_here(key, value, state.facts));
    return replace(base, old, changed, state);
  }
  // `parts = key.split("/")`, also of what is not known to be a text yet.
  if (pool_.is(key, ValueKind::Number) &&
      (is_split(pool_, old) || pool_.opcode(old) == Opcode::Call))
    return set_path(base, with_entry(pool_, old, key, value), state);
  if (pool_[key].kind == ValueKind::Text) set_field(base, old, key, value, state);
}

// An entry under a text, of what is no record and no list.
void ObjectChanges::set_field(ExprId base, ValueId old, ValueId key, ValueId value,
                              BodyState& state) {
  if (is_fluent(engine_.base(), old)) {
    set_path(base, with_member(engine_.base(), old, std::string(pool_.text(key)), value), state);
    return;
  }
  const ProjectObject object = project_object(pool_, old);
  if (object.kind == ProjectObject::Kind::Instance &&
      code_.exprs[base.index].kind == ExprKind::Variable && !pool_.operands(old).empty()) {
    const ValueId fields = with_entry(pool_, pool_.operands(old)[0], key, value);
    const ValueId object_now = pool_.object(pool_[old].ref, pool_.text(old), std::span(&fields, 1));
    put(state.variables, VariableId{code_.exprs[base.index].ref}, object_now);
    aliases_.change(base, old, object_now, state);
    return;
  }
  const NamedValue entry{pool_[key].text, value};
  if (change_data(base, pool_.record(std::span(&entry, 1)), state)) return;
  const ValueId fields = get(state.heap, old);
  put(state.heap, old,
      with_entry(pool_, fields.exists() ? fields : pool_.record({}, true), key, value));
}

}  // namespace fnlint
