// Takes edges from references and declared dependencies; what rests on an unread module is Unknown.

#include "checks/trigger/creation_order.h"

#include "values/pool.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

namespace fnlint {

namespace {

// The output of a module that is not read: it may wait for whatever the module was given.
bool rests_on_unread(const Project& project, const Resource& resource) {
  const ValuePool& pool = *project.pool;
  const Slice<Property> rows = resource.properties;
  return std::ranges::any_of(std::span(project.stacks.properties).subspan(rows.first, rows.count),
                             [&](const Property& row) {
                               bool found = false;
                               if (row.value.exists())
                                 for_each_below(pool, row.value, [&](ValueId id) {
                                   found = found || (pool.is(id, ValueKind::Hole) &&
                                                     pool[id].origin == Origin::Outside &&
                                                     pool.text(id).starts_with("module."));
                                 });
                               return found;
                             });
}

}  // namespace

CreationOrder::CreationOrder(const Project& project) : project_(project) {
  for (const MadeAfter& row : project.stacks.dependencies) rows_[row.from].insert(row.to);
}

Answer CreationOrder::is_after(ResourceId from, const std::set<ResourceId>& any) const {
  std::set<ResourceId> seen;
  std::vector<ResourceId> open{from};
  while (!open.empty()) {
    const ResourceId at = open.back();
    open.pop_back();
    if (!seen.insert(at).second) continue;
    if (any.contains(at)) return Answer::Yes;
    if (rests_on_unread(project_, project_.stacks[at])) return Answer::Unknown;
    std::set<ResourceId> next = referred_by(project_, project_.stacks[at]);
    if (const auto said = rows_.find(at); said != rows_.end())
      next.insert(said->second.begin(), said->second.end());
    if (next.contains(ResourceId{})) return Answer::Unknown;
    open.insert(open.end(), next.begin(), next.end());
  }
  return Answer::No;
}

}  // namespace fnlint
