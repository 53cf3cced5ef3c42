#include "core/text.h"
#include "flow/body/body_walk.h"
#include "flow/models/fluent.h"
#include "flow/state/step_room.h"
#include "flow/syntax/pointers.h"
#include "flow/syntax/stale_reads.h"
#include "model/language_traits.h"
#include "values/functions.h"
#include "values/places.h"

#include <algorithm>
#include <array>
#include <utility>

// Stores: what an assignment or a changing call leaves in variables, fields and entries, and the
// Store steps that tell a handler's summary of it.
namespace fnlint {

void Body::bind(VariableId id, ValueId value, State& state) {
  put(state.variables, id, value);
  drop(state.places, id);
  attempts_.note_bound(id, value);
  if (scope_.in_initialiser()) engine_.modules().state(scope_.me.module, id).initial = value;
}

// `cached = made`: from here on, what `made` is lives where `cached` does.
void Body::note_kept(ExprId value, ValueId place, State& state) {
  if (!value.exists() || code_.exprs[value.index].kind != ExprKind::Variable) return;
  const VariableId made{code_.exprs[value.index].ref};
  const bool is_object = pool_.is(get(state.variables, made), ValueKind::Object);
  if (scope_.is_mine(made) && is_object) put(state.places, made, place);
}

// `context = {...context, ...more}`, `context = {...context, user}`: what stands in the record;
// none: it is another assignment.
std::span<const Operand> Body::merged_entries(const Assign& row, State& state) {
  if (row.mode != AssignMode::Set || !row.value.exists() || scope_.in_initialiser()) return {};
  const Expr& value = code_.exprs[row.value.index];
  const std::span<const Operand> entries = code_.operands_of(value.operands);
  constexpr std::uint32_t kEntries = 2;
  if (value.kind != ExprKind::Record || entries.size() < 2 || entries[0].spread != kEntries)
    return {};
  const bool is_one = entries.size() == 2 && entries[1].spread == kEntries;
  const bool is_named = std::ranges::all_of(entries.subspan(1), [](const Operand& one) {
    return one.spread == 0 && one.name.exists() && one.value.exists();
  });
  const ValueId place = places_.place_of(entries[0].value, state);
  const bool is_itself = place.exists() && place == places_.place_of(row.target, state);
  return is_itself && (is_one || is_named) ? entries : std::span<const Operand>();
}

ValueId Body::record_of_entries(std::span<const Operand> entries, State& state) {
  if (entries[0].spread != 0) return evaluate(entries[0].value, state);
  std::vector<NamedValue> named;
  for (const Operand& one : entries)
    named.push_back({pool_.string(code_.string(one.name)), evaluate(one.value, state)});
  return pool_.record(named);
}

void Body::assign(const Assign& row, OpId op, State& state) {
  if (row.mode == AssignMode::Evaluate) {
    evaluate(row.value, state);
    return;
  }
  if (is_known_after_call(row, state)) return;
  const std::span<const Operand> merged = merged_entries(row, state);
  const ExprId outer = std::exchange(merged_, merged.empty() ? merged_ : merged[0].value);
  ValueId value = row.value.exists() ? evaluate(row.value, state) : pool_.absent();
  merged_ = outer;
  const Expr& target = code_.exprs[row.target.index];
  if (target.kind == ExprKind::Variable && is_task(row.value))
    task_variables_.emplace_back(VariableId{target.ref}, row.value);
  if (target.kind == ExprKind::Variable && row.value.exists())
    hold_task(row.value, VariableId{target.ref}, state);
  if (target.kind == ExprKind::Variable) aliases_.note_given(VariableId{target.ref}, row.value);
  StoreKind how = StoreKind::Assign;
  ValueId stored = value;
  if (!merged.empty()) {
    how = StoreKind::Update;
    stored = record_of_entries(merged.subspan(1), state);
    found_.note_set(merged_place(pool_, places_.place_of(merged[0].value, state)), state);
  } else if (row.mode == AssignMode::Update) {
    how = StoreKind::Update;
    const ValueId old = evaluate(row.target, state);
    const bool adds_to_many = row.update == OperatorKind::Add && is_many(pool_, old);
    const std::array<ValueId, 2> operands{
        old, adds_to_many ? loops_.elements_under_facts(value, state.facts) : value};
    value = compute(pool_, operator_function(row.update), operands);
  } else if (row.mode == AssignMode::SetIfAbsent) {
    how = StoreKind::SetIfAbsent;
    value = pool_.join(evaluate(row.target, state), value);
  } else if (row.mode == AssignMode::Delete) {
    how = StoreKind::Delete;
  }
  if (target.kind == ExprKind::Variable) {
    const VariableId id{target.ref};
    const bool is_given = traits(code_.language).variables_copy_results && row.value.exists() &&
                          code_.exprs[row.value.index].kind == ExprKind::Result;
    const ValueId place = row.value.exists() && !is_given ? places_.place_of(row.value, state) : ValueId{};
    if (scope_.is_static(id) && row.mode == AssignMode::Declare) {  // once, before the first use
      engine_.modules().state(scope_.me.module, id).initial = value;
      return;
    }
    const ValueId imported = scope_.imported_place(id);
    if (imported.exists()) {
      stores_.record(imported, {}, stored, how, op, state);
    } else if (!scope_.is_mine(id) && engine_.modules().import_of(scope_.me.module, id) == UINT32_MAX) {
      const bool module_variable = code_.variables[id.index].owner.index == 0 || scope_.is_static(id);
      const ValueId kept =
          module_variable
              ? engine_.modules().place(scope_.me.module, id)
              : pool_.hole(Origin::Capture, code_.string(code_.variables[id.index].name),
                           scope_.variable_ref(id));
      stores_.record(kept, {}, stored, how, op, state);
      if (module_variable && how == StoreKind::Assign && !place.exists())
        note_kept(row.value, kept, state);
    }
    bind(id, value, state);
    if (place.exists() && row.mode != AssignMode::Update) put(state.places, id, place);
    return;
  }
  if (target.kind == ExprKind::Member && how == StoreKind::Assign)
    take_setter(target, value, op, state);
  write_by_reference(row, value, op, state);
  ValueId base_place = places_.place_of(ExprId{target.ref}, state);
  if (!base_place.exists() && scope_.in_initialiser()) base_place = setting_place(target, state);
  if (is_whole_content(target, value, how)) {
    const ValueId content =
        target.kind == ExprKind::Member || how == StoreKind::Delete ? pool_.list({}) : value;
    if (base_place.exists()) stores_.record(base_place, {}, content, StoreKind::Assign, op, state);
    return set_path(ExprId{target.ref}, content, state);
  }
  if (base_place.exists()) {
    if (target.kind == ExprKind::Member) {
      stores_.record(member_place(engine_, base_place, code_.string(target.name)), {}, stored, how, op, state);
    } else {
      const ValueId key =
          target.operands.count > 0 && code_.operands[target.operands.first].value.exists()
              ? evaluate(code_.operands[target.operands.first].value, state)
              : ValueId{};
      const StoreKind entry = how == StoreKind::Delete                   ? StoreKind::Remove
                              : how == StoreKind::Update && key.exists() ? StoreKind::Update
                                                                         : StoreKind::PutKey;
      stores_.record(base_place, key, stored, entry, op, state);
    }
  }
  if (row.mode != AssignMode::Delete) set_path(row.target, value, state);
}

// Where a library keeps what it tells all that it makes: `AWS.config.credentials = ...`; no id:
// nothing says so.
ValueId Body::setting_place(const Expr& target, State& state) {
  const ValueId base = evaluate(ExprId{target.ref}, state);
  const std::string path = engine_.library_path(base);
  const auto tells = [&](const std::string& name) {
    const LibraryModel* row = find_library_model(code_.language, name);
    return row != nullptr && !row->tells.empty();
  };
  if (path.empty()) return {};
  const bool is_member = target.kind == ExprKind::Member;
  return tells(path) || (is_member && tells(cat(path, '.', code_.string(target.name)))) ? base
                                                                                        : ValueId{};
}

// `rows[:] = []`, `del rows[:]`, `rows.length = 0`: what a list holds, all of it.
bool Body::is_whole_content(const Expr& target, ValueId value, StoreKind how) const {
  if (target.kind == ExprKind::Member)
    return how == StoreKind::Assign && traits(code_.language).has_settable_length &&
           code_.string(target.name) == "length" && pool_.is(value, ValueKind::Number) &&
           pool_.text(value) == "0";
  if (target.kind != ExprKind::Part || (how != StoreKind::Assign && how != StoreKind::Delete))
    return false;
  for (const Operand& bound : code_.operands_of(target.operands))
    if (bound.value.exists()) return false;
  return true;
}

// Lets this body's own view of a target take the value; what outlives the body was recorded before.
void Body::set_path(ExprId target, ValueId value, State& state) {
  const Expr& row = code_.exprs[target.index];
  if (row.kind == ExprKind::Variable) {
    bind(VariableId{row.ref}, value, state);
  } else if (row.kind == ExprKind::Member) {
    set_entry(ExprId{row.ref}, pool_.text_value(code_.string(row.name)), value, state);
  } else if (row.kind == ExprKind::Index && row.operands.count > 0) {
    set_entry(ExprId{row.ref}, evaluate(code_.operands[row.operands.first].value, state), value,
              state);
  }
}

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

// A variable, or what lies in one under names: its own value can be given the change.
bool Body::is_settable(ExprId base) const {
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
bool Body::change_data(ExprId base, ValueId changes, State& state) {
  const ValueId old = evaluate(base, state);
  if (!is_data(pool_, code_.language, old) || !is_settable(base)) return false;
  const ValueId now = changed(pool_, old, changes);
  const Expr& row = code_.exprs[base.index];
  if (row.kind == ExprKind::Variable)
    put(state.variables, VariableId{row.ref}, now);
  else
    set_path(base, now, state);
  return true;
}

// A list in what a service answered is that list and one more: `item["members"].append(x)`. False:
// it is something else.
bool Body::append_to_answer(ExprId list, ValueId element, State& state) {
  const ValueId old = evaluate(list, state);
  if (!element.exists() || !is_settable(list) || !lies_in_answer(pool_, code_.language, old))
    return false;
  const ValueId appended = loops_.appended_here(element, state.facts);
  const std::array operands{old, pool_.list(std::span(&appended, 1))};
  set_path(list, compute(pool_, Opcode::Add, operands), state);
  return true;
}

// `job.setAttempts(n)` of what was parsed into a class.
void Body::apply_setter(const Call& row, const CallInput& invocation, State& state) {
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
void Body::tell_made(ValueId part, ValueId told) {
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

void Body::set_entry(ExprId base, ValueId key, ValueId value, State& state) {
  if (pool_[key].kind == ValueKind::Text && pool_.text(key) == kPointee) {
    const Expr& pointer = code_.exprs[base.index];
    if (pointer.kind == ExprKind::Variable)  // it points where it did
      put(state.variables, VariableId{pointer.ref}, value);
    else
      set_path(base, value, state);
    return;
  }
  const ValueId old = evaluate(base, state);
  const ValueKind kind = pool_[old].kind;
  if (kind == ValueKind::Object || kind == ValueKind::Computed) {
    const std::array<ValueId, 2> part{old, key};
    tell_made(pool_.computed(Opcode::Member, part), value);
  }
  if (kind == ValueKind::Record || kind == ValueKind::List) {
    const Expr& row = code_.exprs[base.index];
    const ValueId changed = with_entry(pool_, old, key, loops_.put_here(key, value, state.facts));
    if (row.kind == ExprKind::Variable)
      put(state.variables, VariableId{row.ref}, changed);
    else
      set_path(base, changed, state);
    aliases_.change(base, old, changed, state);
    if (scope_.in_initialiser() && row.kind == ExprKind::Variable)
      engine_.modules().state(scope_.me.module, VariableId{row.ref}).initial = changed;
    return;
  }
  // `parts = key.split("/")`, also of what is not known to be a text yet.
  if (pool_.is(key, ValueKind::Number) &&
      (is_split(pool_, old) || pool_.opcode(old) == Opcode::Call))
    return set_path(base, with_entry(pool_, old, key, value), state);
  if (pool_[key].kind != ValueKind::Text) return;
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
