#include "core/text.h"
#include "link/serverless/serverless_inputs.h"
#include "link/serverless/serverless_names.h"
#include "link/serverless/serverless_service.h"
#include "link/stacks/api_routes.h"
#include "link/stacks/stack_faults.h"
#include "link/stacks/stack_properties.h"
#include "values/whole_text.h"

#include <algorithm>
#include <array>

// What the framework makes of events that are requests: REST, HTTP and WebSocket APIs, load
// balancers, distributions.
namespace fnlint::stacks {

namespace {

// An API that the framework makes, and where a service says that it has one already.
struct ApiForm {
  ServerlessForm form{};
  std::string_view id, type, existing;
};
constexpr std::array<ApiForm, 4> kApis{
    {{ServerlessForm::RestApi, "ApiGatewayRestApi", "AWS::ApiGateway::RestApi",
      "apiGateway.restApiId"},
     {ServerlessForm::HttpApi, "HttpApi", "AWS::ApiGatewayV2::Api", "httpApi.id"},
     {ServerlessForm::Websocket, "WebsocketsApi", "AWS::ApiGatewayV2::Api",
      "apiGateway.websocketApiId"},
     {ServerlessForm::Distribution, "CloudFrontDistribution", "AWS::CloudFront::Distribution",
      ""}}};

const ApiForm& api_form(ServerlessForm form) {
  return *std::ranges::find(kApis, form, &ApiForm::form);
}

Node existing_api(const Service& service, const ApiForm& form) {
  return form.existing.empty() ? Node{} : at_path(service.provider, form.existing);
}

// The API that an event's routes belong to, at `path`.
void set_api(const LinkContext& build, const Service& service, const ServiceEvent& event,
             std::string_view path, MadeProperties& made) {
  const ApiForm& form = api_form(event.form.form);
  if (const Node existing = existing_api(service, form)) {
    made.copy(path, existing, cat("provider.", form.existing));
    return;
  }
  const ResourceId api = made_resource(build, service, form.id);
  if (api.exists()) made.put(path, build.pool.reference(api, ""), event.node.where());
}

struct Endpoint {
  std::string method = {}, path = {};
};

// "GET /users" or {method: get, path: /users}.
Endpoint endpoint_of(ValuePool& pool, const ServiceEvent& event) {
  const auto text = [&](const Node& node) {
    return node ? whole_words(pool, node.value()) : std::string();
  };
  Endpoint endpoint{text(event.node["method"]), text(event.node["path"])};
  if (!event.node.has_children()) {
    const std::string whole = text(event.node);
    const std::size_t blank = whole.find(' ');
    endpoint.method = blank == whole.npos ? std::string() : whole.substr(0, blank);
    endpoint.path = blank == whole.npos ? whole : std::string(trim(whole.substr(blank)));
  }
  if (endpoint.method == "*") endpoint.method = "any";
  return endpoint;
}

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

Span place_of(const ServiceEvent& event) {
  return event.node.has_children() && event.node["path"] ? event.node["path"].where()
                                                         : event.node.where();
}

// The function that authorizes requests: by its key, its ARN, or in a map.
Node authorizer_of(const Node& authorizer) {
  if (!authorizer.has_children()) return authorizer;
  for (const std::string_view key : {"arn", "name"})
    if (const Node named = authorizer[key]) return named;
  return {};
}

// How API Gateway calls what authorizes requests: a function is a custom one.
std::string authorization_of(const Node& authorizer) {
  constexpr std::array<std::string_view, 4> kKinds{"AWS_IAM", "COGNITO_USER_POOLS", "JWT", "NONE"};
  const Node kind = authorizer.has_children() ? authorizer["type"] : authorizer;
  const std::string word = upper(std::string(kind.text()));
  if (std::ranges::find(kKinds, word) != kKinds.end()) return word;
  const Node named = authorizer_of(authorizer);
  const bool is_pool = named && named.text().find(":cognito-idp:") != std::string_view::npos;
  return is_pool ? "COGNITO_USER_POOLS" : "CUSTOM";
}

// `http: ${file(routes.yml):list}`: nobody knows what it says.
bool is_not_read(ValuePool& pool, const Node& node) {
  return !node.has_children() && is_unsaid(pool, node.value());
}

// What a caller of the method or route has to show: a token, a signature, a key.
void set_authorization(ValuePool& pool, const ServiceEvent& event, MadeProperties& made) {
  if (is_not_read(pool, event.node)) {
    made.put("AuthorizationType", pool.unknown("a part of what is not known"), event.node.where());
    return made.put("ApiKeyRequired", pool.unknown("a part of what is not known"),
                    event.node.where());
  }
  if (const Node authorizer = event.node["authorizer"];
      authorizer && !pool.is(authorizer.value(), ValueKind::Null))
    made.put("AuthorizationType",
             is_not_read(pool, authorizer) ? pool.unknown("the authorizer cannot be determined")
                                           : pool.text_value(authorization_of(authorizer)),
             authorizer.where());
  if (event.form.form == ServerlessForm::RestApi)
    made.copy("ApiKeyRequired", event.node["private"], "http.private");
}

// Who authorizes requests may be invoked for that.
void permit_authorizer(LinkContext& build, Service& service, std::string_view name,
                       const Node& function) {
  const ResourceId permission =
      declare_made(build, service, cat(normal_name(name), "AuthorizerLambdaPermission"),
                   "AWS::Lambda::Permission", function.key(), function.where());
  MadeProperties made(build.pool);
  made.put("FunctionName", function_value(build.pool, service, function), function.where());
  made.put("Action", build.pool.text_value("lambda:InvokeFunction"), function.where());
  made.put("Principal", build.pool.text_value("apigateway.amazonaws.com"), function.where());
  set_made(build, service, permission, std::move(made));
}

void compile_authorizer(LinkContext& build, Service& service, const ServiceEvent& event,
                        std::string_view suffix, std::string_view type) {
  const Node authorizer = event.node["authorizer"];
  const Node named = authorizer_of(authorizer);
  if (!named || authorization_of(authorizer) != "CUSTOM") return;
  const Node name = authorizer["name"] ? authorizer["name"] : named;
  const std::string_view words = name.text().substr(name.text().rfind(':') + 1);
  const ResourceId resource = declare_made(build, service, cat(normal_name(words), suffix), type,
                                           authorizer.key(), authorizer.where());
  MadeProperties made(build.pool);
  set_api(build, service, event, event.form.form == ServerlessForm::RestApi ? "RestApiId" : "ApiId",
          made);
  made.put("AuthorizerUri", function_value(build.pool, service, named), named.where());
  set_made(build, service, resource, std::move(made));
  permit_authorizer(build, service, words, named);
}

// As API Gateway calls it: "lambda" maps requests by templates, and some lead elsewhere. Empty: it
// is not known.
std::string integration_of(ValuePool& pool, const Node& node) {
  if (!node) return "AWS_PROXY";
  std::string text = upper(std::string(as_text(pool, node.value()).value_or("")));
  std::ranges::replace(text, '-', '_');
  if (text == "LAMBDA") return "AWS";
  return text == "LAMBDA_PROXY" ? "AWS_PROXY" : text;
}

// The route of an event, unless the method or path is not known.
void note_event_route(LinkContext& build, const ServiceEvent& event, const Endpoint& endpoint,
                      bool rest) {
  const auto is_text = [&](const Node& node) {
    return node && as_text(build.pool, node.value()).has_value();
  };
  const bool known = event.node.has_children()
                         ? is_text(event.node["path"]) && is_text(event.node["method"])
                         : is_text(event.node);
  const ResourceId function = event.function.function;
  if (event.node["path"] && !event.node["method"] && !event.node[kRest] &&
      as_text(build.pool, event.node["path"].value()) != "*" && function.exists())
    add_fault(build, {.kind = TemplateFaultKind::Refused,
                      .uncertainty = build.pool.always(event.node.when()) ? std::uint8_t{0}
                                                                       : std::uint8_t{kConditional},
                      .resource = function,
                      .what = "an event has a path and no method, which the framework refuses",
                      .where = event.node["path"].where()});
  const ApiForm& form = api_form(event.form.form);
  if (known && function.exists())
    note_route(build, build.pool.text_value(cat(build.draft(function).scope.index, ' ', form.id)),
               endpoint.method, endpoint.path, rest,
               {.resource = function, .when = event.node.when(), .where = event.node.where()});
}

void compile_rest(LinkContext& build, Service& service, const ServiceEvent& event) {
  const Endpoint endpoint = endpoint_of(build.pool, event);
  note_event_route(build, event, endpoint, true);
  const ResourceId method = declare_made(
      build, service,
      cat("ApiGatewayMethod", normal_path_name(endpoint.path), normal_method(endpoint.method)),
      "AWS::ApiGateway::Method", event.node.key(), event.node.where());
  MadeProperties made(build.pool);
  set_api(build, service, event, "RestApiId", made);
  made.put("HttpMethod",
           is_not_read(build.pool, event.node)
               ? build.pool.unknown("the method cannot be determined")
               : build.pool.text_value(upper(endpoint.method)),
           event.node.where());
  const std::string integration = integration_of(build.pool, event.node["integration"]);
  made.put("Integration.Type",
           integration.empty() ? build.pool.unknown("the integration cannot be determined")
                               : build.pool.text_value(integration),
           place_of(event));
  if (integration != "MOCK" && !integration.starts_with("HTTP"))
    made.put("Integration.Uri", target_of(build.pool, event.function), place_of(event));
  if (const Node response = event.node["response"])
    made.put("Integration.IntegrationResponses",
             build.pool.unknown("the framework makes them of the response's settings"),
             response.where());
  set_authorization(build.pool, event, made);
  set_made(build, service, method, std::move(made));
  compile_authorizer(build, service, event, "ApiGatewayAuthorizer", "AWS::ApiGateway::Authorizer");
}

// In which form the events come: the function's word goes before the provider's.
void set_payload(LinkContext& build, Service& service, const ServiceEvent& event,
                 MadeProperties& made) {
  constexpr std::string_view kPath = "PayloadFormatVersion";
  const Node options = service.provider["httpApi"];
  for (const Node& said : {at_path(event.function.body, "httpApi.payload"), options["payload"]})
    if (said) return made.copy(kPath, said, "httpApi.payload");
  const bool is_unread = options && !options.has_children();
  const bool is_old = framework_major(build, service) == 1;
  made.put_default(kPath,
                   is_unread ? build.pool.unknown("the options of the HTTP API are not known")
                             : build.pool.text_value(is_old ? "1.0" : "2.0"),
                   place_of(event));
}

void compile_http(LinkContext& build, Service& service, const ServiceEvent& event) {
  const Endpoint endpoint = endpoint_of(build.pool, event);
  note_event_route(build, event, endpoint, false);
  const ResourceId integration =
      declare_made(build, service, cat("HttpApiIntegration", event.function.id),
                   "AWS::ApiGatewayV2::Integration", event.node.key(), event.node.where());
  if (!build.draft(integration).properties) {
    MadeProperties made(build.pool);
    set_api(build, service, event, "ApiId", made);
    made.put("IntegrationType", build.pool.text_value("AWS_PROXY"), place_of(event));
    made.put("IntegrationUri", target_of(build.pool, event.function), place_of(event));
    set_payload(build, service, event, made);
    set_made(build, service, integration, std::move(made));
  }
  const bool any = endpoint.path == "*";
  const std::string key = any ? "*" : cat(upper(endpoint.method), " ", endpoint.path);
  const ResourceId route = declare_made(
      build, service, any ? "HttpApiRouteDefault" : cat("HttpApiRoute", normal_path_name(key)),
      "AWS::ApiGatewayV2::Route", event.node.key(), event.node.where());
  MadeProperties made(build.pool);
  set_api(build, service, event, "ApiId", made);
  made.put("RouteKey",
           is_not_read(build.pool, event.node)
               ? build.pool.unknown("the route cannot be determined")
               : build.pool.text_value(any ? "$default" : key),
           event.node.where());
  made.put("Target", build.pool.reference(integration, ""), event.node.where());
  set_authorization(build.pool, event, made);
  set_made(build, service, route, std::move(made));
}

void compile_websocket(LinkContext& build, Service& service, const ServiceEvent& event) {
  const Node key = event["route"];
  const ResourceId integration =
      declare_made(build, service, cat(event.function.id, "WebsocketsIntegration"),
                   "AWS::ApiGatewayV2::Integration", event.node.key(), event.node.where());
  if (!build.draft(integration).properties) {
    MadeProperties made(build.pool);
    set_api(build, service, event, "ApiId", made);
    made.put("IntegrationUri", target_of(build.pool, event.function),
             key ? key.where() : event.node.where());
    set_made(build, service, integration, std::move(made));
  }
  const ResourceId route =
      declare_made(build, service, cat(normal_route(key.text()), "WebsocketsRoute"),
                   "AWS::ApiGatewayV2::Route", event.node.key(), event.node.where());
  MadeProperties made(build.pool);
  set_api(build, service, event, "ApiId", made);
  made.copy("RouteKey", key, "websocket.route");
  made.put("Target", build.pool.reference(integration, ""), event.node.where());
  set_authorization(build.pool, event, made);
  set_made(build, service, route, std::move(made));
  compile_authorizer(build, service, event, "WebsocketsAuthorizer",
                     "AWS::ApiGatewayV2::Authorizer");
}

void compile_load_balancer(LinkContext& build, Service& service, const ServiceEvent& event) {
  const ResourceId group =
      declare_made(build, service, cat(event.function.id, "AlbTargetGroup", event.number),
                   "AWS::ElasticLoadBalancingV2::TargetGroup", event.node.key(),
                   event.node.where());
  MadeProperties made(build.pool);
  made.put("TargetType", build.pool.text_value("lambda"), event.node.where());
  made.put("Targets.0.Id", target_of(build.pool, event.function), event.node.where());
  set_made(build, service, group, std::move(made));
}

void compile_distribution(const LinkContext& build, Service& service, const ServiceEvent& event) {
  const ResourceId distribution = made_resource(build, service, "CloudFrontDistribution");
  if (!distribution.exists()) return;
  MadeProperties& made = service.shared.try_emplace(distribution.index, build.pool).first->second;
  const std::string_view list = "DistributionConfig.CacheBehaviors";
  const std::string path = cat(list, ".", made.count(list));
  made.copy(cat(path, ".PathPattern"), event.node["pathPattern"], "cloudFront.pathPattern");
  const std::string association = cat(path, ".LambdaFunctionAssociations.0");
  made.copy(cat(association, ".EventType"), event.node["eventType"], "cloudFront.eventType");
  made.put(cat(association, ".LambdaFunctionARN"), target_of(build.pool, event.function),
           event.node.where());
}

}  // namespace

void declare_api_event(LinkContext& build, Service& service, const ServiceEvent& event) {
  const ApiForm& form = api_form(event.form.form);
  if (existing_api(service, form)) return;
  declare_made(build, service, form.id, form.type, event.node.key(), event.node.where());
}

void compile_api_event(LinkContext& build, Service& service, const ServiceEvent& event) {
  switch (event.form.form) {
    case ServerlessForm::RestApi: compile_rest(build, service, event); break;
    case ServerlessForm::HttpApi: compile_http(build, service, event); break;
    case ServerlessForm::Websocket: compile_websocket(build, service, event); break;
    case ServerlessForm::LoadBalancer: compile_load_balancer(build, service, event); break;
    case ServerlessForm::Distribution: compile_distribution(build, service, event); break;
    default: break;
  }
  const std::array parts{std::pair<std::string_view, std::string>{"function", event.function.id}};
  compile_permission(build, service, event, parts, {});
}

// What the provider says of the service's REST API: from where it is called, and by whom.
void compile_rest_api(const LinkContext& build, Service& service) {
  const ResourceId api = made_resource(build, service, api_form(ServerlessForm::RestApi).id);
  if (!api.exists()) return;
  MadeProperties& made = service.shared.try_emplace(api.index, build.pool).first->second;
  if (const Node kind = service.provider["endpointType"])
    made.put(
        "EndpointConfiguration.Types.0",
        kind.text().empty() ? kind.value() : build.pool.text_value(upper(std::string(kind.text()))),
        kind.where());
  made.copy("MinimumCompressionSize",
            at_path(service.provider, "apiGateway.minimumCompressionSize"),
            "provider.apiGateway.minimumCompressionSize");
  for (const std::string_view path : {"resourcePolicy", "apiGateway.resourcePolicy"})
    made.copy("Policy.Statement", at_path(service.provider, path), cat("provider.", path));
}

// `cors: true` allows everybody everything; a map does where it says nothing else.
void put_cors(ValuePool& pool, const Node& cors, std::string_view path, std::string_view native,
              MadeProperties& made) {
  if (!cors.exists() || cors.text() == "false") return;
  const ValueId all = pool.text_value("*");
  const ValueId everybody = pool.list({&all, 1});
  for (const auto& [part, key, open] :
       {std::tuple{"AllowOrigins", "allowedOrigins", true},
        std::tuple{"AllowMethods", "allowedMethods", true},
        std::tuple{"AllowHeaders", "allowedHeaders", false},
        std::tuple{"AllowCredentials", "allowCredentials", false},
        std::tuple{"ExposeHeaders", "exposedResponseHeaders", false},
        std::tuple{"MaxAge", "maxAge", false}})
    if (const Node given = cors[key])
      made.copy(cat(path, '.', part), given, cat(native, '.', key));
    else if (open)
      made.put(cat(path, '.', part), everybody, cors.key());
}

// What the provider says of the service's HTTP API: functions that authorize its requests.
void compile_apis(LinkContext& build, Service& service) {
  compile_rest_api(build, service);
  const Node options = service.provider["httpApi"];
  const ResourceId api = made_resource(build, service, "HttpApi");
  if (api.exists())
    put_cors(build.pool, options["cors"], "CorsConfiguration", "provider.httpApi.cors",
             service.shared.try_emplace(api.index, build.pool).first->second);
  for (const Node& authorizer : options["authorizers"].children()) {
    Node function = authorizer["functionName"];
    if (!function) function = authorizer["functionArn"];
    if (!function) continue;
    const ResourceId resource = declare_made(
        build, service, cat("HttpApiAuthorizer", normal_name(authorizer.name())),
        "AWS::ApiGatewayV2::Authorizer", authorizer.key(), authorizer.where());
    MadeProperties made(build.pool);
    if (api.exists()) made.put("ApiId", build.pool.reference(api, ""), authorizer.key());
    made.put("AuthorizerUri", function_value(build.pool, service, function), function.where());
    set_made(build, service, resource, std::move(made));
    permit_authorizer(build, service, authorizer.name(), function);
  }
}

}  // namespace fnlint::stacks
