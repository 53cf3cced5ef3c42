// CloudWatch Logs takes two subscription filters for a log group, declared in the same template or
// named by text.

#include "checks/limits/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/pool.h"

#include <map>

namespace fnlint {

namespace {

constexpr std::size_t kAllowed = 2;

// A log group, by the outermost stack and its resource, or its name.
struct Group {
  std::uint32_t scope = 0;
  ResourceId declared = {};
  std::string_view named = {};
  friend auto operator<=>(const Group&, const Group&) = default;
};

Finding of_filters(const Project& project, const Group& group,
                   std::span<const ResourceId> filters) {
  // Which of them a deployment makes is the conditions' to say.
  const bool is_declared = group.declared.exists();
  const ResourceId at = is_declared ? group.declared : filters[kAllowed];
  const std::string name =
      is_declared ? name_of(project, group.declared) : std::string(group.named);
  auto finding = FindingBuilder("limits-subscription-filters", kHeuristic)
                     .at(project.stacks[at].name)
                     .says("The log group '", name, "' has ", filters.size(),
                           " subscription filters; CloudWatch Logs allows ", kAllowed, ".")
                     .identified(name);
  for (const ResourceId filter : filters)
    if (filter != at) finding.related(project.stacks[filter].name, "It is one of them.");
  return finding;
}

}  // namespace

void limits_subscription_filters(const Project& project, const Settings&, Findings& findings) {
  const Stacks& stacks = project.stacks;
  const ValuePool& pool = *project.pool;
  std::map<Group, std::vector<ResourceId>> by_group;
  for (std::uint32_t i = 0; i < stacks.resources.size(); ++i) {
    const Resource& resource = stacks.resources[i];
    if (resource.external || resource.superseded ||
        type_of(project, ResourceId{i}) != "AWS::Logs::SubscriptionFilter")
      continue;
    const Property* const group = property_of(project, ResourceId{i}, "LogGroupName");
    if (group == nullptr) continue;
    Group of{.scope = root_scope(stacks, resource.scope)};
    if (pool.is(group->value, ValueKind::Reference))
      of.declared = ResourceId{static_cast<std::uint32_t>(pool[group->value].ref)};
    else if (pool.is(group->value, ValueKind::Text))
      of.named = pool.text(group->value);
    else
      continue;
    by_group[of].push_back(ResourceId{i});
  }
  // One that is named by text is the declared one of that name.
  for (auto& [group, filters] : by_group) {
    if (!group.declared.exists()) continue;
    const auto name = as_text(pool, stacks[group.declared].physical_name);
    const auto named = name ? by_group.find(Group{group.scope, {}, *name}) : by_group.end();
    if (named == by_group.end()) continue;
    filters.insert(filters.end(), named->second.begin(), named->second.end());
    named->second.clear();
  }
  for (const auto& [group, filters] : by_group)
    if (filters.size() > kAllowed) findings.push_back(of_filters(project, group, filters));
}

}  // namespace fnlint
