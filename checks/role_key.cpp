// Who may send to a queue with a key of its own, and not use the key, is refused: the error speaks
// of the key, and nobody gave a thought to one.

#include "checks/list.h"
#include "checks/project_view.h"
#include "checks/role_rights.h"
#include "core/text.h"
#include "tables/models.h"
#include "tables/permissions.h"
#include "values/confidence.h"

#include <algorithm>
#include <array>
#include <set>

namespace fnlint {

namespace {

constexpr std::array<std::string_view, 2> kKeys{"AWS::KMS::Key", "aws_kms_key"};
constexpr std::array<std::string_view, 2> kAliases{"AWS::KMS::Alias", "aws_kms_alias"};
// The policy of a key, in CloudFormation and in Terraform.
constexpr std::array<std::string_view, 3> kPolicies{"KeyPolicy", "Policy", "policy"};
constexpr std::string_view kPrincipal = ".Principal";

// The key of the project that a property names, itself or by its alias.
ResourceId key_named(const Project& project, const Property* property) {
  if (property == nullptr || !project.pool->is(property->value, ValueKind::Reference)) return {};
  const ResourceId named{static_cast<std::uint32_t>((*project.pool)[property->value].ref)};
  if (is_one_of(kKeys, type_of(project, named))) return named;
  if (!is_one_of(kAliases, type_of(project, named))) return {};
  return key_named(project, property_of(project, named, "TargetKeyId"));
}

bool is_account(const Project& project, ValueId principal) {
  const std::string_view end = literal_ending(*project.pool, principal);
  return end == ":root" || end.ends_with(":root") || is_digits(end);
}

// Keys whose policies are resources of their own.
std::set<ResourceId> keys_with_policies(const Project& project) {
  std::set<ResourceId> keys;
  for (const Resource& row : project.stacks.resources)
    if (const std::string_view type = (*project.pool)[row.type];
        type == "aws_kms_key_policy" || type == "aws_kms_grant" || type == "AWS::KMS::ReplicaKey")
      for (const ResourceId key : referred_by(project, row)) keys.insert(key);
  return keys;
}

// The key's own policy leaves it to the roles of the account: it names the account and services,
// and nobody else. Without a policy the service makes one that does.
bool leaves_it_to_roles(const Project& project, ResourceId key) {
  if (keys_with_policies(project).contains(key)) return false;
  bool any = false, account = false, other = false;
  const Slice<Property> rows = project.stacks[key].properties;
  for (std::uint32_t i = rows.first; i < rows.first + rows.count; ++i) {
    const Property& row = project.stacks.properties[i];
    const std::string_view path = (*project.pool)[row.path];
    if (!is_one_of(kPolicies, path.substr(0, path.find('.')))) continue;
    any = true;
    const std::size_t at = path.rfind(kPrincipal);
    if (at == path.npos) continue;
    const std::string_view below = path.substr(at + kPrincipal.size());
    const ValueKind kind = (*project.pool)[row.value].kind;
    if (below.starts_with(".Service") || kind == ValueKind::Record || kind == ValueKind::List)
      continue;
    (is_account(project, row.value) ? account : other) = true;
  }
  return !any || (account && !other);
}

struct KeyUse {
  const KeyRights* needs = nullptr;
  ResourceId key = {};
};

KeyUse key_use(const Project& project, const Effect& effect) {
  if (!effect.target.exists()) return {};
  const Resource& target = project.stacks[effect.target];
  const std::string_view operation = operations()[effect.operation].id;
  for (const KeyRights& row : key_rights()) {
    if (row.kind != target.kind || !is_one_of(row.operations, operation)) continue;
    const ResourceId key = key_named(project, property_of(project, effect.target, row.property));
    if (key.exists() && leaves_it_to_roles(project, key)) return {&row, key};
  }
  return {};
}

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
    if (!rights.is_known(declared) || function.own_credentials) continue;
    std::set<std::pair<Span, std::string>> told;
    for (const Effect& effect : function.effects) {
      if (effect.permission == Permission::Missing) continue;  // another rule says that
      const KeyUse use = key_use(project, effect);
      if (use.needs == nullptr) continue;
      const std::string missing = missing_of_key(rights, declared.role, use);
      if (missing.empty() || !told.emplace(effect.where, missing).second) continue;
      Finding finding;
      finding.rule = "role-missing-key-permission";
      finding.confidence = confidence_of(effect.evidence);
      const std::string key = name_of(project, use.key);
      finding.message =
          cat("The ", kind_words(project.stacks[effect.target].kind), " '",
              name_of(project, effect.target), "' is encrypted with '", key, "', and the role of '",
              function.name, "' does not allow ", missing, " on that: this call (",
              operations()[effect.operation].id, ") fails with an access error.");
      finding.where = effect.where;
      finding.function = function.name;
      finding.identity = cat(function.name, ':', missing, ':', key);
      finding.cause = {.key = cat(function.name, ' ', missing, ' ', key),
                       .subject = function.name,
                       .apart = 1,
                       .also = "This call needs it too."};
      finding.related.push_back({project.stacks[use.key].name, "This is the key."});
      finding.related.push_back({project.stacks[declared.role].name, "This is the role."});
      add_path(effect.path, finding);
      findings.push_back(std::move(finding));
    }
  }
}

}  // namespace fnlint
