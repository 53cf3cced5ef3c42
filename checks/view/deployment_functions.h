// Leaves functions of deployments and rotations out of rules about warm environments.
#pragma once

#include "model/project.h"

#include <set>

namespace fnlint {

// Functions that are called when a stack changes or a secret is rotated, and never else: custom
// resources, hooks, rotations. There is no next invocation to save anything for, and nobody waits for
// their cold starts.
class DeploymentFunctions {
 public:
  explicit DeploymentFunctions(const Project& project);
  [[nodiscard]] bool contains(const LambdaFunction& function) const;

 private:
  const Project& project_;
  std::set<ResourceId> triggered_, named_;  // by events; by custom resources
};

}  // namespace fnlint
