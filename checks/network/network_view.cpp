// Builds the routes of each subnet from the templates, and answers Unknown as soon as a table,
// route or gateway may be declared elsewhere.

#include "checks/network/network_view.h"

#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/known.h"
#include "tables/network.h"
#include "values/pool.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// "s3" of "com.amazonaws.eu-west-1.s3"; empty: not known.
std::string_view endpoint_name(const ValuePool& pool, ValueId value) {
  if (const auto text = as_text(pool, value)) {
    std::size_t at = 0;
    for (int dots = 0; dots < 3; ++dots) {
      at = text->find('.', at);
      if (at == text->npos) return {};
      ++at;
    }
    return text->substr(at);
  }
  if (pool[value].kind != ValueKind::Pattern) return {};
  const ValueId last = pool.operands(value).back();
  const auto end = as_text(pool, last);
  return end && end->starts_with('.') ? end->substr(1) : std::string_view{};
}

bool gives_names(std::string_view type) {
  return std::ranges::any_of(name_givers(),
                             [&](std::string_view one) { return type.starts_with(one); });
}

}  // namespace

std::string_view Networks::type_of(ResourceId resource) const {
  return resource.exists() ? (*project_.pool)[project_.stacks[resource].type] : std::string_view{};
}

ResourceId Networks::referenced(ResourceId resource, std::string_view path) const {
  const Property* const property = property_of(project_, resource, path);
  return property != nullptr ? resource_meant(project_, property->value) : ResourceId{};
}

// Of a route, or of one in a table's own list.
WayOut Networks::target_of(ResourceId resource, const std::string& below) const {
  for (const std::string_view name : known::private_route_targets())
    if (property_of(project_, resource, cat(below, name)) != nullptr) return WayOut::There;
  const std::string gateway = cat(below, "GatewayId");
  if (property_of(project_, resource, gateway) == nullptr) return WayOut::Unknown;
  return type_of(referenced(resource, gateway)) == "AWS::EC2::InternetGateway" ? WayOut::Public
                                                                               : WayOut::There;
}

void Networks::add_routes(ResourceId table) {
  if (property_of(project_, table, "Route") == nullptr) return;
  bool any = false;
  for (std::size_t i = 0; property_of(project_, table, cat("Route.", i)) != nullptr; ++i) {
    any = true;
    routes_.push_back({table, target_of(table, cat("Route.", i, "."))});
  }
  if (!any) routes_.push_back({table, WayOut::Unknown});
}

Networks::Networks(const Project& project) : project_(project) {
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
    const ResourceId id{i};
    if (project.stacks[id].superseded) continue;
    const std::string_view type = type_of(id);
    if (type == "AWS::EC2::Route") {
      routes_.push_back({referenced(id, "RouteTableId"), target_of(id, "")});
    } else if (type == "AWS::EC2::RouteTable") {
      add_routes(id);
    } else if (type == "AWS::EC2::SubnetRouteTableAssociation") {
      tables_.emplace_back(referenced(id, "SubnetId"), referenced(id, "RouteTableId"));
    } else if (type == "AWS::EC2::VPCEndpoint") {
      endpoints_.push_back(id);
    } else if (gives_names(type)) {
      has_names_ = true;
    } else if (type == "aws_default_route_table" || type == "aws_main_route_table_association") {
      main_changed_ = true;
    }
  }
}

std::vector<ResourceId> Networks::subnets_of(ResourceId function) const {
  const auto is_known = [&](ResourceId id) {
    return type_of(id) == "AWS::EC2::Subnet" && type_of(referenced(id, "VpcId")) == "AWS::EC2::VPC";
  };
  std::vector<ResourceId> subnets = all_referenced(project_, function, "VpcConfig.SubnetIds");
  return std::ranges::all_of(subnets, is_known) ? subnets : std::vector<ResourceId>();
}

// None, and known: the VPC's main table.
ResourceId Networks::table_of(ResourceId subnet, bool& known) const {
  ResourceId table;
  for (const auto& [of, one] : tables_) {
    if (!of.exists()) known = false;
    if (of != subnet) continue;
    known = known && one.exists();
    table = one;
  }
  return table;
}

WayOut Networks::way_out(ResourceId subnet) const {
  bool known = true;
  const ResourceId table = table_of(subnet, known);
  if (!known || (!table.exists() && main_changed_)) return WayOut::Unknown;
  WayOut way = WayOut::None;
  for (const Route& route : routes_) {
    if (!route.table.exists()) return WayOut::Unknown;
    if (route.table != table) continue;
    if (route.to == WayOut::There || route.to == WayOut::Unknown) return route.to;
    way = route.to;
  }
  return way;
}

bool Networks::may_serve_hosts(ResourceId subnet) const {
  const ResourceId vpc = referenced(subnet, "VpcId");
  return has_names_ || std::ranges::any_of(endpoints_, [&](ResourceId endpoint) {
           const ResourceId own = referenced(endpoint, "VpcId");
           if (own.exists() && own != vpc) return false;
           const Property* service = property_of(project_, endpoint, "ServiceName");
           if (service == nullptr) return true;
           const std::string_view is = endpoint_name(*project_.pool, service->value);
           return is.empty() || is.find("vpce-svc-") != is.npos;  // of a service that is not AWS's
         });
}

bool Networks::may_have_endpoint(ResourceId subnet, std::string_view name) const {
  const ResourceId vpc = referenced(subnet, "VpcId");
  return std::ranges::any_of(endpoints_, [&](ResourceId endpoint) {
    const ResourceId own = referenced(endpoint, "VpcId");
    if (own.exists() && own != vpc) return false;
    const Property* service = property_of(project_, endpoint, "ServiceName");
    if (service == nullptr) return true;
    const std::string_view is = endpoint_name(*project_.pool, service->value);
    return is.empty() || is == name;
  });
}

}  // namespace fnlint
