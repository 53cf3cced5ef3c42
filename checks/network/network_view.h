// The graph of subnets, routes, gateways and endpoints, to ask what a function in a VPC can reach.
#pragma once

#include "model/project.h"

#include <set>
#include <vector>

namespace fnlint {

// Where a subnet's traffic can go. Unknown: routes, or what makes them, are not all of this run.
enum class WayOut : std::uint8_t { Unknown, None, Public, There };

// The networks that the templates of a run declare.
class Networks {
 public:
  explicit Networks(const Project& project);

  // The subnets of a function's VpcConfig; nothing where not all are known.
  [[nodiscard]] std::vector<ResourceId> subnets_of(ResourceId function) const;
  // Public: to an internet gateway alone, which a function cannot use, because it has no public
  // address.
  [[nodiscard]] WayOut way_out(ResourceId subnet) const;
  // Whether an endpoint of this name may serve the subnet.
  [[nodiscard]] bool may_have_endpoint(ResourceId subnet, std::string_view name) const;
  // Whether what is no service of AWS may be reached by a name of the network's own: by an endpoint
  // of somebody's service, or a zone of its own.
  [[nodiscard]] bool may_serve_hosts(ResourceId subnet) const;

 private:
  struct Route {
    ResourceId table = {};  // none: not known of which
    WayOut to{};
  };
  [[nodiscard]] ResourceId referenced(ResourceId resource, std::string_view path) const;
  [[nodiscard]] std::string_view type_of(ResourceId resource) const;
  [[nodiscard]] WayOut target_of(ResourceId resource, const std::string& below) const;
  [[nodiscard]] ResourceId table_of(ResourceId subnet, bool& known) const;
  void add_routes(ResourceId resource);

  const Project& project_;
  std::vector<Route> routes_;
  std::vector<std::pair<ResourceId, ResourceId>> tables_;  // of subnets; none: not known of which
  std::vector<ResourceId> endpoints_;
  bool has_names_ = false;     // names of hosts that hold within networks
  bool main_changed_ = false;  // a main route table may have routes
};

}  // namespace fnlint
