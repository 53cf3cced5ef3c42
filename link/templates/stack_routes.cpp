#include "core/text.h"
#include "link/stacks/api_routes.h"
#include "link/stacks/stack_faults.h"
#include "link/stacks/stack_properties.h"

// The routes of APIs: which path and method starts which function.
namespace fnlint::stacks {

namespace {

constexpr std::uint32_t kPathDepth = 32;

std::optional<std::string> known_text(ValuePool& pool, const Node& node) {
  const auto text = node ? as_text(pool, node.value()) : std::nullopt;
  return text ? std::optional(std::string(*text)) : std::nullopt;
}

// The path of what ResourceId or ParentId names: the API's root, or a resource below it.
std::optional<std::string> path_of_resource(const LinkContext& build, const Node& named,
                                            std::uint32_t depth) {
  if (!named || depth > kPathDepth) return std::nullopt;
  const Value& row = build.pool[named.value()];
  if (row.kind != ValueKind::Reference || row.ref >= build.drafts.size()) return std::nullopt;
  const ResourceId id{static_cast<std::uint32_t>(row.ref)};
  if (build.resource(id).kind == ResourceKind::Api)
    return lower(build.pool.text(named.value())).find("root") != std::string::npos
               ? std::optional<std::string>("")
               : std::nullopt;
  const Node properties = build.draft(id).properties;
  const auto part = known_text(build.pool, properties["PathPart"]);
  const auto parent = path_of_resource(build, properties["ParentId"], depth + 1);
  if (!part || !parent) return std::nullopt;
  return cat(*parent, '/', *part);
}

// That API Gateway refuses what does not begin with it, is not in its documentation.
void judge_path(LinkContext& build, ResourceId id, const Node& path) {
  const auto text = known_text(build.pool, path);
  if (!text || text->starts_with('/') || text->starts_with('$') || text->find('{') == 0) return;
  add_fault(build, {.kind = TemplateFaultKind::Refused,
                    .uncertainty = kHeuristic,
                    .resource = id,
                    .what = cat("the path '", *text, "' does not begin with '/'"),
                    .where = path.where()});
}

void note_sam_routes(LinkContext& build, ResourceId id) {
  for (const Node& event : build.draft(id).properties["Events"].children()) {
    const std::string_view type = event["Type"].text();
    if (type != "Api" && type != "HttpApi") continue;
    const Node properties = event["Properties"];
    const auto method = known_text(build.pool, properties["Method"]);
    const auto path = known_text(build.pool, properties["Path"]);
    if (!method || !path) continue;
    judge_path(build, id, properties["Path"]);
    const Node named = properties[type == "Api" ? "RestApiId" : "ApiId"];
    const ValueId api = named
                            ? named.value()
                            : build.pool.text_value(cat(type, " of ", build.draft(id).scope.index));
    note_route(build, api, *method, *path, type == "Api",
               {.resource = id, .when = event.when(), .where = event.key()});
  }
}

void note_method(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  const auto method = known_text(build.pool, properties["HttpMethod"]);
  const auto path = path_of_resource(build, properties["ResourceId"], 0);
  const Node api = properties["RestApiId"];
  if (method && path && api)
    note_route(build, api.value(), *method, *path, true,
               {.resource = id,
                .when = build.resource(id).exists,
                .where = properties["HttpMethod"].where()});
}

void note_key(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  const auto key = known_text(build.pool, properties["RouteKey"]);
  const Node api = properties["ApiId"];
  if (!key || !api) return;
  std::size_t blank = key->find(' ');
  if (blank != key->npos && key->find('/') != blank + 1) blank = key->npos;  // of a WebSocket API
  const std::string_view words = *key;
  note_route(
      build, api.value(), blank == key->npos ? "" : words.substr(0, blank),
      blank == key->npos ? words : words.substr(blank + 1), false,
      {.resource = id, .when = build.resource(id).exists, .where = properties["RouteKey"].where()});
}

}  // namespace

void judge_routes(LinkContext& build) {
  for (std::uint32_t i = 0; i < build.drafts.size(); ++i) {
    const ResourceId id{i};
    if (build.drafts[i].declaration == nullptr || build.superseded(id)) continue;
    const auto dialect =
        static_cast<TemplateDialect>(build.stacks.scopes[build.resource(id).scope].dialect);
    if (dialect == TemplateDialect::CdkProgram || dialect == TemplateDialect::Chalice) continue;
    // Terraform's integration of a method is a part of that.
    const std::string_view type = build.pool[build.resource(id).native_type];
    if (type == "AWS::Serverless::Function") note_sam_routes(build, id);
    if (type == "AWS::ApiGateway::Method" || type == "aws_api_gateway_method")
      note_method(build, id);
    if (type == "AWS::ApiGatewayV2::Route" || type == "aws_apigatewayv2_route") note_key(build, id);
  }
}

}  // namespace fnlint::stacks
