// A chain of events that returns to its start keeps running until someone reads the bill. Every
// edge of it was written down by the user, so the flow shows each one: any of them can be cut.

#include "checks/loop/loop_remedies.h"
#include "checks/loop/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/tables.h"
#include "values/confidence.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

namespace {

// One service: its rule; several: a rule of their own.
std::string_view loop_rule(const Cycle& cycle) {
  if (cycle.services.empty()) return "loop-function-recursion";
  if (cycle.services.size() > 1) return "loop-cross-service";
  switch (cycle.services.front()) {
    case ResourceKind::Bucket: return "loop-s3-recursion";
    case ResourceKind::Queue: return "loop-queue-recursion";
    case ResourceKind::Topic: return "loop-topic-recursion";
    case ResourceKind::Bus: return "loop-event-bus-recursion";
    case ResourceKind::Table: return "loop-table-stream-recursion";
    case ResourceKind::Stream: return "loop-stream-recursion";
    default: return "loop-function-recursion";
  }
}

const Effect* effect_of(const Project& project, const CycleStep& step) {
  if (step.kind != EdgeKind::Effect || step.effect == UINT32_MAX) return nullptr;
  return &project.functions[step.function].effects[step.effect];
}

std::string label_of(const Project& project, const CycleStep& step) {
  const std::string from = name_of(project, step.from), to = name_of(project, step.to);
  switch (step.kind) {
    case EdgeKind::Trigger: return cat("'", from, "' starts '", to, "'.");
    case EdgeKind::Forward: return cat("'", from, "' sends its events to '", to, "'.");
    case EdgeKind::FailureForward: return cat("'", from, "' sends what failed to '", to, "'.");
    case EdgeKind::Effect: break;
  }
  const Effect* effect = effect_of(project, step);
  const std::string_view words =
      effect != nullptr ? operations()[effect->operation].words : "may write to";
  return cat("'", from, "' ", words, " '", to, "'.");
}

// What closes a cycle: a call; where there is none, what a template lets a function, a state
// machine or a pipe send.
int weight_of(const Project& project, const CycleStep& step) {
  if (step.kind == EdgeKind::Effect) return 2;
  const ResourceKind kind = project.stacks[step.from].kind;
  return kind == ResourceKind::Function || kind == ResourceKind::StateMachine ||
                 kind == ResourceKind::Pipe
             ? 1
             : 0;
}

// The one of these whose place comes first is where the finding stands.
const CycleStep& anchor_of_cycle(const Project& project, const Cycle& cycle) {
  return *std::ranges::min_element(cycle.steps, [&](const CycleStep& a, const CycleStep& b) {
    const int of_a = weight_of(project, a), of_b = weight_of(project, b);
    return of_a != of_b ? of_a > of_b : a.where < b.where;
  });
}

// What the step does: "'Thumbs' writes an object to 'Photos'".
std::string action_of(const Project& project, const CycleStep& step) {
  const std::string from = name_of(project, step.from), to = name_of(project, step.to);
  const Effect* effect = effect_of(project, step);
  if (effect != nullptr)
    return cat("'", from, "' ", operations()[effect->operation].words, " '", to, "'");
  const bool fails = step.kind == EdgeKind::FailureForward;
  return cat("'", from, fails ? "' sends what failed to '" : "' sends its events to '", to, "'");
}

// A function and the one resource that starts it.
bool is_direct(const Project& project, const Cycle& cycle) {
  return cycle.steps.size() == 2 &&
         std::ranges::count_if(cycle.steps, [&](const CycleStep& step) {
           return project.stacks[step.to].kind == ResourceKind::Function;
         }) == 1;
}

// What a loop, a wait for a result or a layer adds to what holds is no condition of the author's.
bool is_condition(const ValuePool& pool, const Fact& fact) {
  if (!pool.is(fact.test, ValueKind::Computed)) return true;
  const Opcode opcode = pool.opcode(fact.test);
  return opcode != Opcode::Succeeded && opcode != Opcode::Inserted && opcode != Opcode::Guarded &&
         opcode != Opcode::Asked && opcode != Opcode::HasItems;
}

// Under a condition that was not understood the chain may be one that ends by itself: the next
// page, another try, a part of the work that is left.
bool is_under_condition(const Project& project, const Cycle& cycle) {
  if ((cycle.uncertainty & kConditional) == 0) return false;
  return std::ranges::any_of(cycle.steps, [&](const CycleStep& step) {
    const Effect* effect = effect_of(project, step);
    return effect != nullptr && std::ranges::any_of(effect->holds, [&](const Fact& fact) {
             return is_condition(*project.pool, fact);
           });
  });
}

std::string message_of(const Project& project, const Cycle& cycle, const CycleStep& anchor) {
  if (cycle.by_permission)
    return cat("'", name_of(project, anchor.from), "' may write '", name_of(project, anchor.to),
               "', which triggers it: its role allows that, and what its code writes could not be "
               "determined.");
  std::string message = action_of(project, anchor);
  if (anchor.from != anchor.to)
    message +=
        cat(", which ", is_direct(project, cycle) ? "triggers it" : "eventually triggers it again");
  message += is_under_condition(project, cycle)
                 ? ": each run that meets the condition starts the next one."
                 : ": each run starts the next one.";
  if (cycle.denied)
    message += " Its role does not allow the call, so today it fails instead.";
  else if (cycle.allowed)
    message += " RecursiveLoop is Allow, so the platform will not stop it.";
  else if (cycle.stopped_by_platform)
    message += " The platform stops such a chain after about 16 rounds and drops the event.";
  return message + smallest_change_to_loop(project, cycle, anchor);
}

}  // namespace

void loop_recursion(const Project& project, const Settings&, Findings& findings) {
  for (const Cycle& cycle : project.cycles) {
    const std::string_view rule = loop_rule(cycle);
    if (find_rule(rule) == nullptr || cycle.steps.empty()) continue;
    const CycleStep* anchor = &anchor_of_cycle(project, cycle);
    auto finding = FindingBuilder(rule, cycle.uncertainty)
                       .about(project, anchor->from)
                       .at(anchor->where)
                       .says(message_of(project, cycle, *anchor));
    const bool is_sure = confidence_of(cycle.uncertainty) == Confidence::Certain;
    if (cycle.allowed && cycle.stopped_by_platform)
      finding.grade(is_sure && rule == "loop-s3-recursion" ? Severity::Warning : Severity::Note);
    std::string identity;
    for (const CycleStep& step : cycle.steps) {
      if (const Effect* effect = effect_of(project, step))
        for (const PlacedText& call : effect->path)
          finding.step(call.where, "'", name_of(project, step.from), "' ", call.message, '.');
      finding.step(step.where, label_of(project, step));
      identity += cat(name_of(project, step.from), '>', name_of(project, step.to), ';');
      if (&step != anchor) finding.related(step.where, label_of(project, step));
    }
    findings.push_back(finding.identified(identity));
  }
}

}  // namespace fnlint
