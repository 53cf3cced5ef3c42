#include "link/left_behind.h"

#include "flow/facts.h"

namespace fnlint {

void FoundVariables::take(const Outcome& outcome, bool in_order) {
  for (const Step& step : outcome.steps) {
    if (step.kind != StepKind::Find) continue;
    if (!step.subject.exists()) {
      finds_more_ = true;
      continue;
    }
    const bool set_before =
        (step.flags & kSetBefore) != 0 || (in_order && contains_place(sets_, step.subject));
    bool& finds = found_.try_emplace(step.subject.index, false).first.value();
    finds = finds || !set_before;
  }
  if (outcome.steps.size() >= kSummarySteps) finds_more_ = true;
  if (in_order) add_places(sets_, outcome.sets);
}

LeftBehind FoundVariables::left_in(ValueId place) const {
  const ValuePool& pool = engine_.pool();
  ValueId root = place;
  while (pool[root].kind == ValueKind::Computed && !pool.operands(root).empty())
    root = pool.operands(root)[0];
  if (finds_more_ || !engine_.is_rebound(root)) return LeftBehind::Unknown;
  const auto found = found_.find(root.index);
  if (found == found_.end()) return LeftBehind::NotRead;
  return found->second ? LeftBehind::Read : LeftBehind::Replaced;
}

}  // namespace fnlint
