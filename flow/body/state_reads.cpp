// What a body finds in module variables and in fields that functions assign: what it reads of them,
// and whether the same invocation has assigned it before on every path.

#include "flow/body/state_reads.h"

#include "core/text.h"
#include "flow/engine/library_call.h"
#include "flow/state/step_budget.h"
#include "model/language_traits.h"
#include "tables/known.h"
#include "tables/libraries.h"
#include "tables/models.h"
#include "values/places.h"

#include <algorithm>
#include <iterator>

namespace fnlint {

namespace {

// A variable of a module, or a field of what lives longer than this call.
bool is_kept(const ValuePool& pool, ValueId place) {
  while (is_field(pool, place)) place = pool.operands(place)[0];
  const Value& root = pool[place];
  if (root.kind == ValueKind::Object) return true;
  if (root.kind != ValueKind::Hole) return false;
  return root.origin == Origin::Global || root.origin == Origin::Receiver ||
         root.origin == Origin::Parameter || root.origin == Origin::Capture;
}

// It may be an object of the project, or a part of one, that is not named by where it lives.
bool may_be_kept_elsewhere(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  switch (row.kind) {
    case ValueKind::Object: return project_object(pool, value).kind != ProjectObject::Kind::None;
    case ValueKind::Hole:
      return row.origin == Origin::Global || row.origin == Origin::Field ||
             row.origin == Origin::Receiver || row.origin == Origin::Capture;
    case ValueKind::OneOf: {
      const auto operands = pool.operands(value);
      return std::ranges::any_of(operands,
                                 [&](ValueId one) { return may_be_kept_elsewhere(pool, one); });
    }
    case ValueKind::Unknown: return true;
    case ValueKind::Computed: {
      const auto operands = pool.operands(value);
      return !operands.empty() && may_be_kept_elsewhere(pool, operands[0]);
    }
    default: return false;
  }
}

// An object of the project may be there, or a record; of several values one beside the variable
// itself.
bool can_hold_fields(const Engine& engine, const ValuePool& pool, ValueId value) {
  const auto can = [&](ValueId one) { return can_hold_fields(engine, pool, one); };
  switch (pool[value].kind) {
    case ValueKind::OneOf: {
      const auto operands = pool.operands(value);
      const auto is_variable = [&](ValueId one) {
        return pool.is(one, ValueKind::Hole) && pool[one].origin == Origin::Global;
      };
      return std::ranges::any_of(operands,
                                 [&](ValueId one) { return !is_variable(one) && can(one); });
    }
    case ValueKind::Hole: {
      const Origin origin = pool[value].origin;
      if (origin != Origin::Global && origin != Origin::Field && origin != Origin::Element &&
          origin != Origin::Parameter && origin != Origin::Receiver && origin != Origin::Capture)
        return false;
      return engine.library_path(value).empty();
    }
    case ValueKind::Null:
    case ValueKind::Absent:
    case ValueKind::Bool:
    case ValueKind::Number:
    case ValueKind::Text:
    case ValueKind::Pattern:
    case ValueKind::Function: return false;
    default: return engine.library_path(value).empty();
  }
}

std::vector<ValueId> fields_among(const ValuePool& pool, const std::vector<ValueId>& sets,
                                  ValueId whole) {
  std::vector<ValueId> fields;
  for (const ValueId set : sets) {
    ValueId at = set;
    while (at != whole && is_field(pool, at)) at = pool.operands(at)[0];
    if (at == whole && at != set) fields.push_back(set);
  }
  return fields;
}

bool is_waiting(const ValuePool& pool, ValueId set) {
  const ValueId perhaps = set_perhaps(pool, set), surely = set_surely(pool, set);
  return is_returned(pool, perhaps.exists() ? perhaps : surely.exists() ? surely : set);
}

// Calls that have returned, and whose callees are not known yet.
std::vector<ValueId> waiting_among(const ValuePool& pool, const std::vector<ValueId>& sets) {
  std::vector<ValueId> waiting;
  std::ranges::copy_if(sets, std::back_inserter(waiting),
                       [&](ValueId set) { return is_waiting(pool, set); });
  return waiting;
}

// What is set before it, as far as that may tell more than that it is not.
void take_sets_before(ValuePool& pool, const std::vector<ValueId>& sets, Step& found) {
  if (!found.subject.exists() || pool[base_of(pool, found.subject)].kind == ValueKind::Absent) {
    found.sets.clear();
    return;
  }
  if (sets.empty()) return;
  add_locations(found.sets, waiting_among(pool, sets));
  for (ValueId at = found.subject; at.exists();
       at = is_field(pool, at) ? pool.operands(at)[0] : ValueId{}) {
    for (const ValueId mark : {merged_place(pool, at), perhaps_place(pool, at)})
      if (std::ranges::binary_search(sets, mark)) add_locations(found.sets, {mark});
  }
  if ((found.flags & kWhole) != 0)
    add_locations(found.sets, fields_among(pool, sets, found.subject));
}

// `state.lock()`: whoever has the guard reads and sets what the lock holds, in its place.
bool gives_itself(Language language, std::string_view method) {
  const LibraryModel* row = find_library_model(language, cat("*.", method));
  return row != nullptr && row->itself && row->store == StoreHow::None && row->store_key.empty();
}

// Whether it puts entries into what it is called of, and reads nothing of that.
bool only_stores(Language language, std::string_view method) {
  const LibraryModel* row = find_library_model(language, cat("*.", method));
  return row != nullptr && (row->store == StoreHow::Merge || row->store == StoreHow::PutKey) &&
         row->into == "receiver" && row->computes.empty() && row->returns.empty();
}

}  // namespace

// Whether it is set on every path to here, where its facts hold as well. Where some paths alone
// have set it, callers may know whether these are the ones that come here.
void StateReads::ask_whether_set(Step& found, const BodyState& state) const {
  const ValueId place = found.subject;
  if (!place.exists()) return;
  if (contains_location(pool_, state.sets, place)) found.flags |= kSetBefore;
  const ValueId test = get(state.set_where, place);
  if (!test.exists()) return;
  FactSet all = state.facts;
  add_facts(all, found.holds);
  const Answer answer = answer_by(pool_, all, test);
  if (answer == Answer::Yes) found.flags |= kSetBefore;
  if (answer != Answer::Unknown) return;
  const ValueId asked = implies(pool_, all, test);
  const std::array<ValueId, 2> either{asked, found.value};
  found.value = found.value.exists() ? compute(pool_, Opcode::Or, either) : asked;
}

void StateReads::note_set(ValueId place, BodyState& state) const {
  if (scope_.in_initialiser() || !place.exists()) return;
  const Value& value = pool_[place];
  const bool is_variable = value.kind == ValueKind::Hole && value.origin == Origin::Global;
  if (is_variable || (is_field(pool_, place) && is_kept(pool_, place)))
    add_locations(state.sets, {place});
}

// A variable, or a member of a module that names one.
void StateReads::note_found(ExprId id, const Expr& expr, bool is_callee, BodyState& state) {
  if (scope_.alone || scope_.in_initialiser() ||
      engine_.index().reads_to_release(scope_.me.module)[id.index])
    return;
  const bool is_part = engine_.index().parts_of_values(scope_.me.module)[id.index];
  ValueId place;
  if (expr.kind == ExprKind::Variable) {
    if (is_part) note_whole(id, scope_.read(VariableId{expr.ref}, state), state);
    place = scope_.module_place(VariableId{expr.ref});
  } else if (expr.kind == ExprKind::Member && !is_callee) {
    const Expr& base = code_.exprs[expr.ref];
    if (base.kind != ExprKind::Variable) return;
    const std::uint32_t row = engine_.modules().import_of(scope_.me.module, VariableId{base.ref});
    if (row == UINT32_MAX) return;
    const ImportTarget& target = engine_.program().modules[scope_.me.module.index].imports[row];
    if (target.module.exists() && target.whole)
      place = engine_.loader().exported_place(target.module, code_.string(expr.name));
  }
  if (place.exists() && engine_.modules().is_rebound(place)) find(place, 0, state);
}

// A field that functions assign, of an object that lives longer than this call, or may.
void StateReads::note_field(ExprId id, const Expr& expr, ValueId base, ValueId value,
                            BodyState& state) {
  if (scope_.in_initialiser() || engine_.index().reads_to_release(scope_.me.module)[id.index])
    return;
  if (expr.kind == ExprKind::Index) return note_entry(id, base, state);
  if (expr.kind != ExprKind::Member) return;
  if (engine_.index().parts_of_values(scope_.me.module)[id.index]) note_whole(id, value, state);
  const std::string_view name = code_.string(expr.name);
  if (!engine_.index().is_assigned_field(scope_.me.module, name)) return;
  ValueId place = places_.location_of(id, state);
  if (place.exists() && !is_field(pool_, place)) return;  // a module's variable
  if (!place.exists() || !is_kept(pool_, place)) {
    if (!place.exists() && !may_be_kept_elsewhere(pool_, base)) return;
    const std::array<ValueId, 2> operands{pool_.absent(), pool_.text_value(name)};
    place = pool_.computed(Opcode::Member, operands);
  }
  find(place, 0, state);
}

// What a module's record holds under a text that functions put something under; else all of it.
void StateReads::note_entry(ExprId id, ValueId base, BodyState& state) {
  const ExprId record{code_.exprs[id.index].ref}, key = text_key(code_, id);
  const std::string_view name =
      key.exists() ? code_.string(code_.exprs[key.index].name) : std::string_view();
  const bool is_put = key.exists() && engine_.index().is_assigned_field(scope_.me.module, name);
  const ValueId place = is_put ? places_.location_of(record, state) : ValueId{};
  const bool is_variable =
      place.exists() && pool_.is(place, ValueKind::Hole) && pool_[place].origin == Origin::Global;
  if (!is_variable) return note_whole(record, base, state);
  find(member_place(engine_, place, name), 0, state);
}

// An object goes to where its fields are not followed.
void StateReads::note_whole(ExprId id, ValueId value, BodyState& state) {
  if (scope_.alone || scope_.in_initialiser() || !can_hold_fields(engine_, pool_, value)) return;
  const ValueId place = places_.location_of(id, state);
  if (place.exists() && is_kept(pool_, place)) find(place, kWhole, state);
}

// What is handed to a library, or to what is not known yet.
void StateReads::note_handed(const Call& row, const CallInput& invocation, const BodyState& state) {
  if (scope_.in_initialiser()) return;
  const ValueId called = invocation.callee;
  const bool is_followed = pool_[called].kind == ValueKind::Function ||
                           project_object(pool_, called).kind == ProjectObject::Kind::Class;
  if (is_followed || is_open(pool_, called)) return;  // of the latter more is known later
  const std::string path =
      invocation.places.exists() && !pool_.operands(invocation.places).empty()
          ? engine_.library_path(called)
          : std::string();
  const LibraryModel* library = path.empty() ? nullptr : find_library_model(code_.language, path);
  // Nobody knows whether it looks at what it is handed.
  const bool is_unknown = !path.empty() && find_model_any(code_.language, path) == nullptr &&
                          !only_computes(code_.language, path);
  const auto is_only_stored_in = [&](std::string_view argument) {
    return library != nullptr && library->store == StoreHow::Merge && library->into == argument;
  };
  const auto places = pool_.operands(invocation.places);
  const auto values = pool_.operands(invocation.arguments);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto names = pool_.names(invocation.arguments);
    const auto at = std::ranges::find(names, pool_.names(invocation.places)[i]);
    if (is_only_stored_in(pool_[pool_.names(invocation.places)[i]])) continue;
    const bool is_plain =
        at != names.end() &&
        !can_hold_fields(engine_, pool_, values[static_cast<std::size_t>(at - names.begin())]);
    if (!is_plain && is_kept(pool_, places[i]))
      find(places[i], kWhole | (is_unknown ? kGuessed : 0U), state);
  }
  const Expr& callee = code_.exprs[row.callee.index];
  if (callee.kind != ExprKind::Member || !is_method(pool_, called)) return;
  const std::string_view method = code_.string(callee.name);
  const bool reads = !gives_itself(code_.language, method) &&
                     !only_stores(code_.language, method) && !only_releases(lower(method));
  if (reads && invocation.receiver_place.exists() && is_kept(pool_, invocation.receiver_place) &&
      can_hold_fields(engine_, pool_, pool_.operands(called)[0]))
    find(invocation.receiver_place, kWhole, state);
}

void StateReads::find(ValueId place, std::uint32_t flags, const BodyState& state) {
  Step step;
  step.kind = StepKind::Find;
  step.at = summary_.here();
  step.subject = place;
  step.flags = flags;
  take_found(step, state);
}

// What is set before each of the places that read it.
void StateReads::keep_common_sets(const Step& found) {
  for (Step& step : summary_.steps())
    if (step.kind == StepKind::Find && step.subject == found.subject && step.flags == found.flags &&
        step.value == found.value)
      step.sets = common_locations(step.sets, found.sets);
}

// How many questions other reads of the same have left open.
std::ptrdiff_t StateReads::asked_before(const Step& found) const {
  return std::distance(found_.lower_bound({found.subject.index, found.flags, 0}),
                       found_.lower_bound({found.subject.index, found.flags, ValueId{}.index}));
}

// Of fields there are many: where they would leave no room, it is said that there are more.
void StateReads::take_found(const Step& given, const BodyState& state) {
  constexpr std::size_t kFound = 48, kFoundFields = 96, kRoom = 24;
  constexpr std::ptrdiff_t kQuestions = 1;  // of one place
  if (scope_.in_initialiser()) return;
  Step mine = given;
  const ValueId place = mine.subject;
  const bool is_variable = place.exists() && (mine.flags & kWhole) == 0 &&
                           pool_.is(place, ValueKind::Hole);
  const bool is_of_object = place.exists() && !is_variable;
  if (is_of_object && pool_[place].kind != ValueKind::Absent &&
      (found_places_ >= kFoundFields || summary_.steps().size() >= kSummarySteps - kRoom))
    mine.subject = pool_.absent();
  if (is_variable && found_variables_ >= kFound) mine.subject = {};
  mine.flags &= kWhole | kSetBefore | kDetached | kPaused | kGuessed;
  if (summary_.is_behind_wait()) mine.flags |= kPaused;
  ask_whether_set(mine, state);
  if (mine.subject != place) mine.flags = 0;
  if (mine.subject != place || (mine.flags & kSetBefore) != 0) mine.value = {};
  if (mine.value.exists() && asked_before(mine) >= kQuestions)
    mine.value = pool_.unknown("whether it is set before is asked of too many ways");
  take_sets_before(pool_, state.sets, mine);
  if (!found_.emplace(mine.subject.index, mine.flags, mine.value.index).second)
    return keep_common_sets(mine);
  if (!mine.value.exists()) ++found_places_;
  if (is_variable && !mine.value.exists()) ++found_variables_;
  summary_.add(std::move(mine));
}

// `row.map(this::keep).orElseThrow()`: where it comes back, `keep` has run, and has set what it
// sets.
void StateReads::take_chain(const Call& row, OpId op, const CallResult& outcome, BodyState& state) {
  const Expr& callee = code_.exprs[row.callee.index];
  if (callee.kind != ExprKind::Member || scope_.in_initialiser()) return;
  const std::string_view name = code_.string(callee.name);
  const bool holds = is_one_of(known::methods_that_hold_what_they_make(), name);
  if (!holds && !is_one_of(known::methods_that_give_or_raise(), name)) return;
  const Expr& base = code_.exprs[callee.ref];
  const auto before = base.kind == ExprKind::Result ? held_sets_.find(base.ref) : held_sets_.end();
  std::vector<ValueId> sets;
  if (before != held_sets_.end()) sets = before->second;
  if (!holds) return add_locations(state.sets, sets);
  for (const ValueId place : outcome.sets)
    if (const ValueId perhaps = set_perhaps(pool_, place); perhaps.exists())
      add_locations(sets,
                    {is_returned(pool_, perhaps) ? perhaps : scope_.own_place(perhaps, state)});
    else if (is_returned(pool_, place))
      add_locations(sets, {surely_place(pool_, place)});
  if (!sets.empty()) held_sets_.insert_or_assign(op.index, std::move(sets));
}

// What a call has assigned once it is through; of one that is left running nothing is known.
void StateReads::take_sets(const Call& row, OpId op, const CallResult& outcome, CallErrors& errors,
                           BodyState& state) {
  take_chain(row, op, outcome, state);
  if (outcome.sets.empty() || scope_.in_initialiser() || row.mode == CallMode::Detached) return;
  const bool left = outcome.task && engine_.index().uses_in(scope_.me.module).results[op.index] ==
                                        ResultUse::Dropped;
  if (left) return;
  constexpr std::size_t kWaiting = 16;  // calls of which it is kept that they have returned
  std::size_t waiting = waiting_among(pool_, state.sets).size();
  std::vector<ValueId> sets;
  for (const ValueId place : outcome.sets) {
    if (!is_waiting(pool_, place))
      sets.push_back(scope_.own_place(place, state));
    else if (waiting++ < kWaiting)
      sets.push_back(place);
  }
  std::ranges::sort(sets);
  errors.take_sets(std::move(sets), op, state);
}

}  // namespace fnlint
