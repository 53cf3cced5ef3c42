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
#include "values/many.h"
#include "values/where.h"

#include <algorithm>
#include <iterator>
#include <optional>

namespace fnlint {

namespace {

// What the runtime gives is JSON: what decodes all of it does not fail.
bool is_whole_event(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Hole) && pool[value].origin == Origin::Event &&
         pool.text(value).empty();
}

// Data that is written as JSON: what cannot be written, a channel or a function, no record of the
// program holds.
bool is_written_data(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Computed) && pool.opcode(value) == Opcode::JsonEncode;
}

// Marks an expression's number, so that it is none of an op's.
constexpr std::uint32_t kOfExpression = 0x80000000U;

std::vector<VariableId> variables_with_ways(const ValuePool& pool, const CodeFacts& code, ExprId condition, const BodyState& state) {
  std::vector<VariableId> found;
  visit_parts(code, condition, [&](const Expr& row) {
    if (row.kind != ExprKind::Variable) return;
    const ValueId value = get(state.variables, VariableId{row.ref});
    if (value.exists() && has_ways(pool, value)) found.emplace_back(row.ref);
  });
  return found;
}

// What a variable is where a test has told which of its ways was taken.
void narrow(ValuePool& pool, VariableId variable, BodyState& state) {
  FactAnswers answers(pool, state.facts);
  const auto hold = [&](std::span<const ValueId> tests) { return answers.to_all(tests); };
  const ValueId left = settled_by(pool, get(state.variables, variable), hold);
  const bool is_sure =
      !has_ways(pool, left) && std::ranges::all_of(conditions_of(pool, left), [&](ValueId test) {
        return answers.to(test) == Answer::Yes;
      });
  put(state.variables, variable, is_sure ? without_conditions(pool, left) : left);
}

}  // namespace

ValueId Body::leaf(ExprId id, const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::Variable:
      if (id != merged_) found_.note_found(id, expr, false, *state_);
      return scope_.read(VariableId{expr.ref}, *state_);
    case ExprKind::Result: {
      const auto found = results_.find(expr.ref);
      if (found == results_.end() && scope_.alone)
        if (const ValueId kept = engine_.summaries().kept_default({scope_.me.module, OpId{expr.ref}}); kept.exists())
          return kept;
      if (found == results_.end()) return pool_.unknown("result of a call that was not reached");
      if (!scope_.alone && engine_.index().parts_of_values(scope_.me.module)[id.index])
        found_.note_whole(id, found->second, *state_);
      return found->second;
    }
    case ExprKind::ErrorOf: {
      const auto found = results_.find(expr.ref);
      if (found != results_.end() &&
          (is_whole_event(pool_, found->second) || is_written_data(pool_, found->second)))
        return pool_.null();
      return pool_.hole(Origin::CallResult, "error", scope_.place_ref(OpId{expr.ref}));
    }
    case ExprKind::Function: return scope_.function_value(FunctionId{expr.ref}, *state_);
    default:
      return pool_.hole(Origin::Outside, code_.string(expr.name),
                        pack(scope_.me.module, ExprId{id.index | kOfExpression}));
  }
}

// The receiver as the base class has it, of the class around this function.
ValueId Body::super_of(ValueId receiver) {
  FunctionId around = scope_.me.function;
  while (around.exists() && !code_.functions[around.index].owner.exists())
    around = code_.functions[around.index].parent;
  return around.exists()
             ? fnlint::super_of(pool_, receiver,
                                {ProjectObject::Kind::Class, scope_.me.module,
                                 code_.functions[around.index].owner})
             : engine_.member_of(receiver, kSuper);
}

// What this body has set under the name on an object that it does not own; no id: nothing.
ValueId Body::set_here(ValueId base, std::string_view name) {
  const ValueId fields = get(state_->heap, base);
  return fields.exists() ? named_entry(pool_, fields, name) : ValueId{};
}

ValueId Body::member_of(ValuePool&, ValueId base, std::string_view name) {
  if (name == kSuper) return super_of(base);
  if (const ValueId set = set_here(base, name); set.exists()) return set;
  if (const ValueId client = engine_.types().declared_client(base, name); client.exists())
    return client;
  return anew(engine_.member_of(base, name));
}

// `DateTime.Now` gives another time each time that it is read.
ValueId Body::anew(ValueId value) {
  const Value& row = pool_[value];
  const bool is_taken = row.kind == ValueKind::Hole && row.ref == pack(CallSite{}) &&
                        (row.origin == Origin::Clock || row.origin == Origin::Fresh);
  if (!is_taken || !summary_.current().exists()) return value;
  const std::string text(pool_.text(value));
  return pool_.hole(row.origin, text, pack(CallSite{scope_.me.module, summary_.current()}));
}

ValueId Body::index_of(ValuePool&, ValueId base, ValueId index) {
  if (pool_[index].kind == ValueKind::Text)
    if (const ValueId set = set_here(base, std::string(pool_.text(index))); set.exists())
      return set;
  return engine_.members().index_of(base, index);
}

ValueId Body::is_of(ValuePool& pool, ValueId value, std::string_view type) {
  std::vector<ValueId> operands{value, pool.text_value(type)};
  if (const ValueId classes = engine_.classes().classes_that_are(scope_.me.module, type); classes.exists())
    operands.push_back(classes);
  return compute(pool, Opcode::TypeIs, operands);
}

// An empty collection is false in some languages.
ValueId Body::as_asked(ValuePool& pool, ValueId value) {
  if (!traits(code_.language).empty_is_false || !value.exists()) return value;
  const auto is_empty = [&](ValueId one) {
    const Value& row = pool[one];
    return (row.kind == ValueKind::List || row.kind == ValueKind::Record) && row.ref == 0 &&
           pool.operands(one).empty();
  };
  if (!pool.is(value, ValueKind::OneOf)) return is_empty(value) ? pool.boolean(false) : value;
  if (!pool.conditioned(value)) return value;
  std::vector<Alternative> ways;
  for (std::size_t i = 0; i < pool.operands(value).size(); ++i) {
    const ValueId way = pool.operands(value)[i], inner = fnlint::bare(pool, way);
    const ValueId asked = is_empty(inner) ? pool.boolean(false) : inner;
    ways.push_back({is_where(pool, way) ? where(pool, asked, pool.operands(way).subspan(1)) : asked,
                    pool.guards(value)[i]});
  }
  return pool.one_of(ways);
}

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
  Test test{.value = as_condition(pool_, as_asked(pool_, evaluate(condition, state)))};
  presence_.ask(test.value, nullptr);
  presence_.end_test(condition, test.value, state);
  if (!scope_.in_initialiser()) test.asked = state_tests_.asked_state(condition, state);
  test.variables = variables_with_ways(pool_, code_, condition, state);
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
  after.sets = common_places(after.sets, raised.sets);
  return after;
}

BodyState Body::past_last(State state, const State& after) {
  if (!state.reachable) return state;
  add_facts(state.facts, after.facts);
  add_places(state.sets, after.sets);
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
void add_given_to_builtins(const BodyScope& scope, OpId op, const BodyState& state, std::vector<VariableId>& out) {
  for (OpId at{op.index + 1}; at < scope.code.ops[op.index].end; ++at.index) {
    if (scope.code.ops[at.index].kind != OpKind::Call) continue;
    const Call& row = scope.code.calls[scope.code.ops[at.index].detail];
    const Expr& callee = scope.code.exprs[row.callee.index];
    if (callee.kind != ExprKind::Variable) continue;
    const std::string path = scope.engine.library_path(scope.read(VariableId{callee.ref}, state));
    const LibraryModel* model = path.empty() ? nullptr : find_library_model(scope.code.language, path);
    if (model == nullptr || model->into != "0" || row.arguments.count == 0) continue;
    const VariableId root = root_variable(scope.code, scope.code.operands_of(row.arguments)[0].value);
    if (root.exists()) out.push_back(root);
  }
}

}  // namespace

void Body::widen(OpId op, OpId first, OpId end, State& state) {
  WrittenVariables written = written_variables(code_, first, end);
  if (code_.ops[op.index].kind == OpKind::Loop) written.assigned = carried_variables(code_, op);
  add_given_to_builtins(scope_, op, state, written.touched);
  // No test tells which round it is. Of a counter none has to: each of its elements has its round.
  const auto put_widened = [&](VariableId id, ValueId value) {
    const bool counts = pool_.is(get(state.variables, id), ValueKind::Number);
    put(state.variables, id, counts ? value : pool_.with_evidence(value, kUngated));
  };
  const auto open = [&](VariableId id, bool contents_only) {
    const ValueId value = get(state.variables, id);
    if (!value.exists()) return;
    const ValueKind kind = pool_[value].kind;
    const std::vector<ValueId> operands(pool_.operands(value).begin(), pool_.operands(value).end());
    if (is_many(pool_, value) && (contents_only || only_grows(code_, op, id))) {
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
  const auto value_of = [&](ExprId expr) { return evaluate(expr, state); };
  LoopTurns& turns = loops_.innermost();
  turns.rounds = rounds_of(pool_, code_, scope_.function, op, value_of);
  tasks_.note_read(row.subject, state);
  if (row.awaits_each != 0) summary_.note_pause(state.facts);
  if (row.kind != LoopKind::Each || !row.target.exists()) return state;
  ValueId subject = evaluate(row.subject, state);
  found_.note_whole(row.subject, subject, state);
  const std::string_view of_map = traits(code_.language).loop_over_map;
  if (!of_map.empty() && pool_.is(subject, ValueKind::Record))
    subject = compute(pool_, of_map, std::span(&subject, 1));
  Conditioned met = taken_apart(pool_, element(pool_, subject));
  // Nothing tells whether the loop comes as far as that one of several elements.
  if (pool_.is(met.value, ValueKind::OneOf) && may_end_early(code_, op))
    met.value = pool_.with_evidence(met.value, kUngated);
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
  const ValueId place = places_.place_of(row.subject, state);
  changes_.set_path(row.target, met.value, state);
  const Expr& target = code_.exprs[row.target.index];
  if (target.kind == ExprKind::Variable) found_.note_set(scope_.module_place(VariableId{target.ref}), state);
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
      fact.test = pool_.with_evidence(fact.test, kUngated);
    add_fact(facts, fact);
  }
  state.facts = std::move(facts);
  return state;
}

void Body::visited(ExprId id, ValueId base, ValueId value) {
  if (scope_.alone || state_ == nullptr || is_left_out_) return;
  if (id == unread_) called_on_ = base;
  const Expr& row = code_.exprs[id.index];
  const bool is_member = row.kind == ExprKind::Member;
  if (id != merged_) {
    if (is_member) found_.note_found(id, row, id == unread_, *state_);
    found_.note_field(id, row, base, value, *state_);
  }
  if (is_member)
    if (std::optional<Outcome> outcome = properties_.read(id, base, *state_); outcome)
      take_steps(*outcome, *state_);
  if (is_variable(pool_, base)) {  // the variable itself has been read
    if (is_member && row.detail == 1) presence_.ask(base, state_);  // `base?.name`
    return;
  }
  if (id != unread_) reads_.note_part(id, base, value, *state_);
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
      returns_.add_yield(
          loops_.appended_here(evaluate(code_.yields[row.detail].value, state), state.facts));
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

void Body::await(const Await& row, OpId op, State& state) {
  const ValueId value = evaluate(row.value, state);
  take_alone(tasks_.wait_at(op), state);
  take_alone(tasks_.awaited_list(op), state);
  summary_.note_pause(state.facts);
  summary_.pass_wait();
  results_[op.index] = pool_[value].kind == ValueKind::Task ? pool_.operands(value)[0] : value;
}

void Body::exit(const Exit& row, OpId op, State& state) {
  if (row.kind == ExitKind::Raise)
    if (const ExprId beside = value_beside_error(code_, op); beside.exists())
      returns_.add_dropped(evaluate(beside, state), op, state);
  if (row.kind != ExitKind::Return) return;
  if (tasks_.is_task(row.value) && !tasks_.asks_for_task(state.facts)) {
    summary_.summary().task = true;
    summary_.note_pause(state.facts);
  }
  const ValueId value = row.value.exists() ? evaluate(row.value, state) : pool_.null();
  returns_.add(row.value, value, op, state);
  leave_tasks(op, state);
}

void Body::leave_tasks(OpId exit, State& state) {
  for (Step& step : tasks_.left_at(exit, state)) take_alone(std::move(step), state);
}

void Body::take_setter(const Expr& target, ValueId value, OpId op, State& state) {
  const ValueId base = evaluate(ExprId{target.ref}, state);
  std::optional<Outcome> outcome = properties_.set(target, base, value, op, state);
  if (!outcome) return;
  take_steps(*outcome, state);
  std::vector<ValueId> sets;
  for (const ValueId place : outcome->sets) sets.push_back(scope_.own_place(place, state));
  std::ranges::sort(sets);
  add_places(state.sets, sets);
}

BodyResult Body::finish(State end) {
  keep_defaults(scope_, results_);
  presence_.ask_postponed(end);
  Summary& summary = summary_.summary();
  summary.returned = returns_.value(end);
  if (end.reachable) leave_tasks(scope_.function.end, end);
  returns_.conclude(end, loops_.ends(), summary);
  if ((scope_.function.flags & kBroken) != 0) summary.evidence |= kBrokenSource;
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
