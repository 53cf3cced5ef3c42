#include "core/text.h"
#include "link/cloudformation/cloudformation_relations.h"
#include "link/stacks/stack_json.h"
#include "link/stacks/stack_properties.h"
#include "link/stacks/stack_relations.h"

#include <array>

// Topics with their subscriptions, queues with their dead-letter queues.
namespace fnlint::stacks {

namespace {

// The queue of a RedrivePolicy, which may be JSON text.
ValueId dead_letter_target(LinkContext& build, const Node& policy) {
  if (!policy) return {};
  if (const Node target = policy["deadLetterTargetArn"]) return target.value();
  return member(build.pool, document_value(build, policy), "deadLetterTargetArn");
}

}  // namespace

void relate_redrive_of(LinkContext& build, ResourceId declared_by, const std::vector<End>& from,
                       const Node& policy) {
  const ValueId target = dead_letter_target(build, policy);
  if (!target.exists()) return;
  const Node place = policy["deadLetterTargetArn"];
  const Span where = place ? place.where() : policy.where();
  const Relation relation{.kind = RelationKind::FailureForward,
                          .declared_by = declared_by,
                          .when = policy.when(),
                          .where = where};
  relate_all(build, relation, from, ends(build, target, ResourceKind::Queue, where, Outside::Kept));
}

void relate_subscription_of(LinkContext& build, ResourceId declared_by,
                            const std::vector<End>& topics, const Node& properties,
                            std::string_view protocol, const std::vector<End>& targets,
                            Span where) {
  const std::array<std::pair<std::string_view, ValueId>, 2> entries{
      {{"policy", document_value(build, properties["FilterPolicy"])},
       {"scope", properties["FilterPolicyScope"].value()}}};
  const bool function = protocol == "lambda";
  Relation relation{.kind = function ? RelationKind::Trigger : RelationKind::Forward,
                    .declared_by = declared_by,
                    .filter = filter_record(build.pool, entries),
                    .when = properties.when(),
                    .where = where,
                    .filter_where = properties["FilterPolicy"].where()};
  if (function) relation.invocation = Invocation::Asynchronous;
  relate_all(build, relation, topics, targets);
  relate_redrive_of(build, declared_by, topics, properties["RedrivePolicy"]);
}

std::vector<End> subscribers(LinkContext& build, std::string_view protocol, const Node& endpoint) {
  if (!endpoint) return {};
  const auto found = [&](ResourceKind kind) {
    return ends(build, endpoint.value(), kind, endpoint.where(), Outside::Kept);
  };
  if (protocol == "lambda") return found(ResourceKind::Function);
  if (protocol == "sqs") return found(ResourceKind::Queue);
  if (protocol == "firehose") return found(ResourceKind::DeliveryStream);
  return {};
}

void relate_subscription(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  const Node topic = properties["TopicArn"], endpoint = properties["Endpoint"];
  const std::string_view protocol = properties["Protocol"].text();
  const auto targets = subscribers(build, protocol, endpoint);
  if (targets.empty()) return;
  const auto topics = ends(build, topic.value(), ResourceKind::Topic, topic.where(), Outside::Kept);
  if (topics.empty()) note_source(build, topic.value(), topic.where(), {});
  relate_subscription_of(build, id, topics, properties, protocol, targets, endpoint.where());
}

void relate_topic(LinkContext& build, ResourceId id) {
  for (const Node& item : build.draft(id).properties["Subscription"].children()) {
    const std::string_view protocol = item["Protocol"].text();
    const Node endpoint = item["Endpoint"];
    relate_subscription_of(build, {}, {itself(build, id)}, item, protocol,
                           subscribers(build, protocol, endpoint), endpoint.where());
  }
}

void relate_queue(LinkContext& build, ResourceId id) {
  relate_redrive_of(build, {}, {itself(build, id)}, build.draft(id).properties["RedrivePolicy"]);
}

}  // namespace fnlint::stacks
