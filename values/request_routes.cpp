// Reads the routes of REST APIs, HTTP APIs and SAM's events off the linked resources.

#include "values/request_routes.h"

#include "core/text.h"
#include "values/compute.h"
#include "values/properties.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <set>
#include <string_view>

namespace fnlint {

namespace {

std::string method_of(std::string_view word) {
  std::string method(word);
  for (char& letter : method)
    letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  return method == "ANY" || method == "*" ? std::string() : method;
}

// "POST /notes", "ANY /notes"; another key, as of a WebSocket, says of no method.
std::optional<RequestRoute> route_of_key(std::string_view key) {
  const std::size_t blank = key.find(' ');
  if (blank == key.npos || blank == 0) return std::nullopt;
  return RequestRoute{method_of(key.substr(0, blank)), std::string(key.substr(blank + 1))};
}

std::optional<std::string_view> text_at(const ValuePool& pool, const Stacks& stacks,
                                        ResourceId resource, std::string_view path) {
  const Property* const found = find_property(pool, stacks, resource, path);
  return found != nullptr ? as_text(pool, found->value) : std::nullopt;
}

}  // namespace

RequestRoutes::RequestRoutes(const ValuePool& pool, const Stacks& stacks)
    : pool_(pool), stacks_(stacks) {
  for (std::uint32_t at = 0; at < stacks.resources.size(); ++at) {
    const Resource& row = stacks.resources[at];
    if (pool[row.type] != "AWS::ApiGatewayV2::Route" || row.superseded) continue;
    const auto key = text_at(pool, stacks, ResourceId{at}, "RouteKey");
    const RequestRoute route =
        (key ? route_of_key(*key) : std::nullopt).value_or(RequestRoute{"", ""});
    std::set<ResourceId> referred;
    for (std::uint32_t i = 0; i < row.properties.count; ++i)
      if (const ValueId value = stacks.properties[row.properties.first + i].value; value.exists())
        for_each_below(pool, value, [&](ValueId id) {
          if (pool.is(id, ValueKind::Reference))
            referred.insert(ResourceId{static_cast<std::uint32_t>(pool[id].ref)});
        });
    for (const ResourceId one : referred) by_integration_[one].push_back(route);
  }
}

// The path of an API's resource: "/notes/{id}".
std::string RequestRoutes::path_of(ResourceId resource, int depth) const {
  constexpr int kParts = 12;
  if (!resource.exists() || depth > kParts) return {};
  const auto text = text_at(pool_, stacks_, resource, "PathPart");
  if (!text) return {};
  const Property* parent = find_property(pool_, stacks_, resource, "ParentId");
  const bool is_below_other = parent != nullptr && pool_.is(parent->value, ValueKind::Reference);
  const ResourceId above = is_below_other
                               ? ResourceId{static_cast<std::uint32_t>(pool_[parent->value].ref)}
                               : ResourceId{};
  return cat(path_of(above, depth + 1), '/', *text);
}

std::vector<RequestRoute> RequestRoutes::of_method(ResourceId method) const {
  const auto verb = text_at(pool_, stacks_, method, "HttpMethod");
  if (!verb) return {};
  RequestRoute route{method_of(*verb), {}};
  const Property* resource = find_property(pool_, stacks_, method, "ResourceId");
  if (resource != nullptr && pool_.is(resource->value, ValueKind::Reference))
    route.path = path_of(ResourceId{static_cast<std::uint32_t>(pool_[resource->value].ref)}, 0);
  return {route};
}

// Of an event that the function itself declares, as SAM has them.
std::vector<RequestRoute> RequestRoutes::own_route(const Relation& trigger) const {
  constexpr std::string_view kEvents = "Events.";
  const Slice<Property> rows = stacks_[trigger.to].properties;
  for (std::uint32_t i = 0; i < rows.count; ++i) {
    const Property& row = stacks_.properties[rows.first + i];
    const std::string_view name = pool_[row.path];
    if (!name.starts_with(kEvents) || name.find('.', kEvents.size()) != name.npos) continue;
    const Range key = row.key.range, at = trigger.where.range;
    if (row.key.file != trigger.where.file || at.begin < key.begin ||
        at.begin > row.where.range.end)
      continue;
    const auto path = text_at(pool_, stacks_, trigger.to, cat(name, ".Properties.Path"));
    const auto method = text_at(pool_, stacks_, trigger.to, cat(name, ".Properties.Method"));
    if (!path) return {};
    return {{method ? method_of(*method) : std::string(), std::string(*path)}};
  }
  return {};
}

std::vector<RequestRoute> RequestRoutes::of(const Relation& trigger) const {
  if (!trigger.declared_by.exists()) return own_route(trigger);
  if (const auto key = text_at(pool_, stacks_, trigger.declared_by, "RouteKey")) {
    const std::optional<RequestRoute> route = route_of_key(*key);
    return route ? std::vector<RequestRoute>{*route} : std::vector<RequestRoute>{};
  }
  if (pool_[stacks_[trigger.declared_by].type] == "AWS::ApiGateway::Method")
    return of_method(trigger.declared_by);
  const auto found = by_integration_.find(trigger.declared_by);
  return found == by_integration_.end() ? std::vector<RequestRoute>{} : found->second;
}

}  // namespace fnlint
