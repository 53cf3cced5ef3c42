#include "core/text.h"
#include "link/cloudformation/cloudformation_relations.h"
#include "link/cloudformation/stage_variables.h"
#include "link/stacks/arn.h"
#include "link/stacks/stack_json.h"
#include "link/stacks/stack_properties.h"
#include "link/stacks/stack_relations.h"

#include <algorithm>

// What APIs invoke: integrations, routes, authorizers and documents of REST, HTTP and WebSocket
// APIs.
namespace fnlint::stacks {

namespace {

// What each stage of an API makes of a URI.
void relate_stages(LinkContext& build, const Relation& relation, const End& from, ResourceId api,
                   const Node& uri) {
  const ValueId function = function_in_uri(build.pool, uri.value());
  for (const StageValue& stage : with_stage_variables(build, api, function, uri.where())) {
    const auto when = build.pool.both(from.when, stage.when);
    if (!when) continue;
    End of_stage = from;
    of_stage.when = *when;
    relate_all(build, relation, {of_stage},
               ends(build, stage.value, ResourceKind::Function, uri.where(), Outside::Dropped));
  }
}

// The function behind an integration's URI, or named by its ARN.
void relate_uri(LinkContext& build, const std::vector<End>& apis, ResourceId declared_by,
                const Node& uri) {
  if (!uri) return;
  const Relation relation{.kind = RelationKind::Trigger,
                          .invocation = Invocation::Synchronous,
                          .declared_by = declared_by,
                          .when = uri.when(),
                          .where = uri.where()};
  for (const End& api : apis) relate_stages(build, relation, api, api.resource, uri);
}

// A role of the document invokes, so that no permission of the function is asked for.
void relate_role(LinkContext& build, ResourceId id, const Node& role, const Node& uri) {
  if (!role || !uri) return;
  const Relation relation{
      .kind = RelationKind::MayInvoke, .when = role.when(), .where = role.where()};
  relate_stages(build, relation, itself(build, id), id, uri);
}

// The API that an authorizer is of.
ResourceId api_of(LinkContext& build, const Node& properties) {
  for (const std::string_view name : {"RestApiId", "ApiId"})
    if (const Node api = properties[name])
      for (const End& end : ends(build, api.value(), ResourceKind::Api, api.where(), Outside::Kept))
        return end.resource;
  return {};
}

// Every integration and authorizer of an OpenAPI document, and the functions that SAM's own
// properties name.
void relate_document(LinkContext& build, ResourceId id, const Node& document) {
  for (const Node& child : document.children()) {
    const std::string_view name = child.name();
    if (name == "x-amazon-apigateway-integration") {
      relate_uri(build, {itself(build, id)}, {}, child["uri"]);
      relate_role(build, id, child["credentials"], child["uri"]);
    } else if (name == "x-amazon-apigateway-authorizer") {
      relate_uri(build, {itself(build, id)}, {}, child["authorizerUri"]);
      relate_role(build, id, child["authorizerCredentials"], child["authorizerUri"]);
    } else {
      relate_document(build, id, child);
    }
  }
}

// SAM gives a REST API the right to invoke its authorizers, an HTTP API only where it is told to.
// Source: AWS SAM Developer Guide, LambdaAuthorizationIdentity.
void relate_authorizers(LinkContext& build, ResourceId id, const Node& properties) {
  const bool http = build.pool[build.resource(id).type] == "AWS::Serverless::HttpApi";
  for (const Node& authorizer : properties["Auth"]["Authorizers"].children()) {
    const Node function = authorizer["FunctionArn"];
    relate_uri(build, {itself(build, id)}, {}, function);
    relate_role(build, id, authorizer["FunctionInvokeRole"], function);
    const Node told = authorizer[http ? "EnableFunctionDefaultPermissions"
                                      : "DisableFunctionDefaultPermissions"];
    const bool on = told && read_switch(build.pool, told, "false").ever;
    if (http ? on : !on) relate_role(build, id, authorizer, function);
  }
}

// The API's document: a map, JSON text, or a local file.
Node api_document(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  for (const std::string_view name : {"Body", "DefinitionBody"}) {
    const Node body = properties[name];
    if (!body) continue;
    if (body.has_children()) return body;
    const ExprClosure written = build.entry(build.body(build.draft(id)), name);
    if (!written.exists()) return body;
    const LongText text = assemble_text(build, build.draft(id).scope, written, Holes::Marked);
    return locate_json(build, text, body.where());
  }
  return located_file(build, id, properties["DefinitionUri"]);
}

}  // namespace

void relate_api_method(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  const Node api = properties["RestApiId"];
  relate_uri(build, ends(build, api.value(), ResourceKind::Api, api.where(), Outside::Kept), id,
             properties["Integration"]["Uri"]);
}

void relate_api_integration(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  const Node api = properties["ApiId"];
  relate_uri(build, ends(build, api.value(), ResourceKind::Api, api.where(), Outside::Kept), id,
             properties["IntegrationUri"]);
}

void relate_api_body(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  relate_uri(build, {itself(build, id)}, {}, properties["Target"]);
  relate_document(build, id, api_document(build, id));
  relate_authorizers(build, id, properties);
}

void relate_websocket_routes(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  for (const Node& route : properties["Routes"].children())
    relate_uri(build, {itself(build, id)}, {}, route["FunctionArn"]);
  relate_uri(build, {itself(build, id)}, {}, properties["Auth"]["AuthArn"]);
}

void relate_invoker(LinkContext& build, ResourceId id) {
  const std::string_view type = build.pool[build.resource(id).type];
  const auto rows = std::ranges::equal_range(invokers(), type, {}, &Invoker::type);
  for (const Invoker& row : rows) {
    const Node properties = build.draft(id).properties;
    std::vector<End> from{itself(build, id)};
    if (type == "AWS::Logs::SubscriptionFilter") {
      const Node group = properties["LogGroupName"];
      from = ends(build, group.value(), ResourceKind::LogGroup, group.where(), Outside::Kept);
    }
    for (const Node& node : all_at_path(properties, row.path)) {
      if (!node || node.has_children()) continue;
      const Relation relation{.kind = RelationKind::Trigger,
                              .invocation = row.invocation,
                              .declared_by = id,
                              .when = node.when(),
                              .where = node.where()};
      for (const End& end : from)
        relate_stages(build, relation, end, api_of(build, properties), node);
    }
  }
}

}  // namespace fnlint::stacks
