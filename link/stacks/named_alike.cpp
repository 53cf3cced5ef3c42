// Skeletons of all alternatives of a name.

#include "link/stacks/named_alike.h"

#include <algorithm>

namespace fnlint::stacks {

// Of each alternative, sorted: a parameter with a few allowed values makes a name of each.
std::vector<std::string> skeletons_of(const ValuePool& pool, ValueId name) {
  if (!pool.is(name, ValueKind::OneOf)) return {skeleton_of(pool, name)};
  std::vector<std::string> skeletons;
  for (const ValueId one : pool.operands(name)) skeletons.push_back(skeleton_of(pool, one));
  std::ranges::sort(skeletons);
  skeletons.erase(std::ranges::unique(skeletons).begin(), skeletons.end());
  return skeletons;
}

}  // namespace fnlint::stacks
