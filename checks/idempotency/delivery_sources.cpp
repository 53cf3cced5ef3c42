// Who brings a function the same event more than once: triggers, and, where none is known, whoever
// is permitted to invoke it or what its handler's event is; Lambda itself, for an asynchronous
// invocation that failed, and a state machine whose task says so. Source: Lambda Developer Guide,
// "How Lambda handles errors and retries with asynchronous invocation"; Step Functions Developer
// Guide, "Retrying after an error".

#include "checks/idempotency/idempotency_view.h"
#include "checks/view/invocation_type.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/relations_to.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// Types of a handler's parameter that name a source which delivers at least once.
struct EventType {
  std::string_view name = {};
  bool is_polled = false;
};
constexpr std::array kEventTypes{EventType{"SQSEvent", true},
                                 EventType{"CloudWatchEvent"},
                                 EventType{"DynamodbEvent", true},
                                 EventType{"IoTEvent"},
                                 EventType{"KafkaEvent", true},
                                 EventType{"SESEvent"},
                                 EventType{"SimpleEmailEvent"},
                                 EventType{"SqsEvent", true},
                                 EventType{"SNSEvent"},
                                 EventType{"SnsEvent"},
                                 EventType{"S3Event"},
                                 EventType{"KinesisEvent", true},
                                 EventType{"DynamoDBEvent", true},
                                 EventType{"KinesisStreamEvent", true},
                                 EventType{"DynamoDBStreamEvent", true},
                                 EventType{"EventBridgeEvent"},
                                 EventType{"ScheduledEvent"},
                                 EventType{"MSKEvent", true},
                                 EventType{"S3CreateEvent"}};

bool is_number(const Project& project, ResourceId resource, std::string_view path,
               std::int64_t number) {
  const Property* row = property_of(project, resource, path);
  return row != nullptr && as_integer(*project.pool, row->value) == number;
}

// What failed once is given up: a queue hands a message on that was received before, an
// asynchronous invocation is not retried. The platform itself may still repeat an event now and
// then. Sources: "Using dead-letter queues in Amazon SQS" (maxReceiveCount), "Error handling for
// asynchronous invocation" (AWS Lambda).
bool gives_up_at_once(const Project& project, const RelationsTo& relations,
                      const Relation& trigger) {
  if (trigger.invocation == Invocation::Asynchronous)
    return std::ranges::any_of(relations[trigger.to], [&](const Relation* one) {
      return one->kind == RelationKind::Refines &&
             project.stacks[one->from].kind == ResourceKind::EventInvokeConfig &&
             is_number(project, one->from, "MaximumRetryAttempts", 0);
    });
  return trigger.from.exists() && project.stacks[trigger.from].kind == ResourceKind::Queue &&
         is_number(project, trigger.from, "RedrivePolicy.maxReceiveCount", 1);
}

bool is_asynchronous(const ValuePool& pool, const Effect& effect) {
  const std::string_view operation = operations()[effect.operation].id;
  if (operation != "lambda.Invoke") return operation == "lambda.InvokeAsync";
  return invocation_type(pool, effect.arguments) == "event";
}

// What its triggers bring; nothing: it has none.
std::optional<std::vector<DeliverySource>> by_triggers(const Project& project,
                                                       const RelationsTo& relations,
                                                       const LambdaFunction& function) {
  std::vector<DeliverySource> sources;
  bool is_triggered = false;
  for (const Relation* const row : relations[function.resource]) {
    const Relation& relation = *row;
    if (relation.kind != RelationKind::Trigger) continue;
    is_triggered = true;
    // A pipe polls its source, and calls again what fails.
    const bool by_pipe =
        relation.from.exists() && project.stacks[relation.from].kind == ResourceKind::Pipe;
    if (!by_pipe && relation.invocation != Invocation::Asynchronous &&
        relation.invocation != Invocation::Polled)
      continue;
    DeliverySource source{.words = "an event source",
                          .where = relation.where,
                          .uncertainty = relation.uncertainty,
                          .trigger = &relation,
                          .keeps_id = !by_pipe && relation.invocation == Invocation::Asynchronous};
    const std::string name = name_of(project, relation.from);
    // One that no template here names, or not so that it is known.
    if (relation.from.exists() && name.find(' ') != std::string::npos)
      source.words = with_article(kind_label(project.stacks[relation.from].kind));
    else if (relation.from.exists())
      source.words = cat(kind_label(project.stacks[relation.from].kind), " '", name, "'");
    if (!project.pool->always(relation.when)) source.uncertainty |= kConditional;
    if (gives_up_at_once(project, relations, relation)) source.of_coming_again = kUncertain;
    source.by_clock =
        relation.from.exists() && project.stacks[relation.from].kind == ResourceKind::Schedule;
    sources.push_back(std::move(source));
  }
  if (!is_triggered) return std::nullopt;
  return sources;
}

// Who brings events is declared elsewhere, and known by what it may invoke.
std::vector<DeliverySource> by_permissions(const Project& project, const RelationsTo& relations,
                                           const LambdaFunction& function) {
  std::vector<DeliverySource> sources;
  for (const Relation* const relation : relations[function.resource]) {
    const InvocationRight* const right = asynchronous_right(project, *relation);
    if (right == nullptr) continue;
    std::uint8_t uncertainty = relation->uncertainty | kHeuristic;
    if (right->by_clock) uncertainty |= kUncertain;
    sources.push_back({.words = cat(right->words, " (by its permission)"),
                       .where = relation->where,
                       .uncertainty = uncertainty,
                       .keeps_id = true});
  }
  return sources;
}

std::vector<DeliverySource> by_event_types(const LambdaFunction& function) {
  for (const std::string& type : function.event_types) {
    const std::string_view name = std::string_view(type).substr(type.rfind('.') + 1);
    const auto known = std::ranges::find(kEventTypes, name, &EventType::name);
    if (known != kEventTypes.end())
      return {DeliverySource{.words = cat("a source of '", name, "'"),
                             .uncertainty = kHeuristic,
                             .keeps_id = !known->is_polled,
                             .by_clock = name == "ScheduledEvent"}};
  }
  return {};
}

}  // namespace

const InvocationRight* asynchronous_right(const Project& project, const Relation& permission) {
  const ResourceId by = permission.declared_by;
  if (permission.kind != RelationKind::MayInvoke || !by.exists() ||
      project.stacks[by].kind != ResourceKind::Permission)
    return nullptr;
  const Property* const principal = property_of(project, by, "Principal");
  if (principal == nullptr) return nullptr;
  for (const InvocationRight& right : invocation_rights())
    if (right.asynchronous && begins_with(*project.pool, principal->value, service_of(right)))
      return &right;
  return nullptr;
}

DeliverySources::DeliverySources(const Project& project, const RelationsTo& relations)
    : project_(project), relations_(relations) {
  const ValuePool& pool = *project.pool;
  const auto invokes = [](const Effect& effect) {
    return operations()[effect.operation].target_kind == ResourceKind::Function;
  };
  for (const LambdaFunction& function : project.functions) {
    hands_on_ = hands_on_ || std::ranges::any_of(function.unknown_calls, invokes);
    for (const Effect& effect : function.effects) {
      if (!invokes(effect) || (effect.target.exists() && effect.target == function.resource))
        continue;
      if (!is_asynchronous(pool, effect))
        waited_for_.insert(effect.target);
      else if (effect.target.exists())
        invokers_[effect.target.index].push_back({.words = cat("function '", function.name, "'"),
                                                  .where = effect.where,
                                                  .uncertainty = effect.uncertainty,
                                                  .keeps_id = true,
                                                  .is_function = true});
    }
  }
  hands_on_ = hands_on_ || waited_for_.contains(ResourceId{});
  for (const Relation& relation : project.stacks.relations) {
    const ValueId retried = entry_of(pool, relation.filter, kRetriedTask);
    const bool is_task = relation.kind == RelationKind::Trigger && relation.from.exists() &&
                         project.stacks[relation.from].kind == ResourceKind::StateMachine;
    if (is_task && retried.exists())
      invokers_[relation.to.index].push_back(
          {cat("state machine '", name_of(project, relation.from), "' with retries"),
           relation.where, relation.uncertainty, &relation});
  }
}

std::vector<DeliverySource> DeliverySources::of(const LambdaFunction& function) const {
  auto triggers = by_triggers(project_, relations_, function);
  const bool is_triggered = triggers.has_value();
  std::vector<DeliverySource> sources = std::move(triggers).value_or(std::vector<DeliverySource>());
  if (!is_triggered) sources = by_permissions(project_, relations_, function);
  if (!is_triggered && sources.empty()) {
    sources = by_event_types(function);
    // Another function may hand on what it got, and wait for what becomes of it.
    const bool may_wait = hands_on_ || waited_for_.contains(function.resource);
    for (DeliverySource& source : sources) source.uncertainty |= may_wait ? kUncertain : 0;
  }
  if (const auto more = invokers_.find(function.resource.index); more != invokers_.end())
    sources.insert(sources.end(), more->second.begin(), more->second.end());
  return sources;
}

}  // namespace fnlint
