// What fails more often than it is tried again is dropped, unless something is there to take it: a
// function's own dead-letter queue or failure destination for what it is handed asynchronously, a
// queue's redrive policy, a stream mapping's destination.

#include "checks/idempotency/idempotency_view.h"
#include "checks/reliability/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "checks/view/value_cases.h"
#include "core/text.h"
#include "values/pool.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

class Failures {
 public:
  explicit Failures(const Project& project, Findings& findings)
      : project_(project), findings_(findings) {
    for (const Relation& relation : project.stacks.relations) {
      const ResourceId by = relation.declared_by;
      const bool polled = relation.invocation == Invocation::Polled;
      if (relation.kind == RelationKind::Trigger) (polled ? polled_ : called_).insert(relation.to);
      if (relation.kind == RelationKind::MayInvoke) called_.insert(relation.to);
      if (relation.kind == RelationKind::Refines && relation.from.exists() &&
          project.stacks[relation.from].kind == ResourceKind::EventInvokeConfig &&
          has(relation.from, "DestinationConfig.OnFailure"))
        cared_.insert(relation.to);
      if (relation.kind != RelationKind::FailureForward) continue;
      dead_letters_.insert(relation.to);
      // A mapping's destination is for what the mapping reads, and for nothing else.
      const bool of_mapping =
          by.exists() && project.stacks[by].kind == ResourceKind::EventSourceMapping;
      cared_.insert(of_mapping ? by : relation.from);
    }
  }
  void check(const Relation& trigger);

 private:
  void check_function(const Relation& trigger);
  void check_permission(const Relation& permission);
  void check_settings(const Relation& settings);
  void tell_function(const Relation& relation, std::string_view receives);
  void check_queue(const Relation& trigger);
  void check_mapping(const Relation& trigger);
  [[nodiscard]] bool has(ResourceId resource, std::string_view path) const {
    return resource.exists() && is_set(project_, resource, path) != Answer::No;
  }
  // `OnFailure: {}` names none.
  [[nodiscard]] bool names_destination(const Property* given) const {
    return given != nullptr && !(project_.pool->is(given->value, ValueKind::Record) &&
                                 (*project_.pool)[given->value].ref == 0 &&
                                 project_.pool->operands(given->value).empty());
  }
  void report(const Relation& trigger, Span where, std::string identity, std::string message);

  const Project& project_;
  Findings& findings_;
  std::set<ResourceId> cared_ = {};         // whose failures go somewhere
  std::set<ResourceId> dead_letters_ = {};  // where failures go
  std::set<ResourceId> polled_ = {};        // functions that Lambda calls with what it reads
  std::set<ResourceId> called_ = {};        // those that something else calls, or may call
  std::set<ResourceId> told_ = {};
};

void Failures::report(const Relation& trigger, Span where, std::string identity,
                      std::string message) {
  findings_.push_back(FindingBuilder("reliability-dlq-missing", trigger.uncertainty)
                          .about(project_, trigger.to)
                          .at(where)
                          .says(message)
                          .identified(identity));
}

// Sources that hand an event over and forget it; others try again, or tell somebody.
bool forgets(ResourceKind kind) {
  switch (kind) {
    case ResourceKind::Bucket:
    case ResourceKind::Topic:
    case ResourceKind::Bus:
    case ResourceKind::Rule:
    case ResourceKind::Schedule:
    case ResourceKind::TopicRule:
    case ResourceKind::LogGroup: return true;
    default: return false;
  }
}

void Failures::check_function(const Relation& trigger) {
  const ResourceId id = trigger.to;
  if (!trigger.from.exists() || !forgets(project_.stacks[trigger.from].kind) ||
      project_.stacks[id].external)
    return;
  tell_function(trigger, cat("receives events of ",
                             with_article(kind_label(project_.stacks[trigger.from].kind))));
}

// What hands events over may be declared elsewhere, and is known by what it may invoke.
void Failures::check_permission(const Relation& permission) {
  const InvocationRight* const right = asynchronous_right(project_, permission);
  if (right == nullptr) return;
  Relation likely = permission;
  likely.uncertainty |= kConditional;
  tell_function(likely, cat("may be invoked by ", right->words));
}

// Retries are set for what is invoked asynchronously.
void Failures::check_settings(const Relation& settings) {
  if (!settings.from.exists() ||
      project_.stacks[settings.from].kind != ResourceKind::EventInvokeConfig)
    return;
  // What only a queue or a stream feeds gets no asynchronous events, whatever its settings say.
  if (polled_.contains(settings.to) && !called_.contains(settings.to)) return;
  Relation likely = settings;
  likely.uncertainty |= kConditional;
  tell_function(likely, "has settings for asynchronous events");
}

void Failures::tell_function(const Relation& relation, std::string_view receives) {
  const ResourceId id = relation.to;
  if (!id.exists() || project_.stacks[id].external || cared_.contains(id) ||
      has(id, "DeadLetterConfig.TargetArn") || has(id, "DeadLetterQueue") ||
      has(id, "EventInvokeConfig.DestinationConfig.OnFailure") || !told_.insert(id).second)
    return;
  const std::string name = name_of(project_, id);
  report(relation, project_.stacks[id].name, name,
         cat("'", name, "' ", receives,
             "; an event that fails three times is dropped, because the function has neither a "
             "dead-letter queue nor a failure destination."));
}

void Failures::check_queue(const Relation& trigger) {
  const ResourceId id = trigger.from;
  const Resource& queue = project_.stacks[id];
  if (queue.external || dead_letters_.contains(id) || cared_.contains(id) ||
      has(id, "RedrivePolicy") || !told_.insert(id).second)
    return;
  const std::string name = name_of(project_, id);
  report(trigger, queue.name, name,
         cat("The queue '", name, "' has no redrive policy: a message that '",
             name_of(project_, trigger.to),
             "' fails to process comes back until it expires, and is then lost."));
}

void Failures::check_mapping(const Relation& trigger) {
  const ResourceId by = trigger.declared_by;
  if (!by.exists() || cared_.contains(by) ||
      names_destination(source_property(project_, trigger, "DestinationConfig.OnFailure")) ||
      !told_.insert(by).second)
    return;
  const Resource& mapping = project_.stacks[by];
  const std::string function = name_of(project_, trigger.to);
  report(trigger, mapping.generated ? trigger.where : mapping.name,
         cat(function, ':', name_of(project_, by)),
         cat("Records of the ", kind_label(project_.stacks[trigger.from].kind), " that '", function,
             "' fails to process are dropped once they are too old or have been retried often "
             "enough: the mapping has no failure destination."));
}

void Failures::check(const Relation& trigger) {
  // What cares for its failures may stand where the template could not be read.
  if (!trigger.to.exists() ||
      !project_.stacks.scopes[project_.stacks[trigger.to].scope].complete)
    return;
  if (trigger.kind == RelationKind::MayInvoke) return check_permission(trigger);
  if (trigger.kind == RelationKind::Refines) return check_settings(trigger);
  if (trigger.invocation == Invocation::Asynchronous) return check_function(trigger);
  if (trigger.invocation != Invocation::Polled || !trigger.from.exists()) return;
  const ResourceKind kind = project_.stacks[trigger.from].kind;
  if (kind == ResourceKind::Queue) return check_queue(trigger);
  if (kind == ResourceKind::Stream || kind == ResourceKind::Table) check_mapping(trigger);
}

}  // namespace

void reliability_dlq_missing(const Project& project, const Settings&, Findings& findings) {
  Failures failures(project, findings);
  for (const Relation& relation : project.stacks.relations)
    if (relation.kind == RelationKind::Trigger) failures.check(relation);
  // What a trigger has told is not told again.
  for (const Relation& relation : project.stacks.relations)
    if (relation.kind == RelationKind::MayInvoke || relation.kind == RelationKind::Refines)
      failures.check(relation);
}

}  // namespace fnlint
