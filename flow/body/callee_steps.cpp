// Steps of a callee become the caller's: where they happen, how often, and under which facts.
#include "flow/body/callee_steps.h"

#include "flow/state/known_steps.h"
#include "values/places.h"

#include <utility>

namespace fnlint {

void CalleeSteps::take(CallResult& outcome, BodyState& state, bool at_once) {
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
void CalleeSteps::take_step(Step& step, const FactSet& promised, bool at_once, BodyState& state) {
  to_own_places(step, state);
  if (at_once ? own_.take_own(step, promised, state) : own_.take_capture(step, state)) return;
  const bool is_store = step.kind == StepKind::Store;
  if (is_store && step.store == StoreKind::Append && pool_.opcode(step.subject) == Opcode::Member) {
    const ValueId base = pool_.operands(step.subject)[0], key = pool_.operands(step.subject)[1];
    own_.append_to_given(scope_.given_at(base, state), key, step.value, false, state);
  }
  if (!summary_.takes(step.kind)) return;
  summary_.mark_as_here(step, state);
  const bool is_kept = is_store && step.subject.exists();
  if (is_kept && step.via.empty() && step.at.module == scope_.me.module)
    return stores_.take(std::move(step), state);
  if (is_kept)
    stores_.note_global(step.subject, step.key, step.value.exists() ? step.value : pool_.absent(),
                        step.store, true);
  if (!joins_known(pool_, step, summary_.steps())) summary_.steps().push_back(std::move(step));
}

void CalleeSteps::to_own_places(Step& step, const BodyState& state) const {
  if (step.kind == StepKind::Call) add_locations(step.sets, state.sets);
  if (step.kind == StepKind::Store && pool_[step.subject].kind == ValueKind::Computed)
    step.subject = scope_.own_place(step.subject, state);
  if (step.kind == StepKind::Call && step.value.exists())
    step.value = scope_.own_place(step.value, state);
}

void CalleeSteps::take_alone(std::optional<Step> step, BodyState& state) {
  if (!step) return;
  CallResult one;
  one.steps.push_back(*std::move(step));
  take(one, state);
}

}  // namespace fnlint
