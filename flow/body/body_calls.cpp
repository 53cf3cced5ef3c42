// What a call in a body leaves behind: it gathers the arguments, makes the callee's outcome the
// value of the call, and takes the callee's steps and changes over as the caller's own.

#include "core/text.h"
#include "flow/body/body_walk.h"
#include "flow/engine/library_call.h"
#include "flow/engine/rounds.h"
#include "flow/state/known_steps.h"
#include "flow/state/named_entry.h"
#include "flow/state/step_room.h"
#include "model/language_traits.h"
#include "values/where.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// The named arguments of `f(**options)`. Where ways have given the options different entries, each
// entry is what any of them gave it. Nothing: no record, or one that may have more.
std::vector<NamedValue> entries_of_splat(ValuePool& pool, ValueId options) {
  const bool is_choice = pool.is(options, ValueKind::OneOf);
  const std::span<const ValueId> given = pool.operands(options);
  const std::vector<ValueId> ways =
      is_choice ? std::vector(given.begin(), given.end()) : std::vector{options};
  const bool are_records = std::ranges::all_of(ways, [&](ValueId way) {
    const ValueId record = bare(pool, way);
    return pool.is(record, ValueKind::Record) && (!is_choice || pool[record].ref == 0);
  });
  std::vector<NamedValue> entries;
  if (!are_records) return entries;
  for (const ValueId way : ways)
    for (const StringId name : pool.names(bare(pool, way)))
      if (std::ranges::find(entries, name, &NamedValue::name) == entries.end())
        entries.push_back({name, {}});
  for (NamedValue& entry : entries)
    for (const ValueId way : ways) {
      ValueId here = named_entry(pool, bare(pool, way), pool[entry.name]);
      if (here.exists() && is_where(pool, way))
        here = where(pool, here, pool.operands(way).subspan(1));
      entry.value = pool.join(entry.value, here.exists() ? here : pool.absent());
    }
  return entries;
}

}  // namespace

void Body::add_argument(const Operand& operand, std::size_t& position, State& state,
                        std::vector<NamedValue>& arguments, std::vector<NamedValue>& places,
                        NamedExprs& without) {
  const ValueId value = evaluate(operand.value, state);
  const Value& row = pool_[value];
  if (operand.spread == 1 && row.kind == ValueKind::List && row.ref == 0) {
    const std::vector<ValueId> items(pool_.operands(value).begin(), pool_.operands(value).end());
    for (const ValueId item : items)
      arguments.push_back({pool_.string(std::to_string(position++)), item});
    return;
  }
  if (operand.spread == 1) {
    arguments.push_back({pool_.string("*"), value});
    return;
  }
  if (operand.spread == 2) {
    const bool is_record = row.kind == ValueKind::Record, is_open = row.ref == 1;
    const std::vector<NamedValue> entries = entries_of_splat(pool_, value);
    arguments.insert(arguments.end(), entries.begin(), entries.end());
    if (is_record ? is_open : entries.empty()) arguments.push_back({pool_.string("**"), value});
    return;
  }
  const StringId name = operand.name.exists() ? pool_.string(code_.string(operand.name))
                                              : pool_.string(std::to_string(position++));
  arguments.push_back({name, value});
  if (const ValueId place = places_.place_of(operand.value, state); place.exists())
    places.push_back({name, place});
  else
    without.emplace_back(name, operand.value);
}

// A function or class that a member holds is called itself; any other member is a method of its
// base.
ValueId Body::callee_of(ExprId callee, State& state) {
  const ExprId outer = std::exchange(unread_, callee);
  const ValueId value = evaluate(callee, state);
  unread_ = outer;
  const Expr& row = code_.exprs[callee.index];
  if (row.kind != ExprKind::Member) return value;
  if (pool_[value].kind == ValueKind::Function) return engine_.members().bound_to_record(value, called_on_);
  if (project_object(pool_, value).kind == ProjectObject::Kind::Class) return value;
  const Value& receiver = pool_[called_on_];
  if (receiver.kind == ValueKind::Hole && receiver.origin == Origin::Library)
    return value;  // a module's function
  const std::string_view name = code_.string(row.name);
  const LibraryModel* model = find_library_model(code_.language, cat("*.", name));
  const bool is_form =
      model != nullptr && !model->computes.empty() && model->of.starts_with("receiver");
  return method_value(pool_, is_form ? as_changed(called_on_, state) : called_on_,
                      pool_.text_value(name));
}

// `job.attempts`, once this body has set it, where even a read of an attribute is a call; no id: it
// is another call.
ValueId Body::attribute_set(const Call& row, const CallInput& invocation, const State& state) {
  const Expr& callee = code_.exprs[row.callee.index];
  const bool may_read = traits(code_.language).sends_messages && callee.kind == ExprKind::Member &&
                        pool_.operands(invocation.arguments).empty() &&
                        is_method(pool_, invocation.callee);
  if (!may_read) return {};
  const ValueId fields = get(state.heap, pool_.operands(invocation.callee)[0]);
  return fields.exists() ? named_entry(pool_, fields, code_.string(callee.name)) : ValueId{};
}

// What nobody knows whole, with the entries that were set: `event["retry"] = n; dumps(event)`.
ValueId Body::as_changed(ValueId value, const State& state) {
  const Value& row = pool_[value];
  const bool is_given = row.kind == ValueKind::Hole &&
                        (row.origin == Origin::Parameter || row.origin == Origin::Event);
  const bool is_answer = row.kind == ValueKind::Object;  // `settings = defaults()` of a library
  const ValueId fields = is_given || is_answer ? get(state.heap, value) : ValueId{};
  if (!fields.exists() || pool_[fields].kind != ValueKind::Record) return value;
  if (is_answer && (project_object(pool_, value).kind != ProjectObject::Kind::None ||
                    library_class(engine_, value) != LibraryClass::None))
    return value;
  std::vector<NamedValue> entries{{pool_.string(kRest), value}};
  for (std::size_t i = 0; i < pool_.operands(fields).size(); ++i)
    entries.push_back({pool_.names(fields)[i], pool_.operands(fields)[i]});
  return pool_.record(entries, true);
}

// `Object.assign(context, more)`: what more is put into.
ExprId Body::merged_argument(const Call& row) const {
  const Expr& callee = code_.exprs[row.callee.index];
  if (callee.kind != ExprKind::Member || row.arguments.count < 2) return merged_;
  const Expr& base = code_.exprs[callee.ref];
  if (base.kind != ExprKind::Variable) return merged_;
  const std::string path =
      cat(code_.string(code_.variables[base.ref].name), '.', code_.string(callee.name));
  const LibraryModel* library = find_library_model(code_.language, path);
  const bool merges =
      library != nullptr && library->store == StoreHow::Merge && library->into == "0";
  return merges ? code_.operands_of(row.arguments)[0].value : merged_;
}

CallInput Body::invocation_of(const Call& row, OpId op, State& state) {
  std::vector<NamedValue> arguments, places;
  NamedExprs without;
  std::size_t position = 0;
  const ExprId outer = std::exchange(merged_, merged_argument(row));
  for (const Operand& operand : code_.operands_of(row.arguments))
    add_argument(operand, position, state, arguments, places, without);
  merged_ = outer;
  const ValueId callee_value = scope_.with_captures_now(callee_of(row.callee, state), state);
  const Value& called = pool_[callee_value];
  const bool is_function =
      called.kind == ValueKind::Function ||
      (called.kind == ValueKind::Hole && called.origin == Origin::Library);
  if (is_function)
    for (NamedValue& argument : arguments) argument.value = as_changed(argument.value, state);
  CallInput invocation{.callee = callee_value,
                       .arguments = pool_.record(arguments),
                       .places = pool_.record(places),
                       .receiver_place = {},
                       .mode = row.mode,
                       .at = {scope_.me.module, op},
                       .in_init = scope_.in_initialiser()};
  const Expr& callee = code_.exprs[row.callee.index];
  if (callee.kind == ExprKind::Member) {
    invocation.receiver_place = places_.receiver_place(callee, state);
  }
  invocation.from = scope_.me.function;
  own_.add_own_places(row, without, invocation, state);
  return invocation;
}

namespace {

// Whether what the callee returns is what the call, once it is awaited, gives.
bool gives_answers(Engine& engine, const Call& row, const CallInput& invocation) {
  if (row.mode != CallMode::Plain || !engine.pool().is(invocation.callee, ValueKind::Function))
    return false;
  const FunctionRef callee = unpack(engine.pool()[invocation.callee].ref);
  const Function& function = engine.facts(callee.module).functions[callee.function.index];
  const bool waits = (function.flags & kAsync) != 0 && has_cold_tasks(engine.language(callee.module));
  return (function.flags & kGenerator) == 0 && !waits;
}

}  // namespace

// A call that only makes an answer of a proxy integration, and nothing takes it: no caller gets it.
void Body::note_dropped_answer(const CallInput& invocation, OpId op, Outcome& outcome) {
  if (scope_.in_initialiser() || !outcome.value.exists() || !pool_.is(outcome.value, ValueKind::Record) ||
      engine_.index().uses_in(scope_.me.module).results[op.index] != ResultUse::Dropped)
    return;
  const ValueId status = named_entry(pool_, outcome.value, "statusCode");
  const bool only_gives = std::ranges::all_of(outcome.steps, [](const Step& one) {
    return one.kind == StepKind::Return || one.kind == StepKind::Sink ||
           one.kind == StepKind::Read || one.kind == StepKind::Find;
  });
  if (!status.exists() || !only_gives) return;
  Step step;
  step.kind = StepKind::Sink;
  step.at = {scope_.me.module, op};
  step.key = pool_.text_value(kDroppedAnswer);
  // It may be called for what it does with something unknown.
  const bool is_followed = pool_.is(invocation.callee, ValueKind::Function) &&
                           engine_.summary(unpack(pool_[invocation.callee].ref)).unfollowed.empty();
  step.value = is_followed ? status : pool_.with_evidence(status, kHeuristic);
  outcome.steps.push_back(std::move(step));
}

void Body::call(const Call& row, OpId op, State& state) {
  const CallInput invocation = invocation_of(row, op, state);
  if (const ValueId set = attribute_set(row, invocation, state); set.exists()) {
    results_[op.index] = set;
    return;
  }
  Outcome outcome = engine_.call(invocation, 0);
  take_alone(tasks_.take_call(row, invocation, outcome, state), state);
  results_[op.index] = outcome.value.exists() ? outcome.value : pool_.absent();
  places_.note_call(row, invocation, outcome);
  found_.note_handed(row, invocation, state);
  note_dropped_answer(invocation, op, outcome);
  if (!gives_answers(engine_, row, invocation))
    std::erase_if(outcome.steps, [](const Step& one) { return one.kind == StepKind::Return; });
  if (!outcome.steps.empty()) {
    const int loops = loops_.repeat(loops_.repeating(op, row.callee));
    take_steps(outcome, state, runs_at_once(scope_, row, invocation));
    loops_.repeat(loops);
  }
  if (code_.exprs[row.callee.index].kind == ExprKind::Member)
    changes_.tell_made(invocation.callee, invocation.arguments);
  presence_.ask_arguments(outcome);
  tasks_.mark_side_by_side(row);
  collections_.apply_changes(row, op, outcome, state);
  own_.apply_stores(row, invocation, state);
  changes_.apply_setter(row, invocation, state);
  errors_.take_success(outcome, op, state);
  found_.take_sets(row, op, outcome, errors_, state);
  if (!outcome.returns && row.mode != CallMode::Detached) state.reachable = false;
}

void Body::take_steps(Outcome& outcome, State& state, bool at_once) {
  for (Step& step : outcome.steps) {
    if (step.kind == StepKind::Read) {
      reads_.take(step, state);
    } else if (step.kind == StepKind::Find) {
      if (step.subject.exists()) step.subject = scope_.own_place(step.subject, state);
      found_.take_found(step, state);
    } else {
      take_step(step, outcome.on_return, at_once, state);
    }
  }
}

// What the body does itself, or what it has another do.
void Body::take_step(Step& step, const FactSet& promised, bool at_once, State& state) {
  to_own_places(step, state);
  if (at_once ? own_.take_own(step, promised, state) : own_.take_capture(step, state)) return;
  const bool is_store = step.kind == StepKind::Store;
  if (is_store && step.store == StoreKind::Append && pool_.opcode(step.subject) == Opcode::Member) {
    const ValueId base = pool_.operands(step.subject)[0], key = pool_.operands(step.subject)[1];
    collections_.append_to_given(scope_.given_at(base, state), key, step.value, false, state);
  }
  if (!summary_.has_room(step.kind)) {
    if (is_missed(step.kind)) summary_.note_cut();
    return;
  }
  if (step.kind == StepKind::Work && !summary_.take_work()) return;
  mark_as_here(step, state);
  const bool is_kept = is_store && step.subject.exists();
  if (is_kept && step.via.empty() && step.at.module == scope_.me.module)
    return stores_.take(std::move(step), state);
  if (is_kept)
    stores_.note_global(step.subject, step.key, step.value.exists() ? step.value : pool_.absent(),
                        step.store, true);
  if (!joins_known(pool_, step, summary_.steps())) summary_.steps().push_back(std::move(step));
}

void Body::to_own_places(Step& step, const State& state) const {
  if (step.kind == StepKind::Call) add_places(step.sets, state.sets);
  if (step.kind == StepKind::Store && pool_[step.subject].kind == ValueKind::Computed)
    step.subject = scope_.own_place(step.subject, state);
  if (step.kind == StepKind::Call && step.value.exists())
    step.value = scope_.own_place(step.value, state);
}

// It is done under the path condition here, and as often as the loops around go round.
void Body::mark_as_here(Step& step, const State& state) const {
  add_facts(step.holds, state.facts);
  // A call that waits for its callee may change state once that is known.
  if (step.kind == StepKind::Store || step.kind == StepKind::Call)
    add_facts(step.holds, state.asked);
  if (loops_.repeats()) step.flags |= kInLoop;
  step.rounds = loops_.rounds_together(step.rounds);
  if (scope_.in_initialiser()) step.flags |= kInInit;
}

// A step that no call brings.
void Body::take_alone(std::optional<Step> step, State& state) {
  if (!step) return;
  Outcome one;
  one.steps.push_back(*std::move(step));
  take_steps(one, state);
}

}  // namespace fnlint
