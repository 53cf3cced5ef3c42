// Budgets of a summary: which kinds of steps give way first when it gets too long.
#pragma once

#include "core/limits.h"
#include "model/summary.h"

#include <cstddef>

namespace fnlint {

// How many steps of one function there may be already where one more of its kind is kept. What is
// read, and calls whose callee is not known, leave room for what is done.
constexpr std::size_t steps_before(StepKind kind) {
  switch (kind) {
    case StepKind::Read:
    case StepKind::Find:
    case StepKind::Call:
    case StepKind::Request: return kSummarySteps;
    // What a stranger could do harm by is asked for last.
    case StepKind::Sink: return kSummarySteps / 4;
    default: return 2 * kSummarySteps;
  }
}

constexpr bool fits_step_budget(const std::vector<Step>& steps, StepKind kind) {
  return steps.size() < steps_before(kind);
}

// No finding speaks from the absence of such a step: what has no room is dropped without a word.
constexpr bool is_missed(StepKind kind) {
  return kind != StepKind::Sink && kind != StepKind::Request;
}

}  // namespace fnlint
