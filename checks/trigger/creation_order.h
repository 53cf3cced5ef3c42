// The dependency graph of a deployment: is one resource sure to be created after another?
#pragma once

#include "checks/view/project_view.h"

#include <map>
#include <set>

namespace fnlint {

// What each resource of a deployment is made after: what its properties refer to, and what it says
// that it depends on.
class CreationOrder {
 public:
  explicit CreationOrder(const Project& project);
  // Whether a resource is made after one of the others. No only where everything that it is made
  // after is known.
  [[nodiscard]] Answer is_after(ResourceId from, const std::set<ResourceId>& any) const;

 private:
  const Project& project_;
  std::map<ResourceId, std::set<ResourceId>> rows_ = {};
};

}  // namespace fnlint
