// CloudWatch Logs takes two subscription filters for a log group, declared in the same template or
// named by text.

#include "checks/list.h"
#include "checks/project_view.h"
#include "core/text.h"
#include "values/confidence.h"
#include "values/pool.h"

#include <map>
#include <tuple>

namespace fnlint {

namespace {

constexpr std::size_t kAllowed = 2;

struct Filter {
  ResourceId resource = {};
  const Property* group = nullptr;
};

Finding of_filters(const Project& project, std::span<const Filter> filters) {
  const ValuePool& pool = *project.pool;
  const ValueId group = filters.front().group->value;
  const bool is_declared = pool.is(group, ValueKind::Reference);
  const ResourceId declared{is_declared ? static_cast<std::uint32_t>(pool[group].ref) : 0};
  Finding finding;
  finding.rule = "limits-subscription-filters";
  // Which of them a deployment makes is the conditions' to say.
  finding.confidence = confidence_of(kHeuristic);
  const std::string name = is_declared ? name_of(project, declared) : std::string(pool.text(group));
  finding.message = cat("The log group '", name, "' has ", filters.size(),
                        " subscription filters; CloudWatch Logs allows ", kAllowed, ".");
  finding.identity = name;
  if (is_declared) {
    finding.where = project.stacks[declared].where;
  } else {
    finding.where = project.stacks[filters[kAllowed].resource].where;
    for (std::size_t i = 0; i < kAllowed; ++i)
      finding.related.push_back(
          {project.stacks[filters[i].resource].where, "This is another one."});
  }
  return finding;
}

}  // namespace

void limits_subscription_filters(const Project& project, const Settings&, Findings& findings) {
  const Stacks& stacks = project.stacks;
  const ValuePool& pool = *project.pool;
  // By the template and the group's resource, or its name.
  std::map<std::tuple<std::uint32_t, std::uint64_t, std::string_view>, std::vector<Filter>>
      by_group;
  for (std::uint32_t i = 0; i < stacks.resources.size(); ++i) {
    const Resource& resource = stacks.resources[i];
    if (resource.external || resource.superseded ||
        type_of(project, ResourceId{i}) != "AWS::Logs::SubscriptionFilter")
      continue;
    const Property* const group = property_of(project, ResourceId{i}, "LogGroupName");
    if (group == nullptr) continue;
    const bool is_declared = pool.is(group->value, ValueKind::Reference);
    if (!is_declared && !pool.is(group->value, ValueKind::Text)) continue;
    const auto name = is_declared ? std::string_view() : pool.text(group->value);
    by_group[{root_scope(stacks, resource.scope), is_declared ? pool[group->value].ref : 0, name}]
        .push_back({ResourceId{i}, group});
  }
  for (const auto& [group, filters] : by_group)
    if (filters.size() > kAllowed) findings.push_back(of_filters(project, filters));
}

}  // namespace fnlint
