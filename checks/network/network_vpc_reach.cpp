// A function in a VPC has no address of its own on the internet: what it calls, AWS's services
// included, it reaches by a NAT gateway or by an endpoint, or not at all.

#include "checks/network/network_hosts.h"
#include "checks/network/network_view.h"
#include "checks/network/rules.h"
#include "checks/view/call_name.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "model/package.h"
#include "tables/models.h"
#include "tables/network.h"

#include <algorithm>
#include <map>

namespace fnlint {

namespace {

const Property* vpc_of(const Project& project, ResourceId function) {
  const Property* config = property_of(project, function, "VpcConfig");
  return config != nullptr ? config : property_of(project, function, "VpcConfig.SubnetIds");
}

Span anchor(const Project& project, ResourceId function) {
  const Property* config = vpc_of(project, function);
  return config->inherited ? project.stacks[function].name : anchor_of(*config);
}

// --- What cannot be reached

// Terraform's modules that are not in the run may make routes and endpoints.
bool has_unread_modules(const Project& project) {
  return std::ranges::any_of(project.stacks.unresolved, [](const Unresolved& row) {
    return row.kind == UnresolvedKind::Include;
  });
}

WayOut way_out(const Networks& networks, const std::vector<ResourceId>& subnets) {
  WayOut way = WayOut::None;
  for (const ResourceId subnet : subnets) {
    const WayOut one = networks.way_out(subnet);
    if (one == WayOut::Unknown || one == WayOut::There) return one;
    if (one == WayOut::Public) way = one;
  }
  return way;
}

// What a request goes through instead: a member of what it is given, or a variable that libraries
// read.
bool names_a_way(std::string_view name) {
  const std::string word = lower(name);
  return word.find("proxy") != word.npos || word.find("proxies") != word.npos ||
         word.find("agent") != word.npos || word.find("dispatcher") != word.npos;
}

bool has_way_of_its_own(const Project& project, const LambdaFunction& function) {
  const auto variables = properties_below(project, function.resource, "Environment.Variables");
  return std::ranges::any_of(variables, [](const NamedProperty& variable) {
    return lower(variable.name).ends_with("_proxy");
  });
}

bool is_sent_another_way(const ValuePool& pool, const Effect& effect) {
  bool found = false;
  for_each_below(pool, effect.arguments, [&](ValueId one) {
    if (pool.is(one, ValueKind::Record))
      for (const StringId name : pool.names(one)) found = found || names_a_way(pool[name]);
  });
  return found;
}

// A request to a host of the internet that is written out.
bool goes_to_internet(const ValuePool& pool, const Effect& effect) {
  return is_request(operations()[effect.operation]) &&
         !public_host(pool, effect.target_value).empty() && !is_sent_another_way(pool, effect);
}

// The first call of each service that no endpoint leads to, and of what is on the internet.
std::map<std::string_view, const Effect*> unreachable(const Project& project,
                                                      const LambdaFunction& function,
                                                      const Networks& networks,
                                                      const std::vector<ResourceId>& subnets) {
  std::map<std::string_view, const Effect*> found;
  const bool only_by_routes =
      !has_way_of_its_own(project, function) &&
      std::ranges::none_of(subnets, [&](ResourceId one) { return networks.may_serve_hosts(one); });
  for (const auto* effects : {&function.effects, &function.unknown_calls})
    for (const Effect& effect : *effects) {
      const Operation& operation = operations()[effect.operation];
      if (found.contains(operation.service)) continue;
      if (only_by_routes && goes_to_internet(*project.pool, effect))
        found.emplace(operation.service, &effect);
      const ServiceEndpoint* row = find_service_endpoint(operation.service);
      if (row == nullptr) continue;
      const bool served =
          !row->endpoint.empty() && std::ranges::any_of(subnets, [&](ResourceId subnet) {
            return networks.may_have_endpoint(subnet, row->endpoint);
          });
      if (!served) found.emplace(operation.service, &effect);
    }
  return found;
}

std::string named(const std::map<std::string_view, const Effect*>& services) {
  std::string words;
  for (const auto& [service, effect] : services)
    words += cat(words.empty() ? "" : ", ", call_name(*effect));
  return words;
}

void report_no_route(const Project& project, const LambdaFunction& function,
                     const Networks& networks, Findings& findings) {
  const std::vector<ResourceId> subnets = networks.subnets_of(function.resource);
  if (subnets.empty()) return;
  const WayOut way = way_out(networks, subnets);
  if (way != WayOut::None && way != WayOut::Public) return;
  const auto services = unreachable(project, function, networks, subnets);
  if (services.empty()) return;
  std::uint8_t uncertainty = kConditional | kOfHappening;  // one sure call is enough
  for (const auto& [service, effect] : services) {
    // Any name may be given to something within a network by what is not of this run.
    const std::uint8_t of_name = is_request(operations()[effect->operation]) ? kHeuristic : 0;
    uncertainty &=
        static_cast<std::uint8_t>((effect->uncertainty & (kConditional | kOfHappening)) | of_name);
  }
  if (has_unread_modules(project)) uncertainty |= kUncertain;
  std::string cause = cat(subnets.front().index);
  auto finding =
      FindingBuilder("network-vpc-no-route", uncertainty)
          .about(function)
          .says("'", function.name, "' cannot reach what it calls (", named(services),
                "): subnet '", name_of(project, subnets.front()), "' has no route to a NAT gateway",
                way == WayOut::Public ? " (an internet gateway does not serve functions)" : "",
                ", and its VPC has no endpoint for that.")
          .at(anchor(project, function.resource));
  for (const auto& [service, effect] : services) {
    cause += cat(' ', service);
    finding.related(effect->where, call_name(*effect), " is called here.");
  }
  // A route or an endpoint is made once, for however many functions of the subnet.
  findings.push_back(finding.caused_by({.key = cause, .subject = function.name, .apart = 1}));
}

// --- What is not needed

bool is_harmless(std::string_view module) {
  const std::string_view first = module.substr(0, module.find_first_of("./"));
  const std::string_view bare = first.starts_with("node:") ? first.substr(5) : first;
  return std::ranges::find(harmless_modules(), bare) != harmless_modules().end();
}

bool reaches_only_services(const LambdaFunction& function) {
  for (const auto* effects : {&function.effects, &function.unknown_calls})
    for (const Effect& effect : *effects)
      if (find_service_endpoint(operations()[effect.operation].service) == nullptr) return false;
  return !function.effects.empty() || !function.unknown_calls.empty();
}

// The code is known to the last import, and none of it can reach anything private.
bool is_all_known(const LambdaFunction& function) {
  const bool read = function.language == Language::Python ||
                    function.language == Language::JavaScript;
  if (!function.resolved || !read || function.libraries == nullptr) return false;
  const CodeImports& libraries = *function.libraries;
  if (!libraries.complete || libraries.by_name || libraries.rewritten ||
      !function.not_followed.empty())
    return false;
  return std::ranges::all_of(libraries.rows,
                             [](const LibraryImport& row) { return is_harmless(row.module); });
}

bool has_subnets(const Project& project, ResourceId function) {
  const ValuePool& pool = *project.pool;
  const Property* list = property_of(project, function, "VpcConfig.SubnetIds");
  if (list == nullptr || property_of(project, function, "FileSystemConfigs") != nullptr)
    return false;
  const Value& value = pool[list->value];
  return value.kind == ValueKind::List ? !pool.operands(list->value).empty()
                                       : value.kind == ValueKind::Hole;
}

}  // namespace

void network_vpc_reach(const Project& project, const Settings&, Findings& findings) {
  const Networks networks(project);
  for (const LambdaFunction& function : project.functions) {
    if (vpc_of(project, function.resource) == nullptr) continue;
    report_no_route(project, function, networks, findings);
    if (!has_subnets(project, function.resource) || !is_all_known(function) ||
        !reaches_only_services(function))
      continue;
    findings.push_back(FindingBuilder("network-vpc-unneeded", Confidence::Certain)
                           .about(function)
                           .at(anchor(project, function.resource))
                           .says("'", function.name,
                                 "' is in a VPC, but calls only public services: it needs neither "
                                 "subnets nor a NAT gateway or endpoint for them."));
  }
}

}  // namespace fnlint
