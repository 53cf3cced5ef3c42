// What a walk adds to its function's summary.
#include "flow/body/summary_builder.h"

#include "flow/state/step_budget.h"

#include <utility>

namespace fnlint {

std::uint32_t SummaryBuilder::flags_of_read(const FactSet& facts) const {
  std::uint32_t flags = 0;
  if (!facts.empty()) flags |= kUnderTest;
  if (loops_.repeats()) flags |= kInLoop;
  if (scope_.in_initialiser()) flags |= kInInit;
  return flags;
}

bool SummaryBuilder::has_room(StepKind kind) const {
  return fits_step_budget(summary_.steps, kind);
}

void SummaryBuilder::add(Step step) {
  if (has_room(step.kind))
    summary_.steps.push_back(std::move(step));
  else if (is_missed(step.kind))
    note_cut();
}

bool SummaryBuilder::takes(StepKind kind) {
  if (!has_room(kind)) {
    if (is_missed(kind)) note_cut();
    return false;
  }
  return kind != StepKind::Work || ++works_ <= kWorks;
}

void SummaryBuilder::note_cut() {
  summary_.uncertainty |= kCut;
  scope_.engine.context().note_cut(kCutSteps);
}

// Here the function waits, or gives a task: that it does is known to be under these tests.
void SummaryBuilder::note_pause(const FactSet& facts) {
  FactSet tests;
  for (const Fact& fact : facts)
    if (!is_asked(scope_.pool, fact.test) && !is_returned(scope_.pool, fact.test))
      tests.push_back(fact);
  summary_.task_holds =
      std::exchange(pauses_, true) ? common(summary_.task_holds, tests) : std::move(tests);
}

void SummaryBuilder::mark_as_here(Step& step, const BodyState& state) const {
  add_facts(step.holds, state.facts);
  // A call that waits for its callee may change state once that is known.
  if (step.kind == StepKind::Store || step.kind == StepKind::Call)
    add_facts(step.holds, state.asked);
  if (loops_.repeats()) step.flags |= kInLoop;
  step.rounds = loops_.rounds_together(step.rounds);
  if (scope_.in_initialiser()) step.flags |= kInInit;
}

}  // namespace fnlint
