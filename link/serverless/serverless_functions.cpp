#include "core/text.h"
#include "link/serverless/serverless_names.h"
#include "link/serverless/serverless_service.h"
#include "link/stacks/stack_properties.h"
#include "values/properties.h"

#include <algorithm>
#include <array>

// Properties of functions and layers, and what belongs to one function: its alias, URL, scaling,
// log group.
namespace fnlint::stacks {

namespace {

// What nobody knows and may hold the setting of that path: `vpc: ${file(network.yml)}`.
Node unread_above(const ValuePool& pool, Node node, std::string_view path) {
  bool below = false;
  for (const std::string_view part : split(path, '.')) {
    const Node next = node ? node[part] : Node{};
    if (!next) break;
    node = next;
    below = true;
  }
  if (!below || node.has_children()) return {};
  return is_unsaid(pool, node.value()) ? node : Node{};
}

// The properties that the table knows.
void copy_table(ValuePool& pool, const Service& service, const Node& body,
                std::span<const ServerlessProperty> table, Span place, MadeProperties& made) {
  for (const ServerlessProperty& row : table) {
    const Node own = at_path(body, row.property);
    const Node general =
        row.provider.empty() ? Node{} : at_path(service.provider, row.provider);
    const bool merged = row.merge && own.has_children() && general.has_children();
    if (merged) {
      // The function's own first, as they stand; then what only the provider has.
      made.copy(row.path, own, row.property);
      for (const Node& one : general.children())
        if (!own[one.name()])
          made.copy_below(row.path, one, cat("provider.", row.provider, ".", one.name()));
    } else if (own) {
      made.copy(row.path, own, row.property);
    } else if (const Node unread = unread_above(pool, body, row.property)) {
      made.put(row.path, pool.unknown("a part of what is not known"), unread.where());
    } else if (general) {
      made.copy(row.path, general, cat("provider.", row.provider), true);
    } else if (const Node of_all = unread_above(pool, service.provider, row.provider)) {
      made.put(row.path, pool.unknown("a part of what is not known"), of_all.where());
      made.inherit(row.path);
    } else if (!row.fallback.empty()) {
      made.put_default(row.path, pool.number(row.fallback), place);
    }
  }
}

// Variables that plugins add. Where no list says which, a name that does not stand here may be set.
void add_environment_of_plugins(LinkContext& build, const Service& service, Span place,
                                MadeProperties& made) {
  for (const std::string& plugin : service.plugins) {
    const ServerlessPlugin* row = find_serverless_plugin(plugin);
    if (row != nullptr && !row->environment) continue;
    const Followed only = row == nullptr || row->only.empty()
                              ? Followed{}
                              : service_path(build, service.scope, row->only);
    const ValueId names = value_at(build, service.scope, only);
    if (!build.pool.is(names, ValueKind::List)) {
      if (!made.has(kEnvironmentVariables))
        made.put(kEnvironmentVariables, build.pool.record({}), place);
      made.rest_on(kEnvironmentVariables, kUncertain);
      continue;
    }
    const Span list = only.written.exists() ? build.span(only.written) : place;
    for (const ValueId name : build.pool.operands(names)) {
      const auto text = as_text(build.pool, name);
      if (!text || made.has(cat(kEnvironmentVariables, ".", *text))) continue;
      made.put(cat(kEnvironmentVariables, ".", *text),
               build.pool.unknown("a plugin gives the value"), list);
      made.inherit(cat(kEnvironmentVariables, ".", *text));
    }
  }
}

// The name that the function has in AWS.
void name_function(LinkContext& build, const Service& service, const ServiceFunction& function,
                   MadeProperties& made) {
  if (const Node name = function.body["name"]) {
    made.copy("FunctionName", name, "name");
    return;
  }
  ValuePool& pool = build.pool;
  const ValueId dash = pool.text_value("-");
  const std::array parts{service_name(build, service.scope), dash, stage_of(build, service.scope),
                         dash, pool.text_value(function.entry.name)};
  made.put("FunctionName", pool.concat(parts), function.entry.key);
}

// A role: an ARN, a logical id, or a function of CloudFormation.
void set_role(LinkContext& build, const Service& service, const ServiceFunction& function,
              MadeProperties& made) {
  ValuePool& pool = build.pool;
  Node role = function.body["role"];
  if (!role && function.role.exists()) {
    made.put("Role", pool.reference(function.role, "Arn"), build.resource(function.role).name);
    return;
  }
  const bool own = role.exists();
  if (!role) role = service.provider["role"];
  if (!role) role = at_path(service.provider, "iam.role");
  if (!role || (role.has_children() && !own)) {
    if (service.role.exists())
      made.put("Role", pool.reference(service.role, "Arn"), function.entry.key);
    return;
  }
  const auto text = as_text(pool, role.value());
  const ResourceId named =
      text ? made_resource(build, service, *text) : ResourceId{};
  if (named.exists())
    made.put("Role", pool.reference(named, "Arn"), role.where());
  else
    made.copy("Role", role, own ? "role" : "provider.role", !own);
}

void set_network(ValuePool& pool, const ServiceFunction& function, MadeProperties& made) {
  const Node own = function.body["vpc"];
  const bool off = own && !own.has_children() && as_text(pool, own.value()) == "false";
  // The framework leaves out a configuration that has not both.
  const bool whole = made.has("VpcConfig.SecurityGroupIds") && made.has("VpcConfig.SubnetIds");
  if (made.has("VpcConfig") && (off || !whole)) made.remove("VpcConfig");
}

void set_image(ValuePool& pool, const Service& service, const ServiceFunction& function,
               MadeProperties& made) {
  const Node image = function.body["image"];
  if (!image) return;
  made.put("PackageType", pool.text_value("Image"), image.where());
  made.remove("Runtime");
  Node uri = image.has_children() ? image["uri"] : image;
  const Node name = image.has_children() ? image["name"] : image;
  const Node images = at_path(service.provider, "ecr.images");
  const auto text = name ? as_text(pool, name.value()) : std::nullopt;
  if (text)
    if (const Node known = images[*text]) uri = known["uri"] ? known["uri"] : known;
  if (uri) made.put("Code.ImageUri", uri.value(), uri.where());
}

void set_tags(const Service& service, const ServiceFunction& function, ValuePool& pool,
              MadeProperties& made) {
  for (const Node& tags : {service.provider["tags"], function.body["tags"]})
    if (tags && !pool.is(tags.value(), ValueKind::Record)) {
      made.put("Tags", pool.unknown("the tags are not known"), tags.where());
      return;
    }
  std::size_t count = 0;
  const auto add = [&](const Node& tag) {
    const std::string path = cat("Tags.", count++);
    made.put(cat(path, ".Key"), pool.text_value(tag.name()), tag.key());
    made.copy(cat(path, ".Value"), tag);
  };
  const Node own = function.body["tags"];
  for (const Node& tag : service.provider["tags"].children())
    if (!own[tag.name()]) add(tag);
  for (const Node& tag : own.children()) add(tag);
}

void set_rest(ValuePool& pool, const Service& service, const ServiceFunction& function,
              MadeProperties& made) {
  Node tracing = function.body["tracing"];
  if (!tracing) tracing = at_path(service.provider, "tracing.lambda");
  const auto mode = tracing ? as_text(pool, tracing.value()) : std::nullopt;
  if (mode == "true")
    made.put("TracingConfig.Mode", pool.text_value("Active"), tracing.where());
  else if (tracing && mode != "false")
    made.copy("TracingConfig.Mode", tracing, "tracing");
  const Node snap_start = function.body["snapStart"];
  if (snap_start && as_text(pool, snap_start.value()) != "false")
    made.put("SnapStart.ApplyOn", pool.text_value("PublishedVersions"), snap_start.where());
}

// provisionedConcurrency: a number, or a map with it.
Node provisioned(const ServiceFunction& function) {
  const Node amount = function.body["provisionedConcurrency"];
  return amount.has_children() ? amount["executions"] : amount;
}

void compile_alias(LinkContext& build, Service& service, const ServiceFunction& function) {
  if (!function.alias.exists()) return;
  ValuePool& pool = build.pool;
  const Node amount = provisioned(function);
  const Span where = build.resource(function.alias).name;
  MadeProperties made(pool);
  const ValueId name = pool.text_value(amount ? "provisioned" : "snapstart");
  made.put("Name", name, where);
  made.put("FunctionName", pool.reference(function.function, ""), where);
  if (function.version.exists())
    made.put("FunctionVersion", pool.reference(function.version, "Version"), where);
  made.copy("ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions", amount,
            "provisionedConcurrency");
  set_made(build, service, function.alias, std::move(made));
}

// serverless-provisioned-concurrency-autoscaling.
void compile_scaling(LinkContext& build, Service& service, const ServiceFunction& function) {
  if (!function.scaling.exists()) return;
  constexpr std::int64_t kLeast = 1, kMost = 10;  // the plugin's defaults
  ValuePool& pool = build.pool;
  const Node options = function.body["concurrencyAutoscaling"];
  MadeProperties made(pool);
  made.put("ServiceNamespace", pool.text_value("lambda"), options.where());
  made.put("ScalableDimension", pool.text_value("lambda:function:ProvisionedConcurrency"),
           options.where());
  const std::array parts{pool.text_value("function:"),
                         build.resource(function.function).physical_name,
                         pool.text_value(":provisioned")};
  made.put("ResourceId", pool.concat(parts), options.where());
  for (const auto& [path, key, fallback] :
       {std::tuple{"MinCapacity", "minimum", kLeast}, std::tuple{"MaxCapacity", "maximum", kMost}})
    if (const Node given = options[key])
      made.copy(path, given, cat("concurrencyAutoscaling.", key));
    else
      made.put(path, pool.number(fallback), options.where());
  set_made(build, service, function.scaling, std::move(made));
}

void compile_url(LinkContext& build, Service& service, const ServiceFunction& function) {
  if (!function.url.exists()) return;
  const Node url = function.body["url"];
  MadeProperties made(build.pool);
  made.put("TargetFunctionArn", target_of(build.pool, function), url.where());
  const bool signs = url["authorizer"].text() == "aws_iam";
  made.put("AuthType", build.pool.text_value(signs ? "AWS_IAM" : "NONE"),
           url["authorizer"] ? url["authorizer"].where() : url.key());
  made.copy("InvokeMode", url["invokeMode"], "url.invokeMode");
  put_cors(build.pool, url["cors"], "Cors", "url.cors", made);
  set_made(build, service, function.url, std::move(made));
  if (signs) return;
  const ResourceId permission =
      declare_made(build, service, cat(function.id, "LambdaPermissionFnUrl"),
                   "AWS::Lambda::Permission", url.key(), url.where());
  MadeProperties allowed(build.pool);
  allowed.put("FunctionName", target_of(build.pool, function), url.where());
  allowed.put("Action", build.pool.text_value("lambda:InvokeFunctionUrl"), url.where());
  allowed.put("Principal", build.pool.text_value("*"), url.where());
  allowed.put("FunctionUrlAuthType", build.pool.text_value("NONE"), url.where());
  set_made(build, service, permission, std::move(allowed));
}

void compile_invoke_config(LinkContext& build, Service& service, const ServiceFunction& function) {
  if (!function.invoke_config.exists()) return;
  ValuePool& pool = build.pool;
  const Span where = build.resource(function.invoke_config).name;
  MadeProperties made(pool);
  made.put("FunctionName", pool.reference(function.function, ""), where);
  const auto alias = function.alias.exists()
                         ? as_text(pool, build.resource(function.alias).physical_name)
                         : std::nullopt;
  made.put("Qualifier", pool.text_value(alias.value_or("$LATEST")), where);
  made.copy("MaximumEventAgeInSeconds", function.body["maximumEventAge"], "maximumEventAge");
  made.copy("MaximumRetryAttempts", function.body["maximumRetryAttempts"], "maximumRetryAttempts");
  for (const auto& [key, path] :
       {std::pair{"onSuccess", "DestinationConfig.OnSuccess.Destination"},
        std::pair{"onFailure", "DestinationConfig.OnFailure.Destination"}}) {
    const Node target = function.body["destinations"][key];
    if (!target) continue;
    const Node arn = target["arn"];
    made.put(path, arn ? arn.value() : function_value(build.pool, service, target),
             arn ? arn.where() : target.where());
  }
  set_made(build, service, function.invoke_config, std::move(made));
}

void compile_log_group(LinkContext& build, Service& service, const ServiceFunction& function) {
  if (!function.log_group.exists()) return;
  ValuePool& pool = build.pool;
  MadeProperties made(pool);
  made.put("LogGroupName",
           pool.concat(std::array{pool.text_value("/aws/lambda/"),
                                  build.resource(function.function).physical_name}),
           function.entry.key);
  Node days = function.body["logRetentionInDays"];
  if (!days) days = service.provider["logRetentionInDays"];
  made.copy("RetentionInDays", days, "logRetentionInDays");
  set_made(build, service, function.log_group, std::move(made));
}

}  // namespace

ValueId target_of(ValuePool& pool, const ServiceFunction& function) {
  return function.alias.exists() ? pool.reference(function.alias, "")
                                 : pool.reference(function.function, "Arn");
}

ValueId function_value(ValuePool& pool, const Service& service, const Node& node) {
  const auto text = as_text(pool, node.value());
  const ServiceFunction* named = text ? function_named(service, *text) : nullptr;
  return named != nullptr ? target_of(pool, *named) : node.value();
}

void compile_function(LinkContext& build, Service& service, ServiceFunction& function) {
  MadeProperties made(build.pool);
  const Span place = function.entry.key;
  name_function(build, service, function, made);
  // Others ask for the name while this function's own resources are made.
  build.resource(function.function).physical_name = made.value("FunctionName");
  if (function.alias.exists())
    build.resource(function.alias).physical_name =
        build.pool.text_value(provisioned(function) ? "provisioned" : "snapstart");
  copy_table(build.pool, service, function.body, serverless_function_properties(), place, made);
  add_environment_of_plugins(build, service, place, made);
  set_role(build, service, function, made);
  set_network(build.pool, function, made);
  set_image(build.pool, service, function, made);
  set_tags(service, function, build.pool, made);
  set_rest(build.pool, service, function, made);
  set_made(build, service, function.function, std::move(made));
  if (function.version.exists()) {
    MadeProperties version(build.pool);
    version.put("FunctionName", build.pool.reference(function.function, ""), place);
    set_made(build, service, function.version, std::move(version));
  }
  compile_alias(build, service, function);
  compile_scaling(build, service, function);
  compile_url(build, service, function);
  compile_invoke_config(build, service, function);
  compile_log_group(build, service, function);
}

void compile_layer(LinkContext& build, Service& service, ServiceLayer& layer) {
  MadeProperties made(build.pool);
  if (const Node name = layer.body["name"])
    made.copy("LayerName", name, "name");
  else
    made.put("LayerName", build.pool.text_value(layer.entry.name), layer.entry.key);
  copy_table(build.pool, service, layer.body, serverless_layer_properties(), layer.entry.key, made);
  set_made(build, service, layer.layer, std::move(made));
}

}  // namespace fnlint::stacks
