// A machine that an event started has nobody who would try again: whoever had the event is done
// with it. Where a task neither retries nor catches, one error of its function ends the work.

#include "checks/reliability/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/models.h"
#include "values/functions.h"
#include "values/pool.h"

#include <algorithm>
#include <map>
#include <set>

namespace fnlint {

namespace {

// What started the machine, and has let go of the event by then.
struct LetGo {
  std::string words = {};
  Span where = {};
  std::uint8_t evidence = 0;
};

bool brings_events(ResourceKind kind) {
  switch (kind) {
    case ResourceKind::Bucket:
    case ResourceKind::Queue:
    case ResourceKind::Topic:
    case ResourceKind::Table:
    case ResourceKind::Stream:
    case ResourceKind::Bus:
    case ResourceKind::TopicRule: return true;
    default: return false;
  }
}

class MachineStarts {
 public:
  explicit MachineStarts(const Project& project)
      : project_(project), relations_(project.stacks), only_(only_machine(project)) {
    for (const LambdaFunction& function : project.functions)
      for (const auto* effects : {&function.effects, &function.unknown_calls})
        for (const Effect& effect : *effects)
          if (operations()[effect.operation].id == "stepfunctions.StartExecution")
            add(function, effect);
  }
  [[nodiscard]] const LetGo* of(ResourceId machine) const {
    const auto row = starts_.find(project_.stacks.meant(machine));
    return row == starts_.end() ? nullptr : &row->second;
  }

 private:
  // None: there are several, or none.
  static ResourceId only_machine(const Project& project) {
    ResourceId only;
    for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
      const Resource& row = project.stacks.resources[i];
      if (row.kind != ResourceKind::StateMachine || row.external || row.superseded) continue;
      if (only.exists()) return {};
      only = ResourceId{i};
    }
    return only;
  }

  void add(const LambdaFunction& function, const Effect& effect) {
    // A machine that is named, and is none of the project's, is another one.
    const bool names_other =
        effect.target_value.exists() && known_text(*project_.pool, effect.target_value).has_value();
    const ResourceId machine = effect.target.exists() || names_other ? effect.target : only_;
    if (!machine.exists()) return;
    const std::uint8_t guess = effect.target.exists() ? 0 : kHeuristic;
    for (const Relation* const row : relations_[function.resource]) {
      if (row->kind != RelationKind::Trigger || !row->from.exists() ||
          row->invocation == Invocation::Synchronous ||
          !brings_events(project_.stacks[row->from].kind))
        continue;
      starts_.try_emplace(
          project_.stacks.meant(machine),
          LetGo{cat("'", function.name, "' starts '", name_of(project_, machine),
                    "' with an event of '", name_of(project_, row->from), "', and is done with it"),
                effect.where, static_cast<std::uint8_t>(row->evidence | effect.evidence | guess)});
    }
  }

  const Project& project_;
  RelationsTo relations_;
  ResourceId only_ = {};  // meant where the code does not say which
  std::map<ResourceId, LetGo> starts_ = {};
};

// The maps of the definition around a task: its own and those of the states that it stands in.
class TaskPlace {
 public:
  TaskPlace(const Project& project, const Relation& trigger) : project_(project) {
    const Slice<Property> rows = project.stacks[trigger.from].properties;
    for (std::uint32_t i = 0; i < rows.count; ++i) {
      const Property& row = project.stacks.properties[rows.first + i];
      if (row.where.file != trigger.where.file ||
          row.where.range.begin > trigger.where.range.begin ||
          trigger.where.range.end > row.where.range.end)
        continue;
      const std::string path(pool()[row.path]);
      const bool has_state = property_of(project, trigger.from, cat(path, ".Resource")) != nullptr;
      if (has_state) state_ = &row;
      for (const std::string_view part : {".Retry", ".Catch"})
        is_handled_ = is_handled_ || property_of(project, trigger.from, cat(path, part)) != nullptr;
      // What a condition or a function puts in is not known.
      is_handled_ =
          is_handled_ || (pool().is(row.value, ValueKind::Record) && pool()[row.value].ref != 0);
    }
  }
  [[nodiscard]] const Property* unhandled() const { return is_handled_ ? nullptr : state_; }

 private:
  [[nodiscard]] const ValuePool& pool() const { return *project_.pool; }

  const Project& project_;
  const Property* state_ = nullptr;  // the innermost
  bool is_handled_ = false;
};

}  // namespace

void reliability_state_unretried(const Project& project, const Settings&, Findings& findings) {
  const MachineStarts starts(project);
  std::set<Span> told;
  for (const Relation& trigger : project.stacks.relations) {
    if (trigger.kind != RelationKind::Trigger || !trigger.from.exists() ||
        project.stacks[trigger.from].kind != ResourceKind::StateMachine)
      continue;
    const LetGo* const start = starts.of(trigger.from);
    const Property* const state =
        start != nullptr ? TaskPlace(project, trigger).unhandled() : nullptr;
    if (state == nullptr || !told.insert(trigger.where).second) continue;
    const std::string_view path = (*project.pool)[state->path];
    findings.push_back(
        FindingBuilder("reliability-state-unretried", start->evidence | trigger.evidence)
            .about(name_of(project, trigger.to))
            .at(trigger.where)
            .says("The task '", path.substr(path.rfind('.') + 1), "' of '",
                  name_of(project, trigger.from), "' has neither Retry nor Catch: one error of '",
                  name_of(project, trigger.to),
                  "', be it of Lambda itself, ends the execution, and its event is gone.")
            .identified(name_of(project, trigger.from), ':', path)
            .caused_by({.key = cat("machine ", trigger.from.index),
                        .subject = std::string(path.substr(path.rfind('.') + 1))})
            .related(start->where, start->words, "."));
  }
}

}  // namespace fnlint
