// What a role is used for beside the calls of code: what Lambda polls and sends in its name, and
// keys.
#include "checks/role/role_uses.h"

#include "checks/view/project_view.h"
#include "core/text.h"

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

// The kind of resource that an ARN's text is of.
ResourceKind kind_of_arn(std::string_view text) {
  for (const TargetRight& row : target_rights()) {
    const std::string_view service = row.action.substr(0, row.action.find(':'));
    if (text.starts_with(cat("arn:aws:", service, ":"))) return row.target;
  }
  return ResourceKind::Other;
}

EventTargets targets_in(const Project& project, const Property& property) {
  EventTargets found{.property = &property};
  for (const ValueCase& one : cases_of(*project.pool, property.value)) {
    const auto text = as_text(*project.pool, one.value);
    EventTarget target{.named = one};
    if (project.pool->is(one.value, ValueKind::Reference))
      target.on = ResourceId{static_cast<std::uint32_t>((*project.pool)[one.value].ref)};
    target.kind = target.on.exists() ? project.stacks[target.on].kind
                                     : kind_of_arn(text.value_or(std::string_view{}));
    const auto row = std::ranges::find(target_rights(), target.kind, &TargetRight::target);
    if (row == target_rights().end()) continue;
    target.right = &*row;
    found.targets.push_back(std::move(target));
  }
  return found;
}

}  // namespace

std::vector<PolledSource> polled_sources(const Project& project, const RelationsTo& relations,
                                         ResourceId function,
                                         std::span<const SourceRights> rights) {
  std::vector<PolledSource> found;
  for (const Relation* const trigger : relations[function]) {
    if (trigger->kind != RelationKind::Trigger || trigger->invocation != Invocation::Polled ||
        !trigger->from.exists())
      continue;
    const Resource& source = project.stacks[trigger->from];
    const auto row = std::ranges::find(rights, source.kind, &SourceRights::source);
    if (row == rights.end()) continue;
    // Of one elsewhere, a stream may be a table's as well.
    if (source.external && source.kind != ResourceKind::Queue) continue;
    found.push_back({trigger, &*row, source.external ? ResourceId{} : trigger->from});
  }
  return found;
}

std::vector<EventTargets> event_targets(const Project& project, const RelationsTo& relations,
                                        ResourceId function) {
  std::vector<EventTargets> found;
  const auto add = [&](ResourceId resource, std::string_view path) {
    if (!resource.exists()) return;
    if (const Property* const target = property_of(project, resource, path))
      found.push_back(targets_in(project, *target));
  };
  add(function, "DeadLetterConfig.TargetArn");
  for (const Relation* const row : relations[function]) {
    const bool configures = row->kind == RelationKind::Refines && row->from.exists() &&
                            project.stacks[row->from].kind == ResourceKind::EventInvokeConfig;
    const bool polls = row->kind == RelationKind::Trigger && row->declared_by.exists() &&
                       project.stacks[row->declared_by].kind == ResourceKind::EventSourceMapping;
    if (configures) add(row->from, "DestinationConfig.OnSuccess.Destination");
    if (configures || polls)
      add(configures ? row->from : row->declared_by, "DestinationConfig.OnFailure.Destination");
  }
  return found;
}

KeyUse key_use(const Project& project, ResourceId target, std::string_view operation) {
  if (!target.exists()) return {};
  for (const KeyRights& row : key_rights()) {
    if (row.kind != project.stacks[target].kind || !is_one_of(row.operations, operation)) continue;
    const ResourceId key = key_named(project, property_of(project, target, row.property));
    if (key.exists()) return {&row, key, leaves_it_to_roles(project, key)};
  }
  return {};
}

}  // namespace fnlint
