// A dead-letter queue is where failures wait for somebody. Where others of the project have an
// alarm and this one has none, nothing tells that there are any.

#include "checks/reliability/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/models.h"
#include "values/compute.h"
#include "values/pool.h"

#include <algorithm>
#include <map>
#include <set>

namespace fnlint {

namespace {

constexpr std::string_view kReceive = "sqs:ReceiveMessage";

struct Watch {
  ResourceId alarm = {};
  bool hears = false;  // it is told of what happens there
};

class DeadLetterWatch {
 public:
  explicit DeadLetterWatch(const Project& project) : project_(project) {
    for (const Relation& relation : project.stacks.relations) {
      if (relation.kind == RelationKind::FailureForward && is_queue(relation.to))
        targets_.try_emplace(project_.stacks.meant(relation.to), relation.where);
      if (relation.from.exists() && is_queue(relation.from) &&
          (relation.kind == RelationKind::Trigger || relation.kind == RelationKind::Forward))
        read_.insert(project_.stacks.meant(relation.from));
    }
    for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) add_alarm({i});
    for (const LambdaFunction& function : project.functions)
      for (const auto* effects : {&function.effects, &function.unknown_calls})
        for (const Effect& effect : *effects) add_reader(effect);
    for (const Statement& statement : project.stacks.statements) add_reader(statement);
  }

  void report(Findings& findings) const {
    const auto example = std::ranges::find_if(
        alarms_, [&](const auto& row) { return targets_.contains(row.first) && row.second.hears; });
    if (is_open_ || example == alarms_.end()) return;
    for (const auto& [queue, where] : targets_) {
      const Resource& resource = project_.stacks[queue];
      // What only some deployments have may be for tests.
      if (resource.external || resource.generated || !project_.pool->always(resource.exists) ||
          alarms_.contains(queue) || read_.contains(queue))
        continue;
      const std::string watched = name_of(project_, example->first);
      findings.push_back(
          FindingBuilder("reliability-dlq-unwatched")
              .at(resource.name)
              .identified(name_of(project_, queue))
              .says("No alarm tells that the dead-letter queue '", name_of(project_, queue),
                    "' has messages, and nothing reads it; '", watched, "' has one.")
              .related(project_.stacks[example->second.alarm].name, "The alarm of '", watched, "'.")
              .related(where, "Failures come from here."));
    }
  }

 private:
  [[nodiscard]] bool is_queue(ResourceId id) const {
    return id.exists() && project_.stacks[id].kind == ResourceKind::Queue;
  }

  // The metrics of a queue are kept under its name: by its ARN there are none.
  [[nodiscard]] bool names_only_arn(const Resource& alarm, ResourceId queue) const {
    const ValuePool& pool = *project_.pool;
    bool by_arn = false, by_other = false;
    for (std::uint32_t i = 0; i < alarm.properties.count; ++i) {
      const ValueId value = project_.stacks.properties[alarm.properties.first + i].value;
      if (!value.exists()) continue;
      for_each_below(pool, value, [&](ValueId part) {
        const Value& row = pool[part];
        if (row.kind != ValueKind::Reference || row.ref != queue.index) return;
        (pool[row.text] == "Arn" ? by_arn : by_other) = true;
      });
    }
    return by_arn && !by_other;
  }

  // Of an alarm that names no queue of the run it is not known which one it is about.
  void add_alarm(ResourceId id) {
    const Resource& resource = project_.stacks[id];
    if (resource.superseded || !is_alarm(project_, resource)) return;
    bool names_one = false;
    for (const ResourceId other : referred_by(project_, resource)) {
      if (!is_queue(other)) continue;
      names_one = true;
      Watch& watch = alarms_.try_emplace(project_.stacks.meant(other), Watch{id}).first->second;
      if (watch.hears || names_only_arn(resource, other)) continue;
      watch = {id, true};
    }
    const Property* const of = property_of(project_, id, "Namespace");
    const auto space = of != nullptr ? as_text(*project_.pool, of->value) : std::nullopt;
    is_open_ = is_open_ || (!names_one && (!space || *space == "AWS/SQS"));
  }

  void add_reader(const Effect& effect) {
    const std::string_view operation = operations()[effect.operation].id;
    const bool moves = operation == "sqs.StartMessageMoveTask";
    if (!moves && operation != "sqs.ReceiveMessage") return;
    is_open_ = is_open_ || moves || !effect.target.exists();
    if (effect.target.exists()) read_.insert(project_.stacks.meant(effect.target));
  }

  void add_reader(const Statement& statement) {
    const Stacks& stacks = project_.stacks;
    const ValuePool& pool = *project_.pool;
    bool reads = false;
    for (std::uint32_t i = 0; i < statement.actions.count; ++i)
      reads =
          reads || as_text(pool, stacks.statement_values[statement.actions.first + i]) == kReceive;
    if (!reads || !statement.allows) return;
    for (std::uint32_t i = 0; i < statement.resources.count; ++i) {
      const ValueId on = stacks.statement_values[statement.resources.first + i];
      if (!pool.is(on, ValueKind::Reference)) continue;
      const ResourceId id{static_cast<std::uint32_t>(pool[on].ref)};
      if (is_queue(id)) read_.insert(project_.stacks.meant(id));
    }
  }

  const Project& project_;
  std::map<ResourceId, Span> targets_ = {};       // dead-letter queues, and what fails into them
  std::map<ResourceId, Watch> alarms_ = {};       // queues, and an alarm about each
  std::set<ResourceId> read_ = {};                // queues that something reads
  bool is_open_ = false;  // something watches or reads queues that are not known
};

}  // namespace

void reliability_dlq_unwatched(const Project& project, const Settings&, Findings& findings) {
  DeadLetterWatch(project).report(findings);
}

}  // namespace fnlint
