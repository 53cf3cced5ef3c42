// Who may send to a queue with a key of its own, and not use the key, is refused: the error speaks
// of the key, and nobody gave a thought to one.

#include "checks/role/role_rights.h"
#include "checks/role/role_uses.h"
#include "checks/role/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/models.h"

#include <set>

namespace fnlint {

namespace {

std::string missing_of_key(const RoleRights& rights, ResourceId role, const KeyUse& use) {
  std::string missing;
  for (const std::string_view action : use.needs->actions) {
    if (rights.allows(role, action, use.key) == Answer::No)
      missing += cat(missing.empty() ? "" : " and ", action);
  }
  return missing;
}

}  // namespace

void role_missing_key_permission(const Project& project, const Settings&, Findings& findings) {
  const RoleRights rights(project);
  for (const LambdaFunction& function : project.functions) {
    const DeclaredFunction& declared = project.stacks.functions[function.declared];
    if (!rights.is_known(declared, true) || function.all_clients == ActsAs::Other) continue;
    std::set<std::pair<Span, std::string>> told;
    for (const Effect& effect : function.effects) {
      if (effect.permission == Permission::Missing) continue;  // another rule says that
      const KeyUse use = key_use(project, effect.target, operations()[effect.operation].id);
      if (use.needs == nullptr || !use.by_roles) continue;
      const std::string missing = missing_of_key(rights, declared.role, use);
      if (missing.empty() || !told.emplace(effect.where, missing).second) continue;
      const std::string key = name_of(project, use.key);
      findings.push_back(FindingBuilder("role-missing-key-permission", effect.uncertainty)
                             .about(function)
                             .at(effect.where)
                             .says("The ", kind_label(project.stacks[effect.target].kind), " '",
                                   name_of(project, effect.target), "' is encrypted with '", key,
                                   "', and the role of '", function.name, "' does not allow ",
                                   missing, " on that: this call (",
                                   operations()[effect.operation].id,
                                   ") fails with an access error.")
                             .identified(function.name, ':', missing, ':', key)
                             .caused_by({.key = cat(function.name, ' ', missing, ' ', key),
                                         .subject = function.name,
                                         .apart = 1,
                                         .also = "This call needs it too."})
                             .related(project.stacks[use.key].name, "This is the key.")
                             .related(project.stacks[declared.role].name, "This is the role.")
                             .along(effect.path));
    }
  }
}

}  // namespace fnlint
