#include "checks/trigger/creation_order.h"

#include <vector>

namespace fnlint {

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
    std::set<ResourceId> next = referred_by(project_, project_.stacks[at]);
    if (const auto said = rows_.find(at); said != rows_.end())
      next.insert(said->second.begin(), said->second.end());
    if (next.contains(ResourceId{})) return Answer::Unknown;
    open.insert(open.end(), next.begin(), next.end());
  }
  return Answer::No;
}

}  // namespace fnlint
