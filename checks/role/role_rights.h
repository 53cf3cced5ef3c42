// An IAM evaluator for the platform's own calls, three-valued since policies may be incomplete.
#pragma once

#include "model/project.h"
#include "values/compute.h"

#include <map>
#include <set>
#include <string_view>
#include <vector>

namespace fnlint {

// What the statements of roles allow, for what the platform does in a role's name.
class RoleRights {
 public:
  explicit RoleRights(const Project& project);

  // Whether a statement allows the action on the resource; without one: on any. No only where each
  // names other actions, or other resources of the templates. `part`: the action is about what lies
  // below the resource ("stream"), which the resource's own ARN does not cover. Denials do not
  // count.
  [[nodiscard]] Answer allows(ResourceId role, std::string_view action, ResourceId on = {},
                              std::string_view part = {}) const;
  // Whether a policy of its own may let others in: what it says of whom is not asked.
  [[nodiscard]] bool has_own_policy(ResourceId resource) const;
  // "a|b": one of these.
  [[nodiscard]] Answer allows_one(ResourceId role, std::string_view actions, ResourceId on = {},
                                  std::string_view part = {}) const;
  // Somebody wrote the role of the function, and all of its policies are in the templates: what it
  // does not allow, nothing does.
  // `generated`: also of a role that the tool makes of what somebody wrote, which allows more only
  // for what it adds of its own accord.
  [[nodiscard]] bool is_known(const DeclaredFunction& function, bool generated = false) const;

 private:
  [[nodiscard]] Answer covers(ValueId named, ResourceId on, std::string_view part) const;
  [[nodiscard]] Answer speaks_of(const Statement& statement, std::string_view action, ResourceId on,
                                 std::string_view part) const;
  [[nodiscard]] ResourceId meant(std::uint64_t row) const;
  void read_policies_of(ResourceId id);
  void add_policy_of(ValueId target);

  const Project& project_;
  std::map<ResourceId, std::vector<const Statement*>> by_role_ = {};
  std::set<ResourceId> with_policies_ = {};  // of their own, or by a resource that names them
  std::set<ResourceKind> kinds_with_policies_ = {};  // external ones: which of the kind is unknown
  bool policies_of_any_ = false;                     // one's target is not known
};

}  // namespace fnlint
