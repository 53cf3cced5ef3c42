// What a call in a body leaves behind: it gathers the arguments, makes the callee's outcome the
// value of the call, and takes the callee's steps and changes over as the caller's own.

#include "core/text.h"
#include "flow/body/body_walk.h"
#include "flow/engine/library_call.h"
#include "flow/state/named_entry.h"
#include "model/language_traits.h"

#include <algorithm>

namespace fnlint {

namespace {

// Whether what the callee returns is what the call, once it is awaited, gives.
bool gives_answers(Engine& engine, const Call& row, const CallInput& invocation) {
  if (row.mode != CallMode::Plain || !engine.pool().is(invocation.callee, ValueKind::Function))
    return false;
  const FunctionRef callee = unpack(engine.pool()[invocation.callee].ref);
  const Function& function = engine.facts(callee.module).functions[callee.function.index];
  const bool waits =
      (function.flags & kAsync) != 0 && has_cold_tasks(engine.language(callee.module));
  return (function.flags & kGenerator) == 0 && !waits;
}

}  // namespace

// A call that only makes an answer of a proxy integration, and nothing takes it: no caller gets it.
void Body::note_dropped_answer(const CallInput& invocation, OpId op, CallResult& outcome) {
  if (scope_.in_initialiser() || !outcome.value.exists() ||
      !pool_.is(outcome.value, ValueKind::Record) ||
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
  step.value = is_followed ? status : pool_.with_uncertainty(status, kHeuristic);
  outcome.steps.push_back(std::move(step));
}

void Body::call(const Call& row, OpId op, State& state) {
  const CallInput invocation = invocations_.invocation_of(row, op, state);
  if (const ValueId set = invocations_.attribute_set(row, invocation, state); set.exists()) {
    results_[op.index] = set;
    return;
  }
  CallResult outcome = engine_.call(invocation, 0);
  steps_.take_alone(tasks_.take_call(row, invocation, outcome, state), state);
  results_[op.index] = outcome.value.exists() ? outcome.value : pool_.absent();
  places_.note_call(row, invocation, outcome);
  found_.note_handed(row, invocation, state);
  note_dropped_answer(invocation, op, outcome);
  if (!gives_answers(engine_, row, invocation))
    std::erase_if(outcome.steps, [](const Step& one) { return one.kind == StepKind::Return; });
  if (!outcome.steps.empty()) {
    const int loops = loops_.repeat(loops_.repeating(op, row.callee));
    steps_.take(outcome, state, runs_at_once(scope_, row, invocation));
    loops_.repeat(loops);
  }
  if (code_.exprs[row.callee.index].kind == ExprKind::Member)
    changes_.tell_made(invocation.callee, invocation.arguments);
  presence_.ask_arguments(outcome);
  tasks_.mark_side_by_side(row);
  collections_.apply_updates(row, op, outcome, state);
  own_.apply_stores(row, invocation, state);
  for (const Operand& given : code_.operands_of(row.arguments)) tasks_.note_stored(given.value, op);
  changes_.apply_setter(row, invocation, state);
  errors_.take_success(outcome, op, state);
  found_.take_sets(row, op, outcome, errors_, state);
  if (!outcome.returns && row.mode != CallMode::Detached) state.reachable = false;
}

}  // namespace fnlint
