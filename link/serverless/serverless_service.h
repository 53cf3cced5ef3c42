#pragma once

#include "link/resolve/program_files.h"
#include "link/stacks/made_properties.h"
#include "link/stacks/stack_build.h"
#include "tables/serverless.h"

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

// A service of the Serverless Framework is a scope. Its framework is a compiler to CloudFormation,
// and so is this: variables are followed to where their values are written, functions and events
// become the resources that the framework makes of them, under its logical ids, with canonical
// properties at the places of the service's own keys. Everything after that goes by those.
namespace fnlint::stacks {

// What a variable stands for: something that is written elsewhere, or a value that nothing writes.
struct Followed {
  Progress progress{};
  ExprClosure written = {};
  ValueId value = {};
  std::uint8_t uncertainty = 0;
  bool unset =
      false;  // a variable asks for it, and nothing here gives it: a file that is not there
  [[nodiscard]] bool nothing() const { return !written.exists() && !value.exists(); }
};

// An entry of a map of the service, whichever file it stands in.
struct ServiceEntry {
  std::string name = {};
  Span key = {}, where = {};
  ExprClosure value = {};
};

struct ServiceFunction {
  ServiceEntry entry = {};
  std::string id = {};  // its name in logical ids
  ResourceId function = {}, version = {}, alias = {}, role = {}, url = {}, invoke_config = {};
  ResourceId log_group = {}, scaling = {};
  Node body = {};
};

struct ServiceLayer {
  ServiceEntry entry = {};
  ResourceId layer = {};
  Node body = {};
};

// What environment files say, by name.
using EnvironmentFile = std::map<std::string, std::string, std::less<>>;

struct Service {
  ScopeId scope = {};
  TextId text = {};
  std::string folder = {};
  std::unordered_map<std::uint64_t, Followed> followed = {};  // by text and expression
  std::unordered_map<std::uint64_t, ValueId> values = {};     // of variables, likewise
  ValueId stage = {}, region = {};
  std::optional<EnvironmentFile> environment = {};  // nothing: not asked for yet
  std::uint32_t depth = 0;
  bool cut = false;  // one of its files could not be read to its end
  std::vector<ServiceFunction> functions = {};
  std::vector<ServiceLayer> layers = {};
  ResourceId role = {};
  Node provider = {}, package = {};
  bool package_unread = false;  // it stands in a file that is not there
  Span package_key = {};
  Node build_options = {}, esbuild = {};  // `build`, and what the plugin of that name is told
  std::vector<std::string> plugins = {};
  std::deque<Declaration> declarations = {};  // of the service's own CloudFormation
  // What that, and its extensions, say of resources that the framework makes, by logical id.
  std::map<std::string, std::vector<ServiceEntry>> overrides = {}, extensions = {};
  // Resources that several events add to, until all have.
  std::map<std::uint32_t, MadeProperties> shared = {};
};

// What the framework's services alone keep while templates are linked.
struct Services {
  std::map<std::uint32_t, Service> by_scope = {};
  std::optional<ProgramFiles> programs = {};  // that services name as their values
};

// The service that a scope is; null for other scopes.
Service* service_of(LinkContext& build, ScopeId scope);

// --- Variables (serverless_variables.cpp).

// What an expression stands for, through as many variables as it takes. Never a variable itself.
Followed resolved(LinkContext& build, ScopeId scope, const ExprClosure& at);
// The place below the service's outermost map: "provider.iam.role". Nothing where there is none.
Followed service_path(LinkContext& build, ScopeId scope, std::string_view path);
// The same for a map that is written somewhere.
Followed path_below(LinkContext& build, ScopeId scope, const ExprClosure& map,
                    std::string_view path);
// The entries of a map, or of a list of maps, in their order; a later one of the same name wins.
std::vector<ServiceEntry> entries_of(LinkContext& build, ScopeId scope, const Followed& maps);
ValueId stage_of(LinkContext& build, ScopeId scope);
// The region that the service says; the deployment's own where it says none.
ValueId region_of(LinkContext& build, ScopeId scope);
// The names of the service and of its stack.
ValueId service_name(LinkContext& build, ScopeId scope);
ValueId stack_name(LinkContext& build, ScopeId scope);
ValueId value_at(LinkContext& build, ScopeId scope, const Followed& at);  // Absent: nothing

// --- Resources.

// What a service's own key or event makes: a row, once for each logical id.
ResourceId declare_made(LinkContext& build, Service& service, std::string_view id,
                        std::string_view type, Span name, Span where);
// The row of that logical id; none where there is none.
ResourceId made_resource(const LinkContext& build, const Service& service, std::string_view id);
// Gives a resource its properties, with what the service's own CloudFormation says of it.
void set_made(LinkContext& build, Service& service, ResourceId resource, MadeProperties properties);
// What a function's URL or an HTTP API answers browsers, below `path`; `native`: as it is written.
void put_cors(ValuePool& pool, const Node& cors, std::string_view path, std::string_view native,
              MadeProperties& made);

// A text of a node that stands for it in a logical id, whatever it is.
std::string word_of(ValuePool& pool, const Node& node);
// "{function}...": what events of a function are invoked by: its alias where it has one.
ValueId target_of(ValuePool& pool, const ServiceFunction& function);
// A function of the service by its key.
const ServiceFunction* function_named(const Service& service, std::string_view name);
// What names a function, by its key or its ARN.
ValueId function_value(ValuePool& pool, const Service& service, const Node& node);

// One event of a function.
struct ServiceEvent {
  const ServerlessEvent& form;
  const ServiceFunction& function;
  Node node = {};            // the value of its key
  std::uint32_t number = 0;  // among those of its kind in the function, from 1
  std::uint32_t index = 0;   // among all of them, from 1
  // A key of the event; the short form stands for one of them.
  [[nodiscard]] Node operator[](std::string_view key) const;
};

// Rows for what events share or others may refer to, once for each event of the service.
void declare_event(LinkContext& build, Service& service, const ServiceEvent& event);
void compile_event(LinkContext& build, Service& service, const ServiceEvent& event);
// APIs, load balancers and distributions (serverless_apis.cpp).
void declare_api_event(LinkContext& build, Service& service, const ServiceEvent& event);
void compile_api_event(LinkContext& build, Service& service, const ServiceEvent& event);
void compile_apis(LinkContext& build, Service& service);
// The right to invoke the function. `source`: what it is given to; none where that is anybody.
void compile_permission(LinkContext& build, Service& service, const ServiceEvent& event,
                        std::span<const std::pair<std::string_view, std::string>> parts,
                        ResourceId source);
// Calls `visit` for each event of every function, in their order.
void for_each_event(const Service& service, const std::function<void(const ServiceEvent&)>& visit);

// The first plugin of the service that may change that of its functions: one that is not known may
// change everything. Empty: none.
std::string_view plugin_that_changes(const Service& service, bool ServerlessPlugin::* what);

// What plugins add (serverless_plugins.cpp). Workers are functions of constructs, which get rows.
std::vector<ServiceEntry> construct_workers(LinkContext& build, Service& service);
void compile_constructs(LinkContext& build, Service& service);
// "jobs.queueUrl"; no id where no construct has it.
ValueId construct_value(LinkContext& build, ScopeId scope, std::string_view address);
void declare_state_machines(LinkContext& build, Service& service);
void compile_state_machines(LinkContext& build, Service& service);

void compile_function(LinkContext& build, Service& service, ServiceFunction& function);
void compile_layer(LinkContext& build, Service& service, ServiceLayer& layer);
void compile_roles(LinkContext& build, Service& service);
// Settings of the network that the framework drops (serverless_network.cpp).
void note_networks(LinkContext& build, const Service& service);

}  // namespace fnlint::stacks
