// Asks roles, the platform's own loop detection and its opt-out; and looks for loops that only
// permissions suggest.

#include "link/effects/loop_uncertainty.h"

#include "link/effects/call_permissions.h"
#include "link/effects/function_scope.h"
#include "link/effects/relation_filters.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

// By a role that somebody wrote: one that the deploying tool makes proves nothing.
bool denied(const Project& project, const CycleStep& step) {
  const LambdaFunction& function = project.functions[step.function];
  return function.effects[step.effect].permission == Permission::Missing &&
         !project.stacks.functions[function.declared].default_role;
}

// By the function's own property, or by what a resource of its own says of it.
bool allows_recursion(const ValuePool& pool, const Stacks& stacks, const RelationsTo& relations,
                      ResourceId function) {
  const auto allows = [&](ResourceId at) {
    const Property* property = find_property(pool, stacks, at, "RecursiveLoop");
    return property != nullptr &&
           as_text(pool, property->value) == std::optional<std::string_view>("Allow");
  };
  return allows(function) || std::ranges::any_of(relations[function], [&](const Relation* one) {
           return one->kind == RelationKind::Refines && allows(one->from);
         });
}

// A bus that only carries what another service sends to it is no service of its own.
bool counts(const Stacks& stacks, const CycleStep& step) {
  switch (stacks[step.to].kind) {
    case ResourceKind::Bucket:
    case ResourceKind::Queue:
    case ResourceKind::Topic:
    case ResourceKind::Table:
    case ResourceKind::Stream: return true;
    case ResourceKind::Bus: return stacks[step.from].kind != ResourceKind::Bucket;
    default: return false;
  }
}

// Of what the platform follows an event through. Source: Lambda Developer Guide, "Recursive loop
// detection".
bool is_covered(ResourceKind kind) {
  return kind == ResourceKind::Function || kind == ResourceKind::Bucket ||
         kind == ResourceKind::Queue || kind == ResourceKind::Topic;
}

bool is_written(ResourceKind kind) {
  return kind == ResourceKind::Bucket || kind == ResourceKind::Queue ||
         kind == ResourceKind::Topic || kind == ResourceKind::Bus || kind == ResourceKind::Table ||
         kind == ResourceKind::Stream;
}

// The search for what a role suggests of one trigger.
class ByPermission {
 public:
  ByPermission(Engine& engine, const Project& project, const CallPermissions& permissions,
               std::uint32_t row, const Relation* trigger)
      : engine_(engine),
        pool_(engine.pool()),
        project_(project),
        permissions_(permissions),
        row_(row),
        trigger_(trigger),
        source_(trigger != nullptr ? trigger->from : project.functions[row].resource) {}

  std::optional<Cycle> run() {
    const LambdaFunction& function = project_.functions[row_];
    const DeclaredFunction& declared = project_.stacks.functions[function.declared];
    const Effect* call = unresolved_call();
    if (call == nullptr && (function.resolved || trigger_ == nullptr)) return std::nullopt;
    if (!may_write(declared, call)) return std::nullopt;
    Cycle cycle;
    cycle.by_permission = true;
    cycle.uncertainty = kUncertain;
    if (trigger_ != nullptr)
      cycle.steps.push_back({.kind = EdgeKind::Trigger,
                             .from = source_,
                             .to = trigger_->to,
                             .function = row_,
                             .relation = relation_row(project_.stacks, *trigger_),
                             .where = trigger_->where});
    cycle.steps.push_back({.kind = EdgeKind::Effect,
                           .from = function.resource,
                           .to = source_,
                           .function = row_,
                           .where = call != nullptr ? call->where : trigger_->where});
    return cycle;
  }

 private:
  // A call of the service whose target is not known and whose event would start the function again.
  const Effect* unresolved_call() {
    const ResourceKind kind = project_.stacks[source_].kind;
    for (const Effect& one : project_.functions[row_].unknown_calls) {
      const Operation& operation = operations()[one.operation];
      if (operation.target_kind != kind || operation.events.empty()) continue;
      Effect here = one;
      here.target = source_;
      const CausedEvent first = first_event(pool_, project_.stacks, trigger_);
      for (const Caused& caused : caused_by(engine_, project_.stacks, here, first))
        if (comes_back(one, caused.event)) return &one;
    }
    return nullptr;
  }

  bool comes_back(const Effect& effect, const CausedEvent& event) {
    std::uint8_t uncertainty = 0;
    if (trigger_ == nullptr)
      return replay_is_feasible(engine_, effect, nullptr, event, uncertainty);
    return passes(pool_, project_.stacks, *trigger_, event) != Answer::No &&
           replay_is_feasible(engine_, effect, nullptr,
                         carried(pool_, project_.stacks, *trigger_, event), uncertainty);
  }

  // Any of the service's calls that would start the function again, where the code is not known.
  bool may_write(const DeclaredFunction& declared, const Effect* call) {
    const ResourceKind kind = project_.stacks[source_].kind;
    for (const Operation& operation : operations()) {
      if (operation.target_kind != kind || operation.events.empty() || operation.actions.empty())
        continue;
      if (call != nullptr && operation.id != operations()[call->operation].id) continue;
      CausedEvent event{.types = {operation.events.begin(), operation.events.end()},
                        .source = source_};
      const bool passes_on =
          trigger_ == nullptr || passes(pool_, project_.stacks, *trigger_, event) != Answer::No;
      if (passes_on && permissions_.allows(declared, operation, operation.actions.front(),
                                           source_) == Answer::Yes)
        return true;
    }
    return false;
  }

  Engine& engine_;
  ValuePool& pool_;
  const Project& project_;
  const CallPermissions& permissions_;
  std::uint32_t row_;
  const Relation* trigger_;
  ResourceId source_;
};

}  // namespace

void describe_cycle(ValuePool& pool, const Project& project, const RelationsTo& relations,
                    Cycle& cycle) {
  std::set<ResourceKind> services;
  cycle.stopped_by_platform = true;
  cycle.allowed = std::ranges::any_of(cycle.steps, [&](const CycleStep& step) {
    return project.stacks[step.to].kind == ResourceKind::Function;
  });
  for (const CycleStep& step : cycle.steps) {
    if (counts(project.stacks, step)) services.insert(project.stacks[step.to].kind);
    for (const ResourceId node : {step.from, step.to}) {
      const ResourceKind kind = project.stacks[node].kind;
      cycle.stopped_by_platform = cycle.stopped_by_platform && is_covered(kind);
      if (kind == ResourceKind::Function)
        cycle.allowed = cycle.allowed && allows_recursion(pool, project.stacks, relations, node);
    }
    if (step.kind == EdgeKind::Effect && step.effect != UINT32_MAX)
      cycle.denied = cycle.denied || denied(project, step);
  }
  cycle.services.assign(services.begin(), services.end());
  if (cycle.denied) cycle.uncertainty |= kUncertain;
}

std::vector<Cycle> cycles_by_permission(Engine& engine, const Project& project,
                                        const EventGraph& graph, const std::vector<Cycle>& found) {
  std::set<std::pair<std::uint32_t, ResourceId>> looping;
  for (const Cycle& cycle : found)
    for (const CycleStep& step : cycle.steps)
      if (step.kind == EdgeKind::Effect) looping.insert({step.function, step.to});
  std::vector<Cycle> cycles;
  const CallPermissions permissions(engine.pool(), project.stacks);
  for (std::uint32_t row = 0; row < project.functions.size(); ++row) {
    const ResourceId at = project.functions[row].resource;
    for (const Relation* trigger : graph.entering(at)) {
      if (trigger->kind != RelationKind::Trigger || looping.contains({row, trigger->from}) ||
          !is_written(project.stacks[trigger->from].kind))
        continue;
      if (auto cycle = ByPermission(engine, project, permissions, row, trigger).run())
        cycles.push_back(std::move(*cycle));
    }
    if (looping.contains({row, at})) continue;
    if (auto cycle = ByPermission(engine, project, permissions, row, nullptr).run())
      cycles.push_back(std::move(*cycle));
  }
  return cycles;
}

}  // namespace fnlint
