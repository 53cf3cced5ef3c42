// An environment does one event at a time, and there are as many as events at once: each with a
// pool of its own. A database has no such number of connections.

#include "checks/reliability/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "values/compute.h"
#include "values/pool.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

// What one event may do at once, generously.
constexpr std::int64_t kConnections = 5;

// A proxy shares its connections among all environments.
bool has_proxy(const Project& project) {
  return std::ranges::any_of(project.stacks.resources, [&](const Resource& row) {
    return (*project.pool)[row.type] == "AWS::RDS::DBProxy";
  });
}

bool runs_one_at_a_time(const Project& project, const LambdaFunction& function) {
  const Property* const reserved =
      property_of(project, function.resource, "ReservedConcurrentExecutions");
  const auto limit = reserved != nullptr ? as_integer(*project.pool, reserved->value)
                                         : std::optional<std::int64_t>();
  return limit && *limit <= 2;
}

}  // namespace

void reliability_connection_pool_large(const Project& project, const Settings&,
                                       Findings& findings) {
  if (has_proxy(project)) return;
  const ValuePool& pool = *project.pool;
  std::set<Span> told;  // a module serves many functions
  for (const LambdaFunction& function : project.functions)
    for (const CodeCall& call : function.sinks) {
      if (pool.text(call.key) != "pool" || runs_one_at_a_time(project, function)) continue;
      const auto most = as_integer(pool, call.value);
      if (!most || *most <= kConnections || !told.insert(call.where).second) continue;
      findings.push_back(
          FindingBuilder("reliability-connection-pool-large", call.uncertainty)
              .about(function)
              .at(call.where)
              .says("'", call.name, "' may hold ", *most,
                    " connections in each environment, which works on one event at a time: of many "
                    "at once the database runs out of connections.")
              .identified(function.name, ':', call.name)
              .along(call.path));
    }
}

}  // namespace fnlint
