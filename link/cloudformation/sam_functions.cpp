#include "core/text.h"
#include "link/cloudformation/cloudformation_relations.h"
#include "link/cloudformation/sam_declarations.h"
#include "link/cloudformation/sam_events.h"
#include "link/stacks/stack_properties.h"

#include <array>

// What SAM makes beside a function: the alias that it publishes, URLs, destinations.
namespace fnlint::stacks {

namespace {

void refine(LinkContext& build, ResourceId made, ResourceId function, Span where) {
  if (!made.exists()) return;
  relate(build, {.kind = RelationKind::Refines,
                 .from = made,
                 .to = function,
                 .declared_by = made,
                 .where = where});
}

// The alias that SAM publishes, and what is provisioned on it.
ResourceId relate_published(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  const Node alias = properties["AutoPublishAlias"];
  const auto name = alias ? as_text(build.pool, alias.value()) : std::nullopt;
  const ResourceId made = sam_resource(build, id, cat("Alias", name.value_or("")));
  refine(build, sam_resource(build, id, "Version"), id, alias.where());
  refine(build, made, id, alias.where());
  const Node amount =
      at_path(properties, "ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions");
  if (!amount) return made;
  if (!made.exists()) {
    build.problem(amount.where(), "ProvisionedConcurrencyConfig needs AutoPublishAlias");
    return made;
  }
  relate(build, {.kind = RelationKind::Provisions,
                 .from = made,
                 .to = id,
                 .declared_by = made,
                 .amount = amount.value(),
                 .when = amount.when(),
                 .where = amount.where()});
  return made;
}

void relate_url(LinkContext& build, ResourceId id, StringId alias) {
  const ResourceId url = sam_resource(build, id, "Url");
  if (!url.exists()) return;
  const Node config = build.draft(id).properties["FunctionUrlConfig"];
  refine(build, url, id, config.where());
  relate(build, {.kind = RelationKind::Trigger,
                 .invocation = Invocation::Synchronous,
                 .from = url,
                 .to = id,
                 .declared_by = url,
                 .when = config.when(),
                 .qualifier = alias,
                 .where = config.key()});
}

// A destination without an ARN is a queue or topic that SAM makes.
void relate_made_destination(LinkContext& build, ResourceId id, ResourceId config,
                             const Node& target, std::string_view name) {
  if (!target || target["Destination"]) return;
  const std::string_view type = target["Type"].text();
  const bool queue = type == "SQS";
  if (!queue && type != "SNS") return;
  const ResourceId made = build.generate(
      id, sam_name(build, id, cat("EventInvokeConfig", name, queue ? "Queue" : "Topic")),
      queue ? "AWS::SQS::Queue" : "AWS::SNS::Topic", target.where());
  relate(build, {.kind = name == "OnSuccess" ? RelationKind::Forward : RelationKind::FailureForward,
                 .from = id,
                 .to = made,
                 .declared_by = config,
                 .when = target.when(),
                 .where = target.where()});
}

void relate_invoke_config(LinkContext& build, ResourceId id) {
  const ResourceId made = sam_resource(build, id, "EventInvokeConfig");
  if (!made.exists()) return;
  const Node config = build.draft(id).properties["EventInvokeConfig"];
  refine(build, made, id, config.where());
  const Node destinations = config["DestinationConfig"];
  relate_destinations(build, made, destinations, {itself(build, id)});
  for (const std::string_view name : {"OnSuccess", "OnFailure"})
    relate_made_destination(build, id, made, destinations[name], name);
}

}  // namespace

void relate_sam_function(LinkContext& build, ResourceId id) {
  relate_function(build, id);
  const ResourceId alias = relate_published(build, id);
  relate_invoke_config(build, id);
  End target = itself(build, id);
  const auto name =
      alias.exists() ? as_text(build.pool, build.resource(alias).physical_name) : std::nullopt;
  if (name)
    target.qualifier = build.pool.string(*name);
  else if (build.draft(id).properties["AutoPublishAlias"])
    target.qualifier = build.pool.string("?");
  relate_url(build, id, target.qualifier);
  relate_sam_events(build, id, target);
}

}  // namespace fnlint::stacks
