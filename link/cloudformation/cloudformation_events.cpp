#include "core/text.h"
#include "link/cloudformation/cloudformation_relations.h"
#include "link/stacks/external_resources.h"
#include "link/stacks/stack_json.h"
#include "link/stacks/stack_properties.h"
#include "link/stacks/stack_relations.h"

#include <algorithm>
#include <array>

// What EventBridge starts: the targets of rules, schedules and pipes, with their filters, and where
// events go that are not delivered.
namespace fnlint::stacks {

namespace {

// One target of a rule, schedule or pipe.
void relate_target(LinkContext& build, Relation relation, const std::vector<End>& from,
                   const Node& target, Invocation invocation) {
  relation.where = target.where();
  const auto found =
      ends(build, target.value(), ResourceKind::Other, target.where(), Outside::Kept);
  for (const End& end : found) {
    // A bus forwards to a bus of its name in another region or account, never to itself.
    const auto same = [&](const End& source) { return source.resource == end.resource; };
    if (std::ranges::any_of(from, same)) continue;
    const bool function = build.resource(end.resource).kind == ResourceKind::Function;
    relation.kind = function ? RelationKind::Trigger : RelationKind::Forward;
    relation.invocation = function ? invocation : Invocation::Unknown;
    relate_all(build, relation, from, {end});
  }
}

void relate_dead_letters(LinkContext& build, ResourceId declared_by, const std::vector<End>& from,
                         const Node& queue) {
  if (!queue) return;
  const Relation relation{.kind = RelationKind::FailureForward,
                          .declared_by = declared_by,
                          .when = queue.when(),
                          .where = queue.where()};
  relate_all(build, relation, from,
             ends(build, queue.value(), ResourceKind::Queue, queue.where(), Outside::Kept));
}

}  // namespace

std::vector<End> rule_buses(LinkContext& build, const Node& bus) {
  if (!bus) return {itself(build, default_bus(build))};
  auto found = ends(build, bus.value(), ResourceKind::Bus, bus.where(), Outside::Kept);
  if (found.empty()) note_source(build, bus.value(), bus.where(), {});
  return found;
}

ValueId input_instead(LinkContext& build, const Node& input) {
  const ValueId content = document_value(build, input);
  return content.exists() && build.pool.is(content, ValueKind::Record) ? content : ValueId{};
}

bool read_state(ValuePool& pool, const Node& properties, Relation& relation) {
  for (const auto& [name, off] : {std::pair{"State", "disabled"}, std::pair{"Enabled", "false"}}) {
    const Switch enabled = read_switch(pool, properties[name], off);
    if (!enabled.ever) return false;
    const auto when = pool.both(relation.when, enabled.when);
    if (!when) return false;
    relation.when = *when;
    relation.uncertainty = static_cast<std::uint8_t>(relation.uncertainty | enabled.uncertainty);
  }
  return true;
}

void relate_rule_target(LinkContext& build, ResourceId rule, ResourceId declared_by,
                        const Node& target, GuardId when) {
  const Node properties = build.draft(rule).properties, arn = target["Arn"];
  Relation relation{
      .declared_by = declared_by, .input = input_instead(build, target["Input"]), .when = when};
  if (!arn || !read_state(build.pool, properties, relation)) return;
  const Node pattern = properties["EventPattern"];
  const bool scheduled = properties["ScheduleExpression"].exists();
  if (scheduled)
    relate_target(build, relation, {itself(build, rule)}, arn, Invocation::Asynchronous);
  if (!pattern && scheduled) return;
  relation.filter = document_value(build, pattern);
  relation.filter_where = pattern.where();
  const auto buses = rule_buses(build, properties["EventBusName"]);
  relate_target(build, relation, buses, arn, Invocation::Asynchronous);
  relate_dead_letters(build, declared_by, buses, target["DeadLetterConfig"]["Arn"]);
}

void relate_rule(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  const bool scheduled = properties["ScheduleExpression"].exists();
  if (scheduled && !properties["EventPattern"]) build.resource(id).kind = ResourceKind::Schedule;
  for (const Node& target : properties["Targets"].children())
    relate_rule_target(build, id, id, target, target.when());
}

void relate_schedule(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  Relation relation{.declared_by = id};
  if (!read_state(build.pool, properties, relation)) return;
  const Node target = properties["Target"];
  relation.input = input_instead(build, target["Input"]);
  if (target["Arn"])
    relate_target(build, relation, {itself(build, id)}, target["Arn"], Invocation::Asynchronous);
  relate_dead_letters(build, id, {itself(build, id)}, target["DeadLetterConfig"]["Arn"]);
}

void relate_pipe(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  const Switch enabled = read_switch(build.pool, properties["DesiredState"], "stopped");
  if (!enabled.ever) return;
  Relation relation{.uncertainty = enabled.uncertainty, .declared_by = id, .when = enabled.when};
  if (const Node source = properties["Source"]) {
    std::vector<ValueId> patterns;
    const Node criteria = properties["SourceParameters"]["FilterCriteria"];
    for (const Node& filter : criteria["Filters"].children())
      if (filter["Pattern"]) patterns.push_back(document_value(build, filter["Pattern"]));
    const ValueId list = patterns.empty() ? ValueId{} : build.pool.list(patterns);
    const std::array<std::pair<std::string_view, ValueId>, 1> entries{{{"patterns", list}}};
    Relation intake = relation;
    intake.kind = RelationKind::Forward;
    intake.filter = filter_record(build.pool, entries);
    intake.where = source.where();
    intake.filter_where = criteria.where();
    relate_all(build, intake,
               ends(build, source.value(), ResourceKind::Other, source.where(), Outside::Kept),
               {itself(build, id)});
  }
  if (properties["Enrichment"])
    relate_target(build, relation, {itself(build, id)}, properties["Enrichment"],
                  Invocation::Synchronous);
  const Node how = at_path(properties, "TargetParameters.LambdaFunctionParameters.InvocationType");
  if (properties["Target"])
    relate_target(
        build, relation, {itself(build, id)}, properties["Target"],
        how.text() == "FIRE_AND_FORGET" ? Invocation::Asynchronous : Invocation::Synchronous);
}

}  // namespace fnlint::stacks
