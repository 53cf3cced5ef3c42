// A machine that an event started has nobody who would try again: whoever had the event is done
// with it. Where a task neither retries nor catches, one error of its function ends the work.

#include "checks/reliability/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/models.h"
#include "values/functions.h"
#include "values/pool.h"
#include "values/properties.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace fnlint {

namespace {

// What started the machine, and has let go of the event by then.
struct LetGo {
  std::string words = {};
  Span where = {};
  std::uint8_t uncertainty = 0;
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
                effect.where,
                static_cast<std::uint8_t>(row->uncertainty | effect.uncertainty | guess)});
    }
  }

  const Project& project_;
  RelationsTo relations_;
  ResourceId only_ = {};  // meant where the code does not say which
  std::map<ResourceId, LetGo> starts_ = {};
};

// The maps of a machine's definition, each in the one that it stands in.
class Definition {
 public:
  Definition(const Project& project, ResourceId machine) : project_(project), machine_(machine) {
    const Slice<Property> rows = project.stacks[machine].properties;
    for (std::uint32_t i = 0; i < rows.count; ++i) {
      const Property& row = project.stacks.properties[rows.first + i];
      const std::string_view path = (*project.pool)[row.path];
      if (!by_path_.try_emplace(path, &row).second) continue;
      has_rest_ = has_rest_ || path.ends_with(kRest);
      if (row.where.file.exists()) maps_.push_back({.property = &row});
    }
    std::ranges::sort(maps_, [](const Place& a, const Place& b) {
      const Span &left = a.property->where, &right = b.property->where;
      return std::tuple(left.file, left.range.begin, right.range.end) <
             std::tuple(right.file, right.range.begin, left.range.end);
    });
    for (std::size_t i = 1; i < maps_.size(); ++i)
      maps_[i].around = around(i - 1, maps_[i].property->where);
  }
  // The state of the task: none where an error of its function is handled, or may be.
  [[nodiscard]] const Property* unhandled(const Relation& trigger) const {
    const auto after = std::ranges::upper_bound(
        maps_, std::pair(trigger.where.file, trigger.where.range.begin), {}, [](const Place& one) {
          return std::pair(one.property->where.file, one.property->where.range.begin);
        });
    const Property* state = nullptr;
    std::size_t at = around(static_cast<std::size_t>(after - maps_.begin()) - 1, trigger.where);
    for (; at != kNone; at = maps_[at].around) {
      const Property& row = *maps_[at].property;
      const std::string path(pool()[row.path]);
      if (state == nullptr && has(cat(path, ".Resource"))) state = &row;
      // What a condition or a function puts in is not known.
      const bool is_open = pool().is(row.value, ValueKind::Record) && pool()[row.value].ref != 0;
      if (is_open || has(cat(path, ".Retry")) || has(cat(path, ".Catch"))) return nullptr;
    }
    return state;
  }

 private:
  static constexpr std::size_t kNone = SIZE_MAX;
  struct Place {
    const Property* property = nullptr;
    std::size_t around = kNone;
  };

  [[nodiscard]] const ValuePool& pool() const { return *project_.pool; }
  [[nodiscard]] bool has(const std::string& path) const {
    return by_path_.contains(path) ||
           (has_rest_ && property_of(project_, machine_, path) != nullptr);
  }
  // The innermost of `from` and those around it that holds the place.
  [[nodiscard]] std::size_t around(std::size_t from, const Span& where) const {
    const auto holds = [&](const Span& outer) {
      return outer.file == where.file && outer.range.begin <= where.range.begin &&
             where.range.end <= outer.range.end;
    };
    while (from != kNone && !holds(maps_[from].property->where)) from = maps_[from].around;
    return from;
  }

  const Project& project_;
  ResourceId machine_;
  std::map<std::string_view, const Property*> by_path_ = {};
  std::vector<Place> maps_ = {};  // by where they begin, the outer ones first
  bool has_rest_ = false;         // some entries are not known
};

}  // namespace

void reliability_state_unretried(const Project& project, const Settings&, Findings& findings) {
  const MachineStarts starts(project);
  std::set<Span> told;
  std::map<ResourceId, Definition> definitions;
  for (const Relation& trigger : project.stacks.relations) {
    if (trigger.kind != RelationKind::Trigger || !trigger.from.exists() ||
        project.stacks[trigger.from].kind != ResourceKind::StateMachine)
      continue;
    const LetGo* const start = starts.of(trigger.from);
    if (start == nullptr) continue;
    const Property* const state = definitions.try_emplace(trigger.from, project, trigger.from)
                                      .first->second.unhandled(trigger);
    if (state == nullptr || !told.insert(trigger.where).second) continue;
    const std::string_view path = (*project.pool)[state->path];
    findings.push_back(
        FindingBuilder("reliability-state-unretried", start->uncertainty | trigger.uncertainty)
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
