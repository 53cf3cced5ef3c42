#include "core/text.h"
#include "link/serverless/serverless.h"
#include "link/serverless/serverless_names.h"
#include "link/serverless/serverless_service.h"
#include "link/stacks/cut_resources.h"
#include "link/stacks/dialects.h"
#include "link/stacks/stack_conditions.h"
#include "link/stacks/stack_faults.h"
#include "link/stacks/stack_properties.h"
#include "link/stacks/work_shares.h"
#include "tables/known.h"
#include "values/yes_no.h"

#include <algorithm>
#include <array>

// Rows for all that a service declares, or that the framework makes for it, and the order in which
// their properties are made.
namespace fnlint::stacks {

namespace {

// The maps of a section that is one map or a list of them.
std::vector<Followed> maps_of(LinkContext& build, ScopeId scope, std::string_view path) {
  std::vector<Followed> maps;
  const Followed section = service_path(build, scope, path);
  if (!section.written.exists()) return maps;
  if (build.expr(section.written).kind != ExprKind::List) return {section};
  for (std::size_t i = 0; i < build.operands(section.written).size(); ++i) {
    const Followed one = resolved(build, scope, build.operand(section.written, i));
    if (one.written.exists()) maps.push_back(one);
  }
  return maps;
}

// A condition's guard; nothing where it never holds.
std::optional<GuardId> guard_of_condition(LinkContext& build, ScopeId scope,
                                          const ExprClosure& name) {
  const auto text = name.exists() ? build.literal(name) : std::nullopt;
  if (!text) return GuardId{};
  const Condition condition = condition_named(build, scope, *text, build.span(name));
  if (!condition.decided) return guard_of(build.pool, condition, true);
  if (!*condition.decided) return std::nullopt;
  return GuardId{};
}

void declare_resource(LinkContext& build, Service& service, const ServiceEntry& entry) {
  if (made_resource(build, service, entry.name).exists()) {
    service.overrides[entry.name].push_back(entry);
    return;
  }
  const Followed found = resolved(build, service.scope, entry.value);
  if (!found.written.exists() || build.expr(found.written).kind != ExprKind::Record) return;
  const ExprClosure& record = found.written;
  const auto exists = guard_of_condition(build, service.scope, build.entry(record, "Condition"));
  if (!exists) {
    build[service.scope].dropped.insert(build.pool[build.pool.string(entry.name)]);
    return;
  }
  const Followed type = path_below(build, service.scope, record, "Type");
  const auto words = type.written.exists() ? build.literal(type.written) : std::nullopt;
  // Without a type it changes something that the framework makes, perhaps after all events.
  if (!words) {
    service.overrides[entry.name].push_back(entry);
    return;
  }
  Declaration& declaration = service.declarations.emplace_back();
  const ExprClosure body = build.entry(record, "Properties");
  declaration.body = body.expr;
  declaration.attributes = record.expr;
  Resource row{.exists = *exists, .name = entry.key, .where = entry.where};
  build.add_resource(
      service.scope, entry.name, *words, row,
      {.text = record.text, .declaration = &declaration, .bindings = record.bindings});
}

void declare_resources(LinkContext& build, Service& service) {
  for (const Followed& map : maps_of(build, service.scope, "resources")) {
    if (build.expr(map.written).kind != ExprKind::Record) continue;
    const Followed resources = path_below(build, service.scope, map.written, "Resources");
    for (const ServiceEntry& entry : entries_of(build, service.scope, resources))
      declare_resource(build, service, entry);
    const Followed extensions = path_below(build, service.scope, map.written, "extensions");
    for (const ServiceEntry& entry : entries_of(build, service.scope, extensions))
      service.extensions[entry.name].push_back(entry);
  }
}

bool is_given(LinkContext& build, const ServiceFunction& function, std::string_view path) {
  const Node node = at_path(function.body, path);
  return node && as_text(build.pool, node.value()) != "false";
}

// A switch of the function, else of the provider, that is on unless somebody says otherwise.
bool is_on(ValuePool& pool, const Service& service, const ServiceFunction& function,
           std::string_view own, std::string_view of_provider) {
  Node node = function.body[own];
  if (!node) node = service.provider[of_provider];
  return !node || as_text(pool, node.value()) != "false";
}

// A key that no version knows, and that is like one which is not there. Plugins add keys of their
// own, so that what is like none may be right; and one that is not known may have added it.
void judge_function_keys(LinkContext& build, const Service& service,
                         const ServiceFunction& function) {
  const auto known = known::serverless_function_keys();
  const bool may_be_added = std::ranges::any_of(service.plugins, [](const std::string& plugin) {
    return find_serverless_plugin(plugin) == nullptr;
  });
  for (const Node& child : function.body.children()) {
    const std::string_view name = child.name();
    if (name.empty() || name == kRest || is_one_of(known, name)) continue;
    const auto* const mistaken = known::row_of(known::serverless_function_mistakes(), name);
    // Of a few letters everything is near.
    constexpr std::size_t kShort = 5;
    const std::string_view close =
        name.size() < kShort
            ? std::string_view()
            : nearest(name, std::vector<std::string_view>(known.begin(), known.end()));
    // Plugins add keys of their own: a slip is of two letters at most.
    const std::string_view meant = mistaken != nullptr               ? (*mistaken)[1]
                                   : edit_distance(name, close) <= 2 ? close
                                                                     : std::string_view();
    if (meant.empty() || function.body[meant]) continue;
    add_fault(build, {.kind = TemplateFaultKind::UnknownKey,
                      .uncertainty = may_be_added ? kUncertain : kHeuristic,
                      .resource = function.function,
                      .what = cat(name, '\n', meant),
                      .where = child.key()});
  }
}

void declare_parts(LinkContext& build, Service& service, ServiceFunction& function) {
  judge_function_keys(build, service, function);
  const auto made = [&](std::string_view suffix, std::string_view type, std::string_view key) {
    const Node node = function.body[key];
    const Span name = node ? node.key() : function.entry.key;
    return declare_made(build, service, cat(function.id, suffix), type, name,
                        node ? node.where() : function.entry.where);
  };
  if (!is_given(build, function, "disableLogs"))
    function.log_group = made("LogGroup", "AWS::Logs::LogGroup", "logRetentionInDays");
  const bool provisioned = is_given(build, function, "provisionedConcurrency");
  const bool snap_start = is_given(build, function, "snapStart");
  if (is_on(build.pool, service, function, "versionFunction", "versionFunctions") || provisioned ||
      snap_start)
    function.version = made("LambdaVersion", "AWS::Lambda::Version", "versionFunction");
  if (provisioned)
    function.alias = made("ProvConcLambdaAlias", "AWS::Lambda::Alias", "provisionedConcurrency");
  else if (snap_start)
    function.alias = made("SnapStartLambdaAlias", "AWS::Lambda::Alias", "snapStart");
  if (is_given(build, function, "url"))
    function.url = made("LambdaFunctionUrl", "AWS::Lambda::Url", "url");
  for (const std::string_view key : {"destinations", "maximumEventAge", "maximumRetryAttempts"})
    if (is_given(build, function, key) && !function.invoke_config.exists())
      function.invoke_config = made("LambdaEvConf", "AWS::Lambda::EventInvokeConfig", key);
  if (is_given(build, function, "concurrencyAutoscaling"))
    function.scaling = made("ProvConcScalableTarget", "AWS::ApplicationAutoScaling::ScalableTarget",
                            "concurrencyAutoscaling");
  // The framework itself does not know the first.
  const bool by_plugin = function.body["iamRoleStatements"].exists() &&
                         !plugin_that_changes(service, &ServerlessPlugin::roles).empty();
  if (function.body["iamRoleStatements"].exists() && !by_plugin && !function.body["role"])
    add_fault(build, {.kind = TemplateFaultKind::IgnoredKey,
                      .resource = function.function,
                      .what = "iamRoleStatements",
                      .where = function.body["iamRoleStatements"].key()});
  const bool own_role = by_plugin || at_path(function.body, "iam.role.statements").exists();
  if (own_role && !function.body["role"])
    function.role =
        made("IamRoleLambdaExecution", "AWS::IAM::Role", by_plugin ? "iamRoleStatements" : "iam");
}

// Settings of `provider` that stand at the top, where nothing but a variable reads them.
void note_settings_at_top(LinkContext& build, const Service& service) {
  const TemplateFacts& facts = build.facts(service.text);
  const auto is_asked_for = [&](std::string_view key) {
    const std::string variable = cat("self:", key), inner = cat(key, '.');
    return std::ranges::any_of(facts.exprs, [&](const Expr& expr) {
      const std::string_view text = facts.string(expr.name);
      return text == key || text.starts_with(inner) || text.find(variable) != text.npos;
    });
  };
  for (const std::string_view key : known::provider_settings()) {
    const ExprClosure at = service_path(build, service.scope, key).written;
    if (!at.exists() || at.text != service.text || is_asked_for(key)) continue;
    add_fault(build, {.kind = TemplateFaultKind::IgnoredAtTop,
                      .resource = service.functions.front().function,
                      .what = std::string(key),
                      .where = build.span(at)});
  }
}

// A plugin takes it out of the service, whatever is deployed.
bool is_left_out(LinkContext& build, const Service& service, const ExprClosure& body) {
  return std::ranges::any_of(known::plugins_that_leave_out(), [&](const auto& row) {
    if (std::ranges::find(service.plugins, row[0]) == service.plugins.end()) return false;
    const ValueId kept =
        value_at(build, service.scope, path_below(build, service.scope, body, row[1]));
    return kept.exists() && is_no(build.pool, kept) &&
           (build.pool[kept].uncertainty & kOverridable) == 0;
  });
}

void declare_function(LinkContext& build, Service& service, const ServiceEntry& entry) {
  const Followed body = resolved(build, service.scope, entry.value);
  if (!body.written.exists() || build.expr(body.written).kind != ExprKind::Record) return;
  if (is_left_out(build, service, body.written)) return;
  const auto exists =
      guard_of_condition(build, service.scope, build.entry(body.written, "condition"));
  if (!exists) return;
  ServiceFunction function{.entry = entry, .id = normal_name(entry.name)};
  function.function = declare_made(build, service, cat(function.id, "LambdaFunction"),
                                   "AWS::Lambda::Function", entry.key, entry.where);
  Resource& row = build.resource(function.function);
  row.generated = false;
  row.exists = *exists;
  // Findings and messages speak of the service's own name.
  row.address = build.pool.string(entry.name);
  build.pool.name_resource(function.function, entry.name);
  service.functions.push_back(std::move(function));
}

void declare_layers(LinkContext& build, Service& service) {
  const Followed layers = service_path(build, service.scope, "layers");
  for (const ServiceEntry& entry : entries_of(build, service.scope, layers)) {
    ServiceLayer layer{.entry = entry};
    layer.layer = declare_made(build, service, cat(normal_name(entry.name), "LambdaLayer"),
                               "AWS::Lambda::LayerVersion", entry.key, entry.where);
    build.resource(layer.layer).generated = false;
    service.layers.push_back(std::move(layer));
  }
}

Node located(LinkContext& build, Service& service, const Followed& at) {
  if (!at.written.exists()) return {};
  ExprClosure written = at.written;
  written.uncertainty |= at.uncertainty;
  return locate(build, service.scope, build.attributes, written, {}, {});
}

// A section that a variable stands for, and nothing here says what it is.
bool is_unread(const LinkContext& build, const Followed& section) {
  if (!section.written.exists()) return section.unset || section.value.exists();
  const ExprKind kind = build.expr(section.written).kind;
  return kind == ExprKind::Apply || kind == ExprKind::Unknown;
}

void read_plugins(LinkContext& build, Service& service) {
  Followed plugins = service_path(build, service.scope, "plugins");
  if (plugins.written.exists() && build.expr(plugins.written).kind == ExprKind::Record)
    plugins = path_below(build, service.scope, plugins.written, "modules");
  constexpr std::string_view kUnnamed = "?";
  if (plugins.nothing() && !plugins.unset) return;
  if (!plugins.written.exists() || build.expr(plugins.written).kind != ExprKind::List) {
    service.plugins.emplace_back(kUnnamed);
    return;
  }
  for (std::size_t i = 0; i < build.operands(plugins.written).size(); ++i) {
    const Followed one = resolved(build, service.scope, build.operand(plugins.written, i));
    const auto name = one.written.exists() ? build.literal(one.written) : std::nullopt;
    service.plugins.emplace_back(name.value_or(kUnnamed));
  }
}

void declare_roles(LinkContext& build, Service& service) {
  const Node role = at_path(service.provider, "iam.role");
  const bool existing = service.provider["role"].exists() || (role && !role.has_children());
  const auto has_own = [](const ServiceFunction& function) {
    return function.role.exists() || function.body["role"].exists();
  };
  if (existing || service.functions.empty() || std::ranges::all_of(service.functions, has_own))
    return;
  const Node place = role ? role : service.provider["iamRoleStatements"];
  const Span span = place ? place.key() : service.functions.front().entry.key;
  service.role = declare_made(build, service, "IamRoleLambdaExecution", "AWS::IAM::Role", span,
                              place ? place.where() : span);
}

// Where the service names a section of its own; else where that is written.
Span key_of(const LinkContext& build, const Service& service, std::string_view name,
            const Node& section) {
  const TextId text = build[service.scope].text;
  const Slice<Operand> entries = build.expr({text, build.facts(text).fragment}).operands;
  for (std::uint32_t i = entries.first; i < entries.first + entries.count; ++i)
    if (build.facts(text).string(build.facts(text).operands[i].name) == name)
      return build.span(text, build.facts(text).operand_ranges[i]);
  return section.where();
}

// The bodies of functions are read before resources have rows: references in them are made anew.
void locate_bodies(LinkContext& build, Service& service) {
  service.followed.clear();
  service.values.clear();
  const Followed provider = service_path(build, service.scope, "provider");
  const Followed package = service_path(build, service.scope, "package");
  service.cut = service.cut || is_unread(build, provider);
  service.package_unread = is_unread(build, package);
  service.provider = located(build, service, provider);
  service.package = located(build, service, package);
  if (service.package) service.package_key = key_of(build, service, "package", service.package);
  service.build_options = located(build, service, service_path(build, service.scope, "build"));
  service.esbuild = located(build, service, service_path(build, service.scope, "custom.esbuild"));
  for (ServiceFunction& function : service.functions)
    function.body = located(build, service, resolved(build, service.scope, function.entry.value));
  for (ServiceLayer& layer : service.layers)
    layer.body = located(build, service, resolved(build, service.scope, layer.entry.value));
}

}  // namespace

ResourceId made_resource(const LinkContext& build, const Service& service, std::string_view id) {
  const auto& resources = build.scopes[service.scope.index].resources;
  const auto found = resources.find(id);
  return found != resources.end() ? found->second : ResourceId{};
}

ResourceId declare_made(LinkContext& build, Service& service, std::string_view id,
                        std::string_view type, Span name, Span where) {
  const Resource row{.generated = true, .name = name, .where = where};
  const ResourceId made =
      build.add_resource(service.scope, id, type, row, {.text = service.text, .compiled = true});
  return made;
}

void set_made(LinkContext& build, Service& service, ResourceId resource,
              MadeProperties properties) {
  const auto id_of = [&](const auto& entry) {
    return made_resource(build, service, entry.first) == resource;
  };
  for (const auto& entry : service.overrides)
    if (id_of(entry))
      for (const ServiceEntry& one : entry.second)
        properties.merge(
            located(build, service, path_below(build, service.scope, one.value, "Properties")));
  for (const auto& entry : service.extensions)
    if (id_of(entry))
      for (const ServiceEntry& one : entry.second)
        properties.assign(
            located(build, service, path_below(build, service.scope, one.value, "Properties")));
  const Resource& row = build.resource(resource);
  Node root = properties.add_to(build.properties, row.name, row.where);
  if (service.cut) root = with_unread(build, root, row.name);
  build.draft(resource).properties = root;
  build.resource(resource).properties = {root.row() + 1, root.end() - root.row() - 1};
}

Node ServiceEvent::operator[](std::string_view key) const {
  if (node.has_children()) return node[key];
  return key == form.short_key ? node : Node{};
}

void for_each_event(const Service& service, const std::function<void(const ServiceEvent&)>& visit) {
  for (const ServiceFunction& function : service.functions) {
    std::map<std::string, std::uint32_t, std::less<>> numbers;
    std::uint32_t index = 0;
    const Node events = function.body["events"];
    for (const Node& item : events.children()) {
      ++index;
      const auto one = [&](std::string_view name, const Node& node) {
        const ServerlessEvent* form = find_serverless_event(name);
        if (form == nullptr) return;
        const std::uint32_t number = ++numbers[std::string(name)];
        visit({*form, function, node, number, index});
      };
      if (!item.has_children()) one(item.text(), item);  // "- alexaSkill"
      for (const Node& event : item.children()) one(event.name(), event);
    }
  }
}

const ServiceFunction* function_named(const Service& service, std::string_view name) {
  for (const ServiceFunction& function : service.functions)
    if (function.entry.name == name) return &function;
  return nullptr;
}

namespace {

// A service without functions is a stack of other resources, or a plugin adds them when it runs.
void tell_of_no_functions(LinkContext& build, const Service& service) {
  if (service.plugins.empty()) return;
  std::string plugins;
  for (const std::string& name : service.plugins) plugins += cat(plugins.empty() ? "" : ", ", name);
  build.unresolved(UnresolvedKind::Include,
                   cat("the service names no functions; a plugin may add some: ", plugins),
                   {build[service.text].source->file, {}});
}

}  // namespace

void declare_service(LinkContext& build, ScopeId scope) {
  Service& service = build.serverless->by_scope[scope.index];
  service.scope = scope;
  service.text = build[scope].text;
  service.folder = folder_of(build[service.text].source->path);
  if (!build.serverless->programs) build.serverless->programs.emplace(build.builds);
  build[scope].asked_again = true;
  service.cut = std::ranges::any_of(build.texts, [&](const Text& text) {
    const bool is_its_own = &text == &build[service.text] ||
                            (text.source->variable && text.source->base == service.folder);
    return is_its_own && !text.source->facts->complete;
  });
  stage_of(build, scope);  // before "stage: ${opt:stage}" asks for it on its own account
  region_of(build, scope);
  const ValueId provider = value_at(build, scope, service_path(build, scope, "provider.name"));
  const auto name = as_text(build.pool, provider);
  if (name && *name != "aws") return;
  read_plugins(build, service);
  const Followed functions = service_path(build, scope, "functions");
  for (const ServiceEntry& entry : entries_of(build, scope, functions))
    declare_function(build, service, entry);
  for (const ServiceEntry& entry : construct_workers(build, service))
    declare_function(build, service, entry);
  if (functions.value.exists())
    build.unresolved(UnresolvedKind::Include, "the service's functions are not known",
                     {build[service.text].source->file, {}});
  if (service.functions.empty())
    tell_of_no_functions(build, service);
  else
    note_settings_at_top(build, service);
  locate_bodies(build, service);
  for (ServiceFunction& function : service.functions) declare_parts(build, service, function);
  declare_layers(build, service);
  declare_roles(build, service);
  if (!service.provider["deploymentBucket"] && !service.functions.empty())
    declare_made(build, service, "ServerlessDeploymentBucket", "AWS::S3::Bucket",
                 service.functions.front().entry.key, service.functions.front().entry.key);
  for_each_event(service, [&](const ServiceEvent& event) { declare_event(build, service, event); });
  declare_state_machines(build, service);
  declare_resources(build, service);
}

void compile_services(LinkContext& build) {
  WorkShares shares(build);
  for (auto& [scope, service] : build.serverless->by_scope) {
    shares.begin(ScopeId{scope});
    locate_bodies(build, service);
    for (ServiceFunction& function : service.functions) compile_function(build, service, function);
    for (ServiceLayer& layer : service.layers) compile_layer(build, service, layer);
    for_each_event(service,
                   [&](const ServiceEvent& event) { compile_event(build, service, event); });
    compile_apis(build, service);
    compile_constructs(build, service);
    compile_state_machines(build, service);
    for (auto& [resource, properties] : service.shared)
      set_made(build, service, ResourceId{resource}, std::move(properties));
    service.shared.clear();
    compile_roles(build, service);
    note_networks(build, service);
  }
}

bool is_service(const LinkContext& build, ScopeId scope) {
  return build.serverless->by_scope.contains(scope.index);
}

ExprClosure said_by_service(const LinkContext& build, ResourceId id) {
  const auto service = build.serverless->by_scope.find(build.drafts[id.index].scope.index);
  if (service == build.serverless->by_scope.end()) return {};
  const std::vector<ServiceFunction>& functions = service->second.functions;
  const auto found = std::ranges::find(functions, id, &ServiceFunction::function);
  return found == functions.end() ? ExprClosure{} : found->entry.value;
}

bool is_compiled(const LinkContext& build, ResourceId id) {
  return build.drafts[id.index].compiled;
}

}  // namespace fnlint::stacks
