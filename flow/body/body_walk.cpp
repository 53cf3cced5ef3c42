// The forward pass over one body: each op takes the state on to what holds behind it.

#include "flow/body/body_walk.h"

#include "core/text.h"
#include "flow/engine/body.h"
#include "flow/engine/rounds.h"
#include "flow/state/joined.h"
#include "flow/state/named_entry.h"
#include "flow/syntax/pointers.h"
#include "model/language_traits.h"
#include "values/answers.h"
#include "values/summarised_lists.h"
#include "values/where.h"

#include <algorithm>
#include <iterator>
#include <optional>

namespace fnlint {

namespace {

std::vector<VariableId> path_dependent_variables(const ValuePool& pool, const CodeFacts& code,
                                            ExprId condition, const BodyState& state) {
  std::vector<VariableId> found;
  visit_parts(code, condition, [&](const Expr& row) {
    if (row.kind != ExprKind::Variable) return;
    const ValueId value = get(state.variables, VariableId{row.ref});
    if (value.exists() && is_path_dependent(pool, value)) found.emplace_back(row.ref);
  });
  return found;
}

// What a variable is where a test has told which of its ways was taken.
void narrow(ValuePool& pool, VariableId variable, BodyState& state) {
  FactAnswers answers(pool, state.facts);
  const auto hold = [&](std::span<const ValueId> tests) { return answers.to_all(tests); };
  const ValueId left = simplified_under(pool, get(state.variables, variable), hold);
  const bool is_sure = !is_path_dependent(pool, left) &&
                       std::ranges::all_of(conditions_of(pool, left), [&](ValueId test) {
                         return answers.to(test) == Answer::Yes;
                       });
  put(state.variables, variable, is_sure ? without_conditions(pool, left) : left);
}

}  // namespace

// A module begins with nothing exported.
void Body::begin_exports(State& state) {
  for (std::uint32_t v = 0; v < code_.variables.size(); ++v)
    if (code_.variables[v].owner == scope_.me.function &&
        code_.string(code_.variables[v].name) == "exports")
      changes_.bind(VariableId{v}, pool_.record({}), state);
}

Body::Test Body::test(ExprId condition, State& state) {
  tasks_.note_read(condition, state);
  presence_.begin_test();
  Test test{.value = values_.evaluate_condition(condition, state)};
  presence_.ask(test.value, nullptr);
  presence_.end_test(condition, test.value, state);
  if (!scope_.in_initialiser()) test.asked = state_tests_.tested_state(condition, state);
  test.variables = path_dependent_variables(pool_, code_, condition, state);
  return test;
}

BodyState Body::assume(State state, const Test& test, bool holds) {
  for (const ValueId asked : test.asked) add_fact(state.asked, {asked, holds});
  if (!fnlint::assume(pool_, state.facts, test.value, holds)) {
    state.reachable = false;
    state.decided_by = test.asked;
  }
  errors_.settle(state, test.value, holds);
  for (const VariableId variable : test.variables) narrow(pool_, variable, state);
  return state;
}

BodyState Body::caught(OpId attempt, const Catch& handler, State state) {
  const std::string_view kind = takes_any(code_, handler) ? kCaughtAny : kCaughtKind;
  const ValueId error = pool_.hole(Origin::CallResult, kind, scope_.place_ref(handler.first));
  if (handler.caught.exists()) put(state.variables, handler.caught, error);
  add_fact(state.facts, errors_.failure_in(attempt, error));
  return state;
}

BodyState Body::at_last_as_well(State after, const State& raised) {
  std::erase_if(after.facts, [&](const Fact& fact) {
    return !std::ranges::binary_search(raised.facts, fact);
  });
  after.sets = common_locations(after.sets, raised.sets);
  return after;
}

BodyState Body::past_last(State state, const State& after) {
  if (!state.reachable) return state;
  add_facts(state.facts, after.facts);
  add_locations(state.sets, after.sets);
  return state;
}

// What comes later in this body is not followed: it may do anything, and return.
BodyState Body::cut_here(State state) {
  summary_.note_cut();
  if (!std::exchange(ends_early_, true))
    returns_.add_unknown(summary_.current());
  state.reachable = false;
  return state;
}

namespace {

// Whether a loop takes elements out of what the variable holds: `queue.pop()`.
bool takes_out(const CodeFacts& code, OpId op, VariableId id) {
  for (OpId at{op.index + 1}; at < code.ops[op.index].end; ++at.index) {
    if (code.ops[at.index].kind != OpKind::Call) continue;
    const Expr& callee = code.exprs[code.calls[code.ops[at.index].detail].callee.index];
    if (callee.kind != ExprKind::Member || root_variable(code, ExprId{callee.ref}) != id) continue;
    const LibraryModel* const model =
        find_library_model(code.language, cat("*.", code.string(callee.name)));
    if (model != nullptr && (model->store == StoreHow::Remove || model->store == StoreHow::Clear))
      return true;
  }
  return false;
}

// Lists that the calls of a loop change where they are given to a builtin: `append(keys, key)`.
void add_given_to_builtins(const BodyScope& scope, OpId op, const BodyState& state,
                           std::vector<VariableId>& out) {
  for (OpId at{op.index + 1}; at < scope.code.ops[op.index].end; ++at.index) {
    if (scope.code.ops[at.index].kind != OpKind::Call) continue;
    const Call& row = scope.code.calls[scope.code.ops[at.index].detail];
    const Expr& callee = scope.code.exprs[row.callee.index];
    if (callee.kind != ExprKind::Variable) continue;
    const std::string path = scope.engine.library_path(scope.read(VariableId{callee.ref}, state));
    const LibraryModel* model =
        path.empty() ? nullptr : find_library_model(scope.code.language, path);
    if (model == nullptr || model->into != "0" || row.arguments.count == 0) continue;
    const VariableId root =
        root_variable(scope.code, scope.code.operands_of(row.arguments)[0].value);
    if (root.exists()) out.push_back(root);
  }
}

}  // namespace

void Body::havoc_assigned(OpId op, OpId first, OpId end, State& state) {
  WrittenVariables written = written_variables(code_, first, end);
  if (code_.ops[op.index].kind == OpKind::Loop) written.assigned = carried_variables(code_, op);
  add_given_to_builtins(scope_, op, state, written.touched);
  // No test tells which round it is. Of a counter none has to: each of its elements has its round.
  const auto put_widened = [&](VariableId id, ValueId value) {
    const bool counts = pool_.is(get(state.variables, id), ValueKind::Number);
    put(state.variables, id, counts ? value : pool_.with_uncertainty(value, kUngated));
  };
  const auto open = [&](VariableId id, bool contents_only) {
    const ValueId value = get(state.variables, id);
    if (!value.exists()) return;
    const ValueKind kind = pool_[value].kind;
    const std::vector<ValueId> operands(pool_.operands(value).begin(), pool_.operands(value).end());
    if (is_summarised(pool_, value) && (contents_only || only_grows(code_, op, id))) {
      // In later rounds it may be empty, whatever it was before.
      if (takes_out(code_, op, id)) put_widened(id, pool_.join(value, pool_.list({}, false)));
    } else if (kind == ValueKind::List && operands.empty() &&
               (contents_only || only_grows(code_, op, id))) {
      put_widened(id, many(pool_, operands));
    } else if (kind == ValueKind::List) {
      put_widened(id, pool_.list(operands, true));
    } else if (kind == ValueKind::Record) {
      std::vector<NamedValue> entries;
      for (std::size_t i = 0; i < operands.size(); ++i)
        entries.push_back({pool_.names(value)[i], operands[i]});
      put_widened(id, pool_.record(entries, true));
    } else if (!contents_only) {
      const ValueId some = pool_.hole(Origin::Element, code_.string(code_.variables[id.index].name),
                                      pack(HoleAt{{scope_.me.module, op}, id}));
      put_widened(id, pool_.join(value, some));
    }
  };
  for (const VariableId id : written.assigned) open(id, false);
  for (const VariableId id : written.touched)
    if (!std::ranges::binary_search(written.assigned, id)) open(id, true);
}

namespace {

// `event["Records"]`, `event.getRecords()`: it is there, or that raises. With a default,
// `event.get("Records", [])`, other events may come as well.
bool has_no_default(const CodeFacts& code, ExprId subject) {
  const Expr& row = code.exprs[subject.index];
  if (row.kind == ExprKind::Member || row.kind == ExprKind::Index) return row.detail == 0;
  return row.kind == ExprKind::Result && code.ops[row.ref].kind == OpKind::Call &&
         code.calls[code.ops[row.ref].detail].arguments.count == 0;
}

}  // namespace

BodyState Body::enter(OpId op, State state) {
  const Loop& row = code_.loops[code_.ops[op.index].detail];
  loops_.enter(op, state.facts, row.target);
  const auto value_of = [&](ExprId expr) { return values_.evaluate(expr, state); };
  LoopTurns& turns = loops_.innermost();
  turns.rounds = rounds_of(pool_, code_, scope_.function, op, value_of);
  tasks_.note_read(row.subject, state);
  if (row.awaits_each != 0) summary_.note_pause(state.facts);
  if (row.kind != LoopKind::Each || !row.target.exists()) return state;
  ValueId subject = values_.evaluate(row.subject, state);
  found_.note_whole(row.subject, subject, state);
  const std::string_view of_map = traits(code_.language).loop_over_map;
  if (!of_map.empty() && pool_.is(subject, ValueKind::Record))
    subject = compute(pool_, of_map, std::span(&subject, 1));
  Conditioned met = taken_apart(pool_, element(pool_, subject));
  // Nothing tells whether the loop comes as far as that one of several elements.
  if (pool_.is(met.value, ValueKind::OneOf) && may_end_early(code_, op))
    met.value = pool_.with_uncertainty(met.value, kUngated);
  for (const ValueId test : met.tests)
    if (!fnlint::assume(pool_, state.facts, test, true)) state.reachable = false;
  // A turn is a test like any other: there may be nothing to go over. Of ranges nothing is known.
  const bool known =
      !pool_.is(subject, ValueKind::Unknown) && pool_[subject].origin != Origin::Outside;
  if (known && !scope_.in_initialiser()) {
    const ValueId has_items = compute(pool_, Opcode::HasItems, std::span(&subject, 1));
    const Answer has = truth(pool_, has_items);
    if (has == Answer::Unknown) {
      turns.test = has_items;
      add_fact(state.facts, {has_items, true});
    }
    if (has == Answer::No) state.reachable = false;
    const bool is_whole = pool_.is(subject, ValueKind::List) && pool_[subject].ref == 0;
    turns.all_alike =
        pool_.is(subject, ValueKind::Hole) && has_no_default(code_, row.subject);
    if (has == Answer::Yes && (is_whole || turns.all_alike)) turns.surely = true;
  }
  const ValueId place = places_.location_of(row.subject, state);
  changes_.set_path(row.target, met.value, state);
  const Expr& target = code_.exprs[row.target.index];
  if (target.kind == ExprKind::Variable)
    found_.note_set(scope_.module_place(VariableId{target.ref}), state);
  if (place.exists() && target.kind == ExprKind::Variable)
    put(state.places, VariableId{target.ref},
        pool_.computed(Opcode::Element, std::span(&place, 1)));
  return state;
}

BodyState Body::leave(OpId, State state) {
  const auto [before, turns] = loops_.leave();
  // Several elements are one value here: what holds of the last of them is not said of all.
  if (!turns.surely) return state;
  if (turns.all_alike) {
    state.facts = common(state.facts, before);
    return state;
  }
  FactSet facts;
  for (Fact fact : state.facts) {
    bool is_one_of_several = false;
    for_each_below(pool_, fact.test, [&](ValueId id) {
      is_one_of_several = is_one_of_several || pool_.is(id, ValueKind::OneOf);
    });
    if (is_one_of_several && !std::ranges::binary_search(before, fact))
      fact.test = pool_.with_uncertainty(fact.test, kUngated);
    add_fact(facts, fact);
  }
  state.facts = std::move(facts);
  return state;
}

BodyResult Body::walk() {
  Walker<Body> walker(code_, *this);
  State state;
  if (scope_.in_initialiser() && traits(code_.language).has_exports_object) begin_exports(state);
  if (scope_.function.first.exists())
    state = walker.region(scope_.function.first, scope_.function.end, std::move(state));
  return finish(std::move(state));
}

void Body::step(OpId op, State& state) {
  summary_.meet(op);
  const Op& row = code_.ops[op.index];
  if (!state.running.empty())
    visit_expressions(code_, op, [&](ExprId expr) { tasks_.note_read(expr, state); });
  switch (row.kind) {
    case OpKind::Assign: assign(code_.assigns[row.detail], op, state); break;
    case OpKind::Call: call(code_.calls[row.detail], op, state); break;
    case OpKind::Await: await(code_.awaits[row.detail], op, state); break;
    case OpKind::Yield:
      returns_.add_yield(loops_.appended_here(
          values_.evaluate(code_.yields[row.detail].value, state), state.facts));
      results_[op.index] = pool_.hole(Origin::CallResult, "sent", scope_.place_ref(op));
      break;
    case OpKind::Define:
      results_[op.index] = engine_.class_value(scope_.me.module, code_.defines[row.detail].type);
      break;
    case OpKind::Exit: exit(code_.exits[row.detail], op, state); break;
    case OpKind::Opaque: {
      const Slice<VariableId> slice = code_.opaques[row.detail].may_write;
      for (std::uint32_t i = 0; i < slice.count; ++i)
        changes_.bind(code_.written[slice.first + i],
                      pool_.unknown("syntax that is not understood"), state);
      break;
    }
    default: break;
  }
}

void Body::assign(const Assign& row, OpId op, State& state) {
  if (row.mode == AssignMode::Evaluate) {
    values_.evaluate(row.value, state);
    return;
  }
  if (lent_.is_known_after_call(row, state)) return;
  const Assigned assigned = assigned_.assigned_by(row, state);
  const Expr& target = code_.exprs[row.target.index];
  if (target.kind == ExprKind::Variable) {
    tasks_.note_assigned(row.value, VariableId{target.ref}, state);
    aliases_.note_given(VariableId{target.ref}, row.value);
    targets_.assign_variable(row, assigned, op, state);
    return tasks_.note_stored(row.value, op);
  }
  if (target.kind == ExprKind::Member && assigned.how == StoreKind::Assign)
    properties_.set(target, values_.evaluate(ExprId{target.ref}, state), assigned.value, op, state);
  own_.write_by_reference(row, assigned.value, op, state);
  targets_.assign_part(row, assigned, op, state);
  tasks_.note_stored(row.value, op);
}

void Body::await(const Await& row, OpId op, State& state) {
  const ValueId value = values_.evaluate(row.value, state);
  steps_.take_alone(tasks_.wait_at(op), state);
  steps_.take_alone(tasks_.awaited_list(op), state);
  summary_.note_pause(state.facts);
  summary_.pass_wait();
  results_[op.index] = pool_[value].kind == ValueKind::Task ? pool_.operands(value)[0] : value;
}

void Body::exit(const Exit& row, OpId op, State& state) {
  if (row.kind == ExitKind::Raise)
    if (const ExprId beside = value_beside_error(code_, op); beside.exists())
      returns_.add_dropped(values_.evaluate(beside, state), op, state);
  if (row.kind != ExitKind::Return) return;
  if (tasks_.is_task(row.value) && !tasks_.asks_for_task(state.facts)) {
    summary_.summary().task = true;
    summary_.note_pause(state.facts);
  }
  const ValueId value = row.value.exists() ? values_.evaluate(row.value, state) : pool_.null();
  returns_.add(row.value, value, op, state);
  leave_tasks(op, state);
}

void Body::leave_tasks(OpId exit, State& state) {
  for (Step& step : tasks_.left_at(exit, state)) steps_.take_alone(std::move(step), state);
}

BodyResult Body::finish(State end) {
  keep_defaults(scope_, results_);
  presence_.ask_postponed(end);
  Summary& summary = summary_.summary();
  summary.returned = returns_.value(end);
  if (end.reachable) leave_tasks(scope_.function.end, end);
  returns_.conclude(end, loops_.ends(), summary);
  if ((scope_.function.flags & kBroken) != 0) summary.uncertainty |= kBrokenSource;
  const ValueId place = returns_.take_places(end);
  returns_.add_steps(end, summary_);
  const Ways ways = scope_.in_initialiser() ? Ways::Closed : Ways::Open;
  if (scope_.arguments.empty())  // else the join closes them at once
    std::erase_if(summary.steps, [&](Step& step) { return !take_conditions(pool_, step, ways); });
  BodyResult result;
  result.summary = std::move(summary);
  result.variables = std::move(end.variables);
  result.place = place;
  return result;
}

BodyResult walk_body(Engine& engine, FunctionRef function, std::span<const ValueId> given) {
  return Body(engine, function, given, false).run();
}

ValueId default_value(Engine& engine, FunctionRef function, ExprId fallback) {
  return Body(engine, function, {}, true).evaluate_alone(fallback);
}

}  // namespace fnlint
