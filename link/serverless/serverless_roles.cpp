#include "core/text.h"
#include "link/serverless/serverless_names.h"
#include "link/serverless/serverless_service.h"
#include "link/stacks/arn.h"
#include "link/stacks/roles.h"
#include "link/stacks/stack_properties.h"
#include "tables/known.h"

#include <algorithm>
#include <array>

// The roles that the framework makes, of what a service, its events and its plugins ask for.
namespace fnlint::stacks {

namespace {

// Writes the statements of a role's one policy.
class Policy {
 public:
  Policy(LinkContext& build, MadeProperties& made) : build_(build), made_(made) {}

  // A list of statements that the service writes, or what stands in its place.
  void written(const Node& statements, std::string_view native) {
    if (!statements) return;
    if (!statements.has_children()) {
      if (!build_.pool.is(statements.value(), ValueKind::List))
        made_.copy(next(), statements, native);
      return;
    }
    for (const Node& statement : statements.children()) made_.copy(next(), statement, native);
  }
  void known(std::span<const KnownStatement> statements, Span where,
             const std::function<ValueId(std::string_view)>& fill) {
    for (const KnownStatement& statement : statements) {
      const std::string path = next();
      made_.put(cat(path, ".Effect"), build_.pool.text_value("Allow"), where);
      for (std::size_t i = 0; i < statement.actions.size(); ++i)
        made_.put(cat(path, ".Action.", i), build_.pool.text_value(statement.actions[i]), where);
      for (std::size_t i = 0; i < statement.resources.size(); ++i)
        made_.put(cat(path, ".Resource.", i),
                  filled_pattern(build_.pool, statement.resources[i],
                                 [&](std::string_view name) {
                                   return name.starts_with("AWS::")
                                              ? pseudo_fill(build_.pool, name)
                                              : fill(name);
                                 }),
                  where);
    }
  }
  void allow(std::string_view action, ValueId resource, Span where) {
    const std::string path = next();
    made_.put(cat(path, ".Effect"), build_.pool.text_value("Allow"), where);
    made_.put(cat(path, ".Action"), build_.pool.text_value(action), where);
    made_.put(cat(path, ".Resource"), resource, where);
  }

 private:
  std::string next() {
    return cat("Policies.0.PolicyDocument.Statement.",
               made_.count("Policies.0.PolicyDocument.Statement"));
  }

  LinkContext& build_;
  MadeProperties& made_;
};

void allow_destination(ValuePool& pool, const Service& service, const Node& target,
                       Policy& policy) {
  if (!target) return;
  const Node arn = target["arn"];
  const Node node = arn ? arn : target;
  const ValueId value = arn ? arn.value() : function_value(pool, service, target);
  for (const auto& [type, part, action] : known::role_destinations()) {
    const bool typed = target["type"].text() == type;
    const bool named = node.text().find(part) != std::string_view::npos;
    if (typed || named || (type == "function" && !arn && value != node.value()))
      policy.allow(action, value, node.where());
  }
}

// What the framework lets a function do because of its configuration.
void allow_function(ValuePool& pool, const Service& service, const ServiceFunction& function,
                    Policy& policy) {
  const Node& body = function.body;
  Node tracing = body["tracing"];
  if (!tracing) tracing = at_path(service.provider, "tracing.lambda");
  const ValueId any = pool.text_value("*");
  if (tracing && as_text(pool, tracing.value()) != "false") {
    policy.allow("xray:PutTraceSegments", any, tracing.where());
    policy.allow("xray:PutTelemetryRecords", any, tracing.where());
  }
  if (const Node topic = body["onError"]; !topic.text().empty())
    policy.allow("sns:Publish", topic.value(), topic.where());
  for (const std::string_view name : {"onSuccess", "onFailure"})
    allow_destination(pool, service, body["destinations"][name], policy);
  for (const std::string_view action :
       {"logs:CreateLogStream", "logs:CreateLogGroup", "logs:TagResource", "logs:PutLogEvents"})
    policy.allow(action, any, function.entry.key);
}

void allow_events(ValuePool& pool, const Service& service, const ServiceFunction* only,
                  Policy& policy) {
  for_each_event(service, [&](const ServiceEvent& event) {
    if (only != nullptr && &event.function != only) return;
    if (only == nullptr && event.function.role.exists()) return;
    const auto fill = [&](std::string_view key) {
      const Node value = event[key];
      return value ? value.value() : pool.unknown(cat("the event has no ", key));
    };
    policy.known(event.form.statements, event.node.where(), fill);
    if (const Node failed = at_path(event.node, "destinations.onFailure")) {
      const Node arn = failed["arn"] ? failed["arn"] : failed;
      policy.allow("sqs:SendMessage", arn.value(), arn.where());
      policy.allow("sns:Publish", arn.value(), arn.where());
    }
  });
}

// Managed policies, and what a network needs.
void add_managed(ValuePool& pool, const Node& policies, bool network, Span where,
                 MadeProperties& made) {
  const auto next = [&] { return cat("ManagedPolicyArns.", made.count("ManagedPolicyArns")); };
  if (policies && !policies.has_children() && !pool.is(policies.value(), ValueKind::List))
    made.copy(next(), policies);
  for (const Node& policy : policies.children()) made.copy(next(), policy);
  if (network)
    made.put(
        next(),
        pool.text_value("arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"),
        where);
}

bool has_network(const Service& service, const ServiceFunction& function) {
  return function.body["vpc"].exists() || service.provider["vpc"].exists();
}

// Plugins that let functions do more than the service's statements say.
void add_of_plugins(const LinkContext& build, const Service& service, MadeProperties& made) {
  const std::string_view plugin = plugin_that_changes(service, &ServerlessPlugin::rights);
  if (plugin.empty()) return;
  const Span where = build.resource(service.role.exists() ? service.role
                                                          : service.functions.front().role)
                         .name;
  made.put(cat("ManagedPolicyArns.", made.count("ManagedPolicyArns")),
           build.pool.unknown(cat("what the plugin ", plugin, " allows")), where);
}

struct Statements {
  Node node = {};
  std::string_view native = {};
};

Statements of_provider(const Service& service) {
  if (const Node node = at_path(service.provider, "iam.role.statements"))
    return {node, "provider.iam.role.statements"};
  return {service.provider["iamRoleStatements"], "provider.iamRoleStatements"};
}

// What the plugin does where a function does not say.
std::optional<std::string_view> inherits_by_default(LinkContext& build, Service& service) {
  const Followed set =
      service_path(build, service.scope, "custom.serverless-iam-roles-per-function.defaultInherit");
  if (set.nothing()) return std::nullopt;
  return as_text(build.pool, value_at(build, service.scope, set));
}

void compile_function_role(LinkContext& build, Service& service, const ServiceFunction& function) {
  MadeProperties made(build.pool);
  Policy policy(build, made);
  Node own = function.body["iamRoleStatements"];
  Node inherit = function.body["iamRoleStatementsInherit"];
  const Node modern = at_path(function.body, "iam.role");
  if (!own) own = modern["statements"];
  if (!inherit) inherit = function.body["iam"]["inheritStatements"];
  const Statements general = of_provider(service);
  const std::optional<std::string_view> said =
      inherit ? as_text(build.pool, inherit.value()) : inherits_by_default(build, service);
  if (inherit ? said != "false" : said == "true") policy.written(general.node, general.native);
  policy.written(own, "iamRoleStatements");
  allow_function(build.pool, service, function, policy);
  allow_events(build.pool, service, &function, policy);
  add_managed(build.pool, modern["managedPolicies"], has_network(service, function),
              function.entry.key, made);
  add_of_plugins(build, service, made);
  set_made(build, service, function.role, std::move(made));
}

}  // namespace

void compile_roles(LinkContext& build, Service& service) {
  for (const ServiceFunction& function : service.functions)
    if (function.role.exists()) compile_function_role(build, service, function);
  if (!service.role.exists()) return;
  MadeProperties made(build.pool);
  Policy policy(build, made);
  const Statements statements = of_provider(service);
  policy.written(statements.node, statements.native);
  bool network = false;
  for (const ServiceFunction& function : service.functions) {
    if (function.role.exists()) continue;
    allow_function(build.pool, service, function, policy);
    network = network || has_network(service, function);
  }
  allow_events(build.pool, service, nullptr, policy);
  Node managed = at_path(service.provider, "iam.role.managedPolicies");
  if (!managed) managed = service.provider["iamManagedPolicies"];
  add_managed(build.pool, managed, network, build.resource(service.role).name, made);
  add_of_plugins(build, service, made);
  if (const Node name = at_path(service.provider, "iam.role.name"))
    made.copy("RoleName", name, "provider.iam.role.name");
  set_made(build, service, service.role, std::move(made));
}

bool is_unwritten_role(const LinkContext& build, ResourceId role) {
  if (!role.exists() || !build.drafts[role.index].compiled) return false;
  for (const auto& [scope, service] : build.serverless->by_scope) {
    if (service.role != role) continue;
    const Node managed = at_path(service.provider, "iam.role.managedPolicies");
    return !of_provider(service).node && !managed && !service.provider["iamManagedPolicies"];
  }
  return false;
}

}  // namespace fnlint::stacks
