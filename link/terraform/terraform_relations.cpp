#include "core/text.h"
#include "link/cloudformation/cloudformation_relations.h"
#include "link/stacks/stack_properties.h"
#include "link/stacks/stack_relations.h"

// Relations that Terraform declares as resources of their own: targets of rules, redrives of
// queues, destinations of tables.
namespace fnlint::stacks {

// A rule's target stands beside the rule, and names it.
void relate_event_target(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  const Node name = properties["Rule"];
  if (!name || !properties["Arn"]) return;
  auto rules = ends(build, name.value(), ResourceKind::Rule, name.where(), Outside::Dropped);
  if (rules.empty())
    rules = ends(build, name.value(), ResourceKind::Schedule, name.where(), Outside::Dropped);
  for (const End& rule : rules) {
    const auto when = build.pool.both(rule.when, properties.when());
    if (when) relate_rule_target(build, rule.resource, id, properties, *when);
  }
  if (rules.empty()) note_source(build, name.value(), name.where(), {});
}

void relate_queue_redrive(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  const Node queue = properties["QueueUrl"];
  auto queues = ends(build, queue.value(), ResourceKind::Queue, queue.where(), Outside::Kept);
  // One that has it among its own properties says so itself.
  std::erase_if(queues, [&](const End& one) {
    return one.resource.exists() && build.draft(one.resource).properties["RedrivePolicy"];
  });
  relate_redrive_of(build, id, queues, properties["RedrivePolicy"]);
}

void relate_table_destination(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  const Node table = properties["TableName"], stream = properties["StreamArn"];
  if (!table || !stream) return;
  relate_all(build,
             {.kind = RelationKind::Forward, .declared_by = id, .where = stream.where()},
             ends(build, table.value(), ResourceKind::Table, table.where(), Outside::Kept),
             ends(build, stream.value(), ResourceKind::Stream, stream.where(), Outside::Kept));
}

}  // namespace fnlint::stacks
