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
    case StepKind::Call: return kSummarySteps;
    default: return 2 * kSummarySteps;
  }
}

constexpr bool has_room_for(const std::vector<Step>& steps, StepKind kind) {
  return steps.size() < steps_before(kind);
}

}  // namespace fnlint
