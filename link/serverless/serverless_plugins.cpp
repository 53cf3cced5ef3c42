#include "core/text.h"
#include "link/serverless/serverless.h"
#include "link/serverless/serverless_names.h"
#include "link/serverless/serverless_service.h"
#include "link/stacks/stack_properties.h"
#include "tables/known.h"

#include <algorithm>
#include <array>

// Sections that plugins add to a service: state machines (serverless-step-functions) and constructs
// (serverless-lift).
namespace fnlint::stacks {

namespace {

// The construct's type, how its id ends, the type of what it makes.
using LiftConstruct = std::array<std::string_view, 3>;

const LiftConstruct* construct_of(const LinkContext& build, const ExprClosure& type) {
  const auto text = type.exists() ? build.literal(type) : std::nullopt;
  return text ? known::row_of(known::lift_constructs(), *text) : nullptr;
}

std::string construct_id(const LiftConstruct& form, std::string_view name) {
  return cat(normal_name(name), form[1]);
}

}  // namespace

std::vector<ServiceEntry> construct_workers(LinkContext& build, Service& service) {
  std::vector<ServiceEntry> workers;
  const Followed constructs = service_path(build, service.scope, "constructs");
  for (const ServiceEntry& entry : entries_of(build, service.scope, constructs)) {
    const Followed type = path_below(build, service.scope, entry.value, "type");
    const LiftConstruct* form = construct_of(build, type.written);
    if (form == nullptr) continue;
    declare_made(build, service, construct_id(*form, entry.name), (*form)[2], entry.key,
                 entry.where);
    const Followed worker = path_below(build, service.scope, entry.value, "worker");
    if (!worker.written.exists()) continue;
    ServiceEntry made = entry;
    made.name = cat(entry.name, "Worker");
    made.value = worker.written;
    workers.push_back(std::move(made));
  }
  return workers;
}

std::string_view plugin_that_changes(const Service& service, bool ServerlessPlugin::* what) {
  for (const std::string& plugin : service.plugins)
    if (const ServerlessPlugin* row = find_serverless_plugin(plugin); row == nullptr || row->*what)
      return plugin;
  return {};
}

namespace {

// Six times the worker's timeout and the time that a batch is waited for, as lift sets it.
ValueId visibility_of(LinkContext& build, const Service& service, const ServiceFunction& worker,
                      const Followed& window) {
  constexpr std::int64_t kTimes = 6, kDefaultTimeout = 6;
  ValuePool& pool = build.pool;
  Node timeout = worker.body["timeout"];
  if (!timeout) timeout = service.provider["timeout"];
  const auto seconds =
      timeout ? as_integer(pool, timeout.value()) : std::optional(kDefaultTimeout);
  const auto waited = window.nothing()
                          ? std::optional<std::int64_t>(0)
                          : as_integer(pool, value_at(build, service.scope, window));
  return seconds && waited ? pool.number(kTimes * *seconds + *waited)
                           : pool.unknown("what the plugin makes of a timeout");
}

// A queue and its worker. Source: getlift/lift docs/queue.md and src/constructs/aws/Queue.ts.
void compile_queue(LinkContext& build, Service& service, const ServiceEntry& entry,
                   const ServiceFunction& worker, ResourceId queue) {
  ValuePool& pool = build.pool;
  const auto option = [&](std::string_view name) {
    return path_below(build, service.scope, entry.value, name);
  };
  MadeProperties made(pool);
  made.put("VisibilityTimeout",
           visibility_of(build, service, worker, option("maxBatchingWindow")), entry.key);
  made.put("RedrivePolicy.deadLetterTargetArn", pool.unknown("the queue of what failed"),
           entry.key);
  const Followed retries = option("maxRetries");
  made.put("RedrivePolicy.maxReceiveCount",
           retries.nothing() ? pool.number(std::int64_t{3})
                             : value_at(build, service.scope, retries),
           entry.key);
  set_made(build, service, queue, std::move(made));

  const ResourceId mapping = declare_made(
      build, service, cat(worker.id, "EventSourceMappingSQS", normal_name(entry.name)),
      "AWS::Lambda::EventSourceMapping", entry.key, entry.where);
  MadeProperties mapped(pool);
  mapped.put("EventSourceArn", pool.reference(queue, "Arn"), entry.key);
  mapped.put("FunctionName", target_of(build.pool, worker), entry.key);
  mapped.put("FunctionResponseTypes.0", pool.text_value("ReportBatchItemFailures"), entry.key);
  const Followed size = option("batchSize");
  mapped.put("BatchSize",
             size.nothing() ? pool.number(std::int64_t{1}) : value_at(build, service.scope, size),
             entry.key);
  set_made(build, service, mapping, std::move(mapped));
}

}  // namespace

void compile_constructs(LinkContext& build, Service& service) {
  const Followed constructs = service_path(build, service.scope, "constructs");
  for (const ServiceEntry& entry : entries_of(build, service.scope, constructs)) {
    const ServiceFunction* worker = function_named(service, cat(entry.name, "Worker"));
    const ResourceId queue = made_resource(build, service, cat(normal_name(entry.name), "Queue"));
    if (worker != nullptr && queue.exists()) compile_queue(build, service, entry, *worker, queue);
  }
}

ValueId construct_value(LinkContext& build, ScopeId scope, std::string_view address) {
  const Service* service = service_of(build, scope);
  const std::size_t dot = address.find('.');
  if (service == nullptr || dot == address.npos) return {};
  const auto* const output = known::row_of(known::lift_outputs(), address.substr(dot + 1));
  if (output == nullptr) return {};
  for (const LiftConstruct& form : known::lift_constructs()) {
    const ResourceId made =
        made_resource(build, *service, construct_id(form, address.substr(0, dot)));
    if (made.exists() && build.resource(made).generated)
      return build.pool.reference(made, (*output)[1]);
  }
  return {};
}

namespace {

std::vector<ServiceEntry> state_machines(LinkContext& build, const Service& service) {
  return entries_of(build, service.scope,
                    service_path(build, service.scope, "stepFunctions.stateMachines"));
}

std::string machine_id(LinkContext& build, const Service& service, const ServiceEntry& entry) {
  const Followed id = path_below(build, service.scope, entry.value, "id");
  const auto text = id.written.exists() ? build.literal(id.written) : std::nullopt;
  return text ? std::string(*text) : cat(normal_name(entry.name), "StepFunctionsStateMachine");
}

}  // namespace

void declare_state_machines(LinkContext& build, Service& service) {
  for (const ServiceEntry& entry : state_machines(build, service)) {
    const ResourceId machine =
        declare_made(build, service, machine_id(build, service, entry),
                     "AWS::StepFunctions::StateMachine", entry.key, entry.where);
    build.resource(machine).generated = false;
  }
}

namespace {

void compile_machine_event(LinkContext& build, Service& service, const std::string& id,
                           const Node& event, ResourceId machine) {
  const ResourceId rule =
      declare_made(build, service, id, "AWS::Events::Rule", event.key(), event.where());
  MadeProperties made(build.pool);
  bool first = true;
  for (const auto& [form, native, canonical] : known::machine_event_properties()) {
    if (form != event.name()) continue;
    if (!event.has_children() && first) made.copy(canonical, event, native);
    if (const Node value = event[native]) made.copy(canonical, value, cat(form, ".", native));
    first = false;
  }
  if (const auto enabled = event["enabled"] ? as_text(build.pool, event["enabled"].value())
                                            : std::nullopt)
    made.put("State", build.pool.text_value(*enabled == "false" ? "DISABLED" : "ENABLED"),
             event["enabled"].where());
  made.put("Targets.0.Arn", build.pool.reference(machine, "Arn"), event.where());
  set_made(build, service, rule, std::move(made));
}

void compile_machine_events(LinkContext& build, Service& service, const ServiceEntry& entry,
                            ResourceId machine, const Node& events) {
  std::uint32_t number = 0;
  for (const Node& item : events.children()) {
    ++number;
    for (const Node& event : item.children()) {
      const auto* const form = known::row_of(known::machine_events(), event.name());
      if (form == nullptr) continue;
      compile_machine_event(build, service, cat(normal_name(entry.name), (*form)[1], number), event,
                            machine);
    }
  }
}

}  // namespace

void compile_state_machines(LinkContext& build, Service& service) {
  for (const ServiceEntry& entry : state_machines(build, service)) {
    const ResourceId machine = made_resource(build, service, machine_id(build, service, entry));
    const Followed body = resolved(build, service.scope, entry.value);
    if (!machine.exists() || !body.written.exists()) continue;
    const Node node = locate(build, service.scope, build.attributes, body.written, {}, {});
    MadeProperties made(build.pool);
    made.copy("StateMachineName", node["name"], "name");
    made.copy("StateMachineType", node["type"], "type");
    made.copy("Definition", node["definition"], "definition");
    made.copy("RoleArn", node["role"], "role");
    set_made(build, service, machine, std::move(made));
    compile_machine_events(build, service, entry, machine, node["events"]);
  }
}

ResourceId function_of_service(const LinkContext& build, ScopeId scope, std::string_view name) {
  const auto found = build.serverless->by_scope.find(scope.index);
  if (found == build.serverless->by_scope.end()) return {};
  const ServiceFunction* function = function_named(found->second, name);
  return function != nullptr ? function->function : ResourceId{};
}

}  // namespace fnlint::stacks
