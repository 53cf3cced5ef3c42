// Makes the relation of each type of event: mappings, notifications, rules, schedules, routes, and
// subscriptions with the queue that may lie between.

#include "link/cloudformation/sam_events.h"

#include "core/text.h"
#include "link/cloudformation/cloudformation_relations.h"
#include "link/cloudformation/sam_declarations.h"
#include "link/stacks/stack_json.h"
#include "link/stacks/stack_properties.h"

#include <array>

namespace fnlint::stacks {

namespace {

// One event of a function or state machine.
struct Event {
  const SamEvent& form;
  Node node = {}, properties = {}, source = {};  // source: the property that names it
  ResourceId maker = {}, made = {};
  End target = {};
  [[nodiscard]] Span where() const { return source ? source.where() : node.key(); }
};

// What every relation of an event has.
Relation relation_of(LinkContext& build, const Event& event) {
  const bool function =
      build.stacks.resources[event.target.resource.index].kind == ResourceKind::Function;
  Relation relation{.kind = function ? RelationKind::Trigger : RelationKind::Forward,
                    .declared_by = event.made,
                    .input = input_instead(build, event.properties["Input"]),
                    .when = event.node.when(),
                    .where = event.where()};
  if (function) relation.invocation = event.form.invocation;
  return relation;
}

std::vector<End> sources_of(LinkContext& build, const Event& event) {
  auto found = ends(build, event.source.value(), event.form.kind, event.where(), Outside::Kept);
  if (found.empty()) note_source(build, event.source.value(), event.where(), event.maker);
  return found;
}

void relate_notification(LinkContext& build, const Event& event) {
  Relation relation = relation_of(build, event);
  relation.filter = notification_filter(build.pool, event.properties);
  relation.filter_where = event.properties["Filter"].where();
  relate_all(build, relation, sources_of(build, event), {event.target});
}

void relate_polling(LinkContext& build, const Event& event) {
  relate_mapping_of(build, event.made, event.properties, event.source, event.form.kind,
                    {event.target});
}

// The queue between a topic and the function: one that SAM makes, or one that is named.
std::vector<End> queue_between(LinkContext& build, const Event& event, const Node& subscription) {
  if (const Node queue = subscription["QueueArn"])
    return ends(build, queue.value(), ResourceKind::Queue, queue.where(), Outside::Kept);
  const ResourceId made =
      build.generate(event.maker, sam_name(build, event.maker, cat(event.node.name(), "Queue")),
                     "AWS::SQS::Queue", subscription.where());
  return {itself(build, made)};
}

void relate_topic_event(LinkContext& build, const Event& event) {
  const auto topics = sources_of(build, event);
  const Node subscription = event.properties["SqsSubscription"];
  const Switch between = read_switch(build.pool, subscription, "false");
  if (!subscription || !between.ever) {
    relate_subscription_of(build, event.made, topics, event.properties, "lambda", {event.target},
                           event.where());
    return;
  }
  const auto queues = queue_between(build, event, subscription);
  relate_subscription_of(build, event.made, topics, event.properties, "sqs", queues, event.where());
  Relation polled = relation_of(build, event);
  polled.invocation = Invocation::Polled;
  polled.where = subscription.where();
  const std::array<std::pair<std::string_view, ValueId>, 1> entries{
      {{"batch_size", subscription["BatchSize"].value()}}};
  polled.filter = filter_record(build.pool, entries);
  relate_all(build, polled, queues, {event.target});
}

void relate_rule_event(LinkContext& build, const Event& event) {
  Relation relation = relation_of(build, event);
  if (!read_state(build.pool, event.properties, relation)) return;
  const Node pattern = event.properties["Pattern"];
  relation.filter = document_value(build, pattern);
  relation.filter_where = pattern.where();
  if (!event.source && pattern) relation.where = pattern.where();
  const auto buses = rule_buses(build, event.source);
  relate_all(build, relation, buses, {event.target});
  if (const Node queue = event.properties["DeadLetterConfig"]["Arn"]) {
    const Relation failure{.kind = RelationKind::FailureForward,
                           .declared_by = event.made,
                           .when = queue.when(),
                           .where = queue.where()};
    relate_all(build, failure, buses,
               ends(build, queue.value(), ResourceKind::Queue, queue.where(), Outside::Kept));
  }
}

void relate_schedule_event(LinkContext& build, const Event& event) {
  Relation relation = relation_of(build, event);
  if (!event.made.exists() || !read_state(build.pool, event.properties, relation)) return;
  build.resource(event.made).kind = ResourceKind::Schedule;
  Node expression = event.properties["Schedule"];
  if (!expression) expression = event.properties["ScheduleExpression"];
  if (expression) relation.where = expression.where();
  relate_all(build, relation, {itself(build, event.made)}, {event.target});
}

void relate_api_event(LinkContext& build, const Event& event) {
  std::vector<End> apis;
  if (event.source) {
    apis = sources_of(build, event);
  } else {
    const auto& resources = build[build.draft(event.maker).scope].resources;
    const auto implicit = resources.find(event.form.implicit);
    if (implicit != resources.end()) apis.push_back(itself(build, implicit->second));
  }
  relate_all(build, relation_of(build, event), apis, {event.target});
}

void relate_direct_event(LinkContext& build, const Event& event) {
  std::vector<End> from;
  if (event.source)
    from = sources_of(build, event);
  else
    from.push_back(itself(build, event.made));
  relate_all(build, relation_of(build, event), from, {event.target});
}

using RelateEvent = void (*)(LinkContext&, const Event&);
RelateEvent function_of(EventForm form) {
  switch (form) {
    case EventForm::Notification: return relate_notification;
    case EventForm::Mapping: return relate_polling;
    case EventForm::Subscription: return relate_topic_event;
    case EventForm::Rule: return relate_rule_event;
    case EventForm::Schedule: return relate_schedule_event;
    case EventForm::Api: return relate_api_event;
    case EventForm::Direct: return relate_direct_event;
  }
  return relate_direct_event;
}

bool needs_source(const SamEvent& form) {
  return !form.source.empty() && form.implicit.empty() && form.form != EventForm::Rule;
}

}  // namespace

void relate_sam_events(LinkContext& build, ResourceId id, const End& target) {
  for (const Node& node : build.draft(id).properties["Events"].children()) {
    const std::string_view type = node["Type"].text();
    const SamEvent* form = find_sam_event(type);
    if (form == nullptr) {
      build.problem(node.where(), type.empty() ? cat("the event ", node.name(), " has no type")
                                               : cat("there is no event type ", type));
      continue;
    }
    Event event{.form = *form, .node = node, .properties = node["Properties"]};
    event.source = form->source.empty() ? Node{} : event.properties[form->source];
    event.maker = id;
    event.made = sam_resource(build, id, node.name());
    event.target = target;
    if (needs_source(*form) && !event.source) {
      build.problem(node.where(), cat("the event ", node.name(), " has no ", form->source));
      continue;
    }
    function_of(form->form)(build, event);
  }
}

}  // namespace fnlint::stacks
