#include "core/text.h"
#include "link/cloudformation/cloudformation_relations.h"
#include "link/cloudformation/cloudformation_state.h"
#include "link/stacks/stack_json.h"
#include "link/stacks/stack_properties.h"
#include "link/stacks/stack_relations.h"

// What event source mappings poll, with their filters, and what scales an alias.
namespace fnlint::stacks {

namespace {

// What a mapping polls when nothing but its other properties tells.
ResourceKind polled_kind(const Node& properties) {
  if (properties["Topics"] || properties["DocumentDBEventSourceConfig"] ||
      properties["DatabaseName"])
    return ResourceKind::Cluster;
  if (properties["Queues"]) return ResourceKind::Broker;
  return properties["StartingPosition"] ? ResourceKind::Stream : ResourceKind::Queue;
}

ValueId mapping_filter(LinkContext& build, const Node& properties) {
  std::vector<ValueId> patterns;
  for (const Node& filter : properties["FilterCriteria"]["Filters"].children())
    if (const Node pattern = filter["Pattern"]) patterns.push_back(document_value(build, pattern));
  const ValueId list = patterns.empty() ? ValueId{} : build.pool.list(patterns);
  const std::array<std::pair<std::string_view, ValueId>, 3> entries{
      {{"patterns", list},
       {"batch_size", properties["BatchSize"].value()},
       {"window", properties["MaximumBatchingWindowInSeconds"].value()}}};
  return filter_record(build.pool, entries);
}

bool reports_failures(const Node& properties) {
  for (const Node& item : properties["FunctionResponseTypes"].children())
    if (item.text() == "ReportBatchItemFailures") return true;
  return false;
}

// The only resource of a kind that stands anywhere in a value: taken apart and put together again,
// as names of aliases are.
ResourceId only_reference(const LinkContext& build, ValueId value) {
  ResourceId found;
  bool several = false;
  for_each_below(build.pool, value, [&](ValueId id) {
    if (!build.pool.is(id, ValueKind::Reference)) return;
    const ResourceId resource{static_cast<std::uint32_t>(build.pool[id].ref)};
    const ResourceKind kind = build.stacks.resources[resource.index].kind;
    const bool counts = kind == ResourceKind::Function || kind == ResourceKind::Alias ||
                        kind == ResourceKind::Version;
    if (!counts || resource == found) return;
    several = several || (found.exists() && kind == build.stacks.resources[found.index].kind);
    if (!found.exists() || kind == ResourceKind::Function) found = resource;
  });
  return several ? ResourceId{} : found;
}

}  // namespace

void relate_mapping_of(LinkContext& build, ResourceId id, const Node& properties,
                       const Node& source, ResourceKind kind, const std::vector<End>& functions) {
  const Switch enabled = read_switch(build.pool, properties["Enabled"], "false");
  if (!enabled.ever) return;
  const Span where = source ? source.where() : properties.key();
  std::vector<End> sources =
      ends(build, source.value(), ResourceKind::Other, where, Outside::Dropped);
  // What lies outside is what its ARN says, else what the mapping alone tells of it.
  if (sources.empty() && source)
    sources = ends(build, source.value(), ResourceKind::Other, where, Outside::Kept);
  if (sources.empty()) sources = ends(build, source.value(), kind, where, Outside::Kept);
  if (sources.empty()) {
    note_source(build, source.value(), where,
                functions.empty() ? ResourceId{} : functions.front().resource);
    sources.emplace_back();
  }
  Relation relation{.kind = RelationKind::Trigger,
                    .invocation = Invocation::Polled,
                    .uncertainty = enabled.uncertainty,
                    .declared_by = id,
                    .filter = mapping_filter(build, properties),
                    .when = enabled.when,
                    .batch_failures = reports_failures(properties),
                    .where = where,
                    .filter_where = properties["FilterCriteria"].where()};
  relate_all(build, relation, sources, functions);
  if (const Node target = properties["DestinationConfig"]["OnFailure"]["Destination"]) {
    const Relation failure{.kind = RelationKind::FailureForward,
                           .declared_by = id,
                           .when = target.when(),
                           .where = target.where()};
    relate_all(build, failure, functions,
               ends(build, target.value(), ResourceKind::Other, target.where(), Outside::Kept));
  }
}

ResourceKind polled_by(const LinkContext& build, ResourceId id, const Node& properties) {
  const auto told = build.cloudformation->polled.find(id.index);
  return told != build.cloudformation->polled.end() ? told->second : polled_kind(properties);
}

void relate_mapping(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  const Node name = properties["FunctionName"];
  const auto functions =
      ends(build, name.value(), ResourceKind::Function, name.where(), Outside::Kept);
  Node source = properties["EventSourceArn"];
  if (!source)
    source = at_path(properties, "SelfManagedEventSource.Endpoints.KafkaBootstrapServers");
  const ResourceKind kind = polled_by(build, id, properties);
  relate_mapping_of(build, id, properties, source, kind, functions);
}

void relate_scalable_target(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  const auto dimension =
      as_text(build.pool, properties["ScalableDimension"] ? properties["ScalableDimension"].value()
                                                          : build.pool.absent());
  if (dimension != "lambda:function:ProvisionedConcurrency") return;
  const Node name = properties["ResourceId"], most = properties["MaxCapacity"];
  if (!name || !most) return;
  auto functions =
      ends(build, name.value(), ResourceKind::Function, name.where(), Outside::Dropped);
  Relation relation{.kind = RelationKind::Scales,
                    .declared_by = id,
                    .amount = most.value(),
                    .when = most.when(),
                    .where = most.where()};
  if (functions.empty()) {
    const ResourceId only = only_reference(build, name.value());
    if (only.exists())
      functions = ends(build, build.pool.reference(only, ""), ResourceKind::Function, name.where(),
                       Outside::Dropped);
    relation.uncertainty = kHeuristic;
  }
  if (functions.empty())
    build.unresolved(UnresolvedKind::TriggerSource,
                     cat("the function that is scaled, ", describe(build.pool, name.value()),
                         ", is not one of this run"),
                     name.where());
  relate_all(build, relation, {itself(build, id)}, functions);
}

}  // namespace fnlint::stacks
