#include "core/text.h"
#include "link/cloudformation/cloudformation_relations.h"
#include "link/cloudformation/cloudformation_state.h"
#include "link/stacks/stack_properties.h"

// SAM's connectors, as resources and inside of others: who invokes whom, and what roles are given
// for it.
namespace fnlint::stacks {

namespace {

// What a connector's Source or Destination names: a resource of the template, or an ARN.
std::vector<End> connected(LinkContext& build, ScopeId scope, const Node& reference) {
  if (const std::string_view id = reference["Id"].text(); !id.empty()) {
    const auto& resources = build[scope].resources;
    const auto found = resources.find(id);
    if (found != resources.end()) return {itself(build, found->second)};
    build.problem(reference.where(), cat("there is no resource ", id));
    return {};
  }
  const Node arn = reference["Arn"];
  return ends(build, arn.value(), ResourceKind::Other, arn.where(), Outside::Kept);
}

std::vector<Node> destinations_of(const ValuePool& pool, const Node& node) {
  if (node && pool.is(node.value(), ValueKind::List)) return node.children();
  return node ? std::vector<Node>{node} : std::vector<Node>{};
}

void connect(LinkContext& build, ScopeId scope, const std::vector<End>& sources,
             const Node& properties) {
  ConnectorGrant grant;
  for (const Node& permission : properties["Permissions"].children()) {
    grant.read = grant.read || permission.text() == "Read";
    grant.write = grant.write || permission.text() == "Write";
  }
  for (const Node& destination : destinations_of(build.pool, properties["Destination"])) {
    grant.where = destination.where();
    for (const End& source : sources) {
      for (const End& target : connected(build, scope, destination)) {
        grant.source = source.resource;
        grant.destination = target.resource;
        build.cloudformation->connector_grants.push_back(grant);
        const SamConnector* row = find_sam_connector(build.resource(source.resource).kind,
                                                     build.resource(target.resource).kind);
        if (row == nullptr || row->role != ConnectorRole::Permission) continue;
        const Relation relation{.kind = RelationKind::MayInvoke,
                                .when = destination.when(),
                                .where = destination.where()};
        relate_all(build, relation, {source}, {target});
      }
    }
  }
}

}  // namespace

void relate_connector(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  const ScopeId scope = build.draft(id).scope;
  connect(build, scope, connected(build, scope, properties["Source"]), properties);
}

void relate_embedded_connectors(LinkContext& build, ResourceId id) {
  const auto found = build.cloudformation->connectors.find(id.index);
  if (found == build.cloudformation->connectors.end()) return;
  for (const Node& connector : found->second.children())
    connect(build, build.draft(id).scope, {itself(build, id)}, connector["Properties"]);
}

}  // namespace fnlint::stacks
