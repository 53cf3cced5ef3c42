// A deployment of an API takes what the API has in that moment. Where nothing says that it is made
// after the methods, it is made without them, or refused because there is none.

#include "checks/trigger/creation_order.h"
#include "checks/trigger/rules.h"
#include "checks/view/branches.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "model/template.h"
#include "values/yes_no.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

struct DeployedKind {
  std::string_view deployment;
  std::string_view api;   // the property that names the API, in all three
  std::string_view part;  // what has to be there first
  std::string_view words;
  std::string_view words_in_terraform;
};
constexpr std::array<DeployedKind, 2> kDeployed{{
    {"AWS::ApiGateway::Deployment", "RestApiId", "AWS::ApiGateway::Method", "method",
     "integration"},
    {"AWS::ApiGatewayV2::Deployment", "ApiId", "AWS::ApiGatewayV2::Route", "route", "route"},
}};

constexpr std::string_view kTerraformMethod = "aws_api_gateway_method";

// The API that a property names; no id: it is not declared here.
ResourceId api_named(const Project& project, ResourceId by, std::string_view property) {
  const Property* const named = property_of(project, by, property);
  if (named == nullptr || !project.pool->is(named->value, ValueKind::Reference)) return {};
  return ResourceId{static_cast<std::uint32_t>((*project.pool)[named->value].ref)};
}

bool is_written(const Resource& resource) {
  return !resource.generated && !resource.external && !resource.superseded;
}

bool is_of_dialect(const Project& project, const Resource& resource, TemplateDialect dialect) {
  return static_cast<TemplateDialect>(project.stacks.scopes[resource.scope].dialect) == dialect;
}

bool is_of_known_order(const Project& project, const Resource& resource) {
  return is_of_dialect(project, resource, TemplateDialect::CloudFormation) ||
         is_of_dialect(project, resource, TemplateDialect::Sam) ||
         is_of_dialect(project, resource, TemplateDialect::Terraform);
}

// Those that may be there where the deployment is.
std::vector<ResourceId> parts_of(const Project& project, const DeployedKind& kind, ResourceId api,
                                 const Resource& deployment) {
  std::vector<ResourceId> found;
  const std::vector<Test> tests = tests_of(*project.pool, deployment.exists);
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
    const ResourceId id{i};
    const Resource& row = project.stacks[id];
    if (row.scope == deployment.scope && is_written(row) && type_of(project, id) == kind.part &&
        api_named(project, id, kind.api) == api && both(tests, tests_of(*project.pool, row.exists)))
      found.push_back(id);
  }
  return found;
}

// The parts that nothing makes it wait for, by their names; none as well where that is not known.
std::vector<ResourceId> not_waited_for(const Project& project, const CreationOrder& order,
                                       ResourceId deployment,
                                       const std::vector<ResourceId>& parts) {
  std::vector<ResourceId> found;
  for (const ResourceId part : parts) {
    const Answer after = order.is_after(deployment, {part});
    if (after == Answer::Unknown) return {};
    if (after == Answer::No) found.push_back(part);
  }
  std::ranges::sort(found, {}, [&](ResourceId part) { return name_of(project, part); });
  return found;
}

// Where a stage deploys by itself, what comes later is deployed when it comes.
bool may_deploy_itself(const Project& project, ResourceId api) {
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
    const ResourceId id{i};
    if (type_of(project, id) != "AWS::ApiGatewayV2::Stage" || project.stacks[id].superseded ||
        api_named(project, id, "ApiId") != api)
      continue;
    const Property* const itself = property_of(project, id, "AutoDeploy");
    if (itself != nullptr && !is_no(*project.pool, itself->value)) return true;
  }
  return false;
}

// Terraform declares a method apart from its integration, which alone is a part here. Whether the
// deployment waits for all of them: one without an integration is refused.
bool waits_for_methods(const Project& project, const CreationOrder& order, ResourceId deployment,
                       ResourceId api) {
  bool any = false;
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
    const ResourceId id{i};
    if (type_of(project, id) != kTerraformMethod || !is_written(project.stacks[id]) ||
        api_named(project, id, "RestApiId") != api)
      continue;
    any = true;
    if (order.is_after(deployment, {id}) != Answer::Yes) return false;
  }
  return any;
}

}  // namespace

void trigger_deployment(const Project& project, const Settings&, Findings& findings) {
  const CreationOrder order(project);
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
    const ResourceId id{i};
    const auto kind = std::ranges::find(kDeployed, type_of(project, id), &DeployedKind::deployment);
    const Resource& deployment = project.stacks[id];
    if (kind == kDeployed.end() || !is_written(deployment) ||
        !is_of_known_order(project, deployment))
      continue;
    const ResourceId api = api_named(project, id, kind->api);
    if (!api.exists() || may_deploy_itself(project, api)) continue;
    const std::vector<ResourceId> parts = parts_of(project, *kind, api, deployment);
    const std::vector<ResourceId> late = not_waited_for(project, order, id, parts);
    if (late.empty()) continue;
    const std::string others =
        late.size() == 1 ? std::string() : cat(" and ", late.size() - 1, " more");
    const bool none = late.size() == parts.size();
    const bool always = project.pool->always(deployment.exists) &&
                        project.pool->always(project.stacks[late.front()].exists);
    const bool in_terraform = is_of_dialect(project, deployment, TemplateDialect::Terraform);
    const std::string_view words = in_terraform ? kind->words_in_terraform : kind->words;
    const bool refused = waits_for_methods(project, order, id, api);
    findings.push_back(
        FindingBuilder("trigger-deployment-too-early", always ? 0 : kConditional)
            .about(name_of(project, id))
            .at(deployment.name)
            .grade_if(!none, Severity::Note)
            .says("Nothing makes the deployment '", name_of(project, id), "' wait for the ", words,
                  " '", name_of(project, late.front()), "'", others, ": ",
                  refused ? "where it is made first, it is refused, because a method has none yet."
                  : none
                      ? "where it is made first, it is refused, because the API has none yet, or "
                        "its stage answers without them."
                      : "where it is made first, it is refused, or its stage answers without that "
                        "until the next deployment.")
            .identified(name_of(project, id))
            // One is mended as all are.
            .caused_by({.key = cat(name_of(project, api), none ? " without any" : " too early",
                                   refused ? ", refused" : ""),
                        .apart = 1,
                        .also = "It is so with this deployment, too."})
            .related(project.stacks[late.front()].name,
                     cat("This ", words, " may be made later.")));
  }
}

}  // namespace fnlint
