// A service that pushes events asks the function's own policy whether it may. Without a statement
// for it the deployment fails (S3), or every event is refused and nobody hears of it.

#include "checks/trigger/rules.h"
#include "checks/view/branches.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "checks/view/said_arn.h"
#include "core/glob.h"
#include "core/text.h"
#include "model/template.h"
#include "tables/platform.h"
#include "tables/templates.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace fnlint {

namespace {

constexpr std::string_view kPermission = "AWS::Lambda::Permission";

TemplateDialect dialect_of(const Project& project, ResourceId resource) {
  return static_cast<TemplateDialect>(
      project.stacks.scopes[project.stacks[resource].scope].dialect);
}

std::optional<std::string_view> text_at(const Project& project, ResourceId resource,
                                        std::string_view path) {
  const Property* property = property_of(project, resource, path);
  return property != nullptr ? as_text(*project.pool, property->value) : std::nullopt;
}

bool is_given(const Project& project, ResourceId resource, std::string_view path) {
  const Property* property = property_of(project, resource, path);
  if (property == nullptr) return false;
  const ValueKind kind = (*project.pool)[property->value].kind;
  return kind != ValueKind::Absent && kind != ValueKind::Null;
}

// "Targets.*.RoleArn": of any of its targets.
bool has_role(const Project& project, ResourceId resource, std::string_view path) {
  const std::size_t star = path.find('*');
  if (star == path.npos) return is_given(project, resource, path);
  const Slice<Property> rows = project.stacks[resource].properties;
  for (std::uint32_t i = 0; i < rows.count; ++i) {
    const std::string_view at = (*project.pool)[project.stacks.properties[rows.first + i].path];
    if (at.starts_with(path.substr(0, star)) && at.ends_with(path.substr(star + 1))) return true;
  }
  return false;
}

// The row of what declares the trigger, or of its source.
const InvocationRight* right_of(const Project& project, const Relation& trigger) {
  // What declares it and has no row is a tool's own resource, that sees to the right itself.
  return find_invocation_right(
      type_of(project, trigger.declared_by.exists() ? trigger.declared_by : trigger.from));
}

// A function's declaration has triggers in it where the tool gives the right by itself: SAM's
// events.
bool inside_function(const Project& project, const Relation& trigger) {
  const ValuePool& pool = *project.pool;
  const Slice<Property> rows = project.stacks[trigger.to].properties;
  for (std::uint32_t i = 0; i < rows.count; ++i) {
    const Property& row = project.stacks.properties[rows.first + i];
    const std::string_view path = pool[row.path];
    if (!path.starts_with("Events.") && !path.starts_with("FunctionUrlConfig")) continue;
    for (const Span& span : {row.where, row.key})
      if (span.file == trigger.where.file && span.range.begin <= trigger.where.range.begin &&
          trigger.where.range.end <= span.range.end)
        return true;
  }
  return false;
}

bool asks_for_right(const Project& project, const Relation& trigger, const InvocationRight& right) {
  const ResourceId by = trigger.declared_by.exists() ? trigger.declared_by : trigger.from;
  if (!right.role.empty() && has_role(project, by, right.role)) return false;
  if (!right.only_property.empty() &&
      text_at(project, by, right.only_property) != std::optional(right.only_value))
    return false;
  const TemplateDialect dialect = dialect_of(project, by);
  const bool terraform =
      dialect == TemplateDialect::Terraform || dialect == TemplateDialect::TerraformPlan;
  if (right.granted_by == "terraform" && terraform) return false;
  // Constructs of the CDK give the right with the trigger; the account's answers say what is, not
  // what else is missing in them.
  return dialect != TemplateDialect::CdkProgram && dialect != TemplateDialect::LambdaApi &&
         dialect != TemplateDialect::Chalice && dialect != TemplateDialect::HandlerCode &&
         !inside_function(project, trigger);
}

// The rule that a target stands beside; the trigger's own declaration otherwise.
ResourceId rule_of(const Project& project, const Relation& trigger) {
  if (!trigger.declared_by.exists()) return trigger.from;
  const Property* rule = property_of(project, trigger.declared_by, "Rule");
  if (rule != nullptr && (*project.pool)[rule->value].kind == ValueKind::Reference)
    return ResourceId{static_cast<std::uint32_t>((*project.pool)[rule->value].ref)};
  return rule != nullptr ? ResourceId{} : trigger.declared_by;
}

// Why a permission is none for the trigger; empty: it is one, or may be.
std::string principal_problem(const Project& project, ResourceId permission,
                              const InvocationRight& right) {
  if (const auto given = text_at(project, permission, "Action")) {
    const std::string action = lower(*given), wanted = lower(right.action);
    const bool all = action.ends_with('*') &&
                     wanted.starts_with(std::string_view(action).substr(0, action.size() - 1));
    if (action != wanted && !all) return cat("allows ", *given);
  }
  const auto principal = text_at(project, permission, "Principal");
  if (!principal || *principal == "*" || *principal == right.principal) return {};
  if (principal->starts_with(service_of(right)) &&
      principal->find(".amazonaws.com") != principal->npos)
    return {};
  return cat("is for ", *principal);
}

// What a SourceArn refers to: of several resources in one text, all.
std::vector<ResourceId> referenced(const Project& project, ValueId value) {
  std::vector<ResourceId> found;
  for_each_below(*project.pool, value, [&](ValueId one) {
    if ((*project.pool)[one].kind == ValueKind::Reference)
      found.push_back(ResourceId{static_cast<std::uint32_t>((*project.pool)[one].ref)});
  });
  return found;
}

// A name where an ARN has to stand: Ref of a bucket.
bool is_name_alone(const Project& project, ValueId value) {
  const Value& row = (*project.pool)[value];
  if (row.kind != ValueKind::Reference || !(*project.pool)[row.text].empty()) return false;
  const ResourceType* type =
      find_resource_type(type_of(project, ResourceId{static_cast<std::uint32_t>(row.ref)}));
  return type != nullptr && type->ref != RefGives::Arn;
}

// What the trigger's declaration speaks of is what its events come from: an authorizer's API, a
// rotation's secret.
bool is_spoken_of(const Project& project, ResourceId declared_by, ResourceId one) {
  if (!declared_by.exists()) return false;
  const Slice<Property> rows = project.stacks[declared_by].properties;
  for (std::uint32_t i = 0; i < rows.count; ++i) {
    const Value& value = (*project.pool)[project.stacks.properties[rows.first + i].value];
    if (value.kind == ValueKind::Reference && value.ref == one.index) return true;
  }
  return false;
}

// A SourceArn that is written out, and is not that of what calls, whatever its region and account.
std::string written_problem(const Project& project, ValueId written, ResourceId caller) {
  if (!caller.exists() || project.stacks[caller].external) return {};
  std::string said = SaidArn(project).of(written);
  const std::string own = arn_by_name(project, caller);
  if (said.empty() || own.empty() || (*project.pool)[written].uncertainty != 0) return {};
  std::ranges::replace(said, kUnknownName, '*');
  return patterns_meet(own, said) ? std::string()
                                  : cat("is for '", describe(*project.pool, written), "'");
}

std::string source_problem(const Project& project, const Relation& permission,
                           const Relation& trigger, const InvocationRight& right) {
  const Property* source = property_of(project, permission.declared_by, "SourceArn");
  if (source == nullptr) return {};
  if (is_name_alone(project, source->value))
    return "has a name as its SourceArn, which must be an ARN";
  const ResourceId rule = rule_of(project, trigger);
  std::vector<ResourceId> named = referenced(project, source->value);
  if (permission.from.exists()) named.push_back(permission.from);
  const auto is_source = [&](ResourceId one) {
    return one == trigger.from || one == rule || is_spoken_of(project, trigger.declared_by, one);
  };
  if (named.empty())
    return right.by_own_arn ? written_problem(project, source->value, trigger.from) : std::string();
  if (std::ranges::any_of(named, is_source)) return {};
  // Another resource of the same kind, or of one that never sends this event.
  if (!rule.exists() && project.stacks[named.back()].kind == ResourceKind::Rule) return {};
  const ResourceKind kind = project.stacks[named.back()].kind;
  const auto is_here = [&](ResourceId one) {
    return one.exists() && !project.stacks[one].external;
  };
  // The default bus is nobody's: a rule's target is invoked in the name of its rule.
  const bool of_rule = is_here(rule) && project.stacks[rule].kind == ResourceKind::Rule;
  const bool comparable = kind != ResourceKind::Other && kind != ResourceKind::Parameter &&
                          kind != ResourceKind::Stack && is_here(named.back()) &&
                          (is_here(trigger.from) || of_rule);
  return comparable ? cat("is for '", name_of(project, named.back()), "'") : std::string();
}

// CloudWatch Logs invokes in the name of the group's streams: "...:log-group:NAME:*", which is Arn
// of CloudFormation's log group, and not arn of Terraform's.
bool is_group_alone(const Project& project, const Relation& permission, const Relation& trigger) {
  const Property* const source = property_of(project, permission.declared_by, "SourceArn");
  if (source == nullptr || !trigger.declared_by.exists() ||
      type_of(project, trigger.declared_by) != "AWS::Logs::SubscriptionFilter")
    return false;
  const Value& value = (*project.pool)[source->value];
  if (const auto text = as_text(*project.pool, source->value))
    return text->starts_with("arn:") && text->find(":log-group:") != text->npos &&
           !text->ends_with('*');
  const std::uint32_t scope = project.stacks[permission.declared_by].scope;
  return value.kind == ValueKind::Reference && (*project.pool)[value.text] == "Arn" &&
         project.stacks[ResourceId{static_cast<std::uint32_t>(value.ref)}].kind ==
             ResourceKind::LogGroup &&
         static_cast<TemplateDialect>(project.stacks.scopes[scope].dialect) ==
             TemplateDialect::Terraform;
}

std::string qualifier_problem(const Project& project, const Relation& permission,
                              const Relation& trigger) {
  const auto words = [&](StringId id) {
    return id.exists() ? (*project.pool)[id] : std::string_view{};
  };
  const std::string_view given = words(permission.qualifier), wanted = words(trigger.qualifier);
  if (given == wanted || given == "?" || wanted == "?") return {};
  return given.empty() ? std::string("is for the function without its alias")
                       : cat("is for '", given, "' of the function only");
}

// What the permissions of a run say of a trigger.
struct Verdict {
  bool allowed = false;   // or may be, by something that is not known
  std::string near = {};  // of the permission that comes closest: what keeps it from being one
  Span near_where = {};
  std::uint8_t uncertainty = 0;
};

Verdict judge(const Project& project, const Relation& trigger, const InvocationRight& right,
              std::span<const Relation* const> to_function) {
  Verdict verdict;
  for (const Relation* const row : to_function) {
    // SAM's event lets its API in, and so the integration that stands in the API's document.
    if (row->kind == RelationKind::Trigger && row->from == trigger.from && row != &trigger &&
        inside_function(project, *row))
      return {.allowed = true};
    if (row->kind != RelationKind::MayInvoke) continue;
    if (type_of(project, row->declared_by) != kPermission) {
      // A connector's, a role's, or what a module does that is not in the run.
      if ((row->uncertainty & kUncertain) != 0 || !row->from.exists() || row->from == trigger.from)
        return {.allowed = true};
      continue;
    }
    if (!principal_problem(project, row->declared_by, right).empty()) continue;
    std::string problem = source_problem(project, *row, trigger, right);
    if (problem.empty()) problem = qualifier_problem(project, *row, trigger);
    const bool group_alone = problem.empty() && is_group_alone(project, *row, trigger);
    if (group_alone) problem = "has a SourceArn without ':*' behind the log group";
    if (problem.empty()) return {.allowed = true};
    // Before version 3 of Terraform's provider the arn had it.
    verdict.uncertainty = group_alone ? kConditional : 0;
    verdict.near = cat("'", name_of(project, row->declared_by), "' ", problem);
    verdict.near_where = row->where;
  }
  return verdict;
}

// Permissions of which it is not known what function they are of.
class OpenPermissions {
 public:
  OpenPermissions(const Project& project, const RelationsTo& relations) : project_(project) {
    std::vector<bool> settled(project.stacks.resources.size(), false);
    for (const DeclaredFunction& function : project.stacks.functions)
      for (const Relation* const row : relations[function.resource])
        if (row->kind == RelationKind::MayInvoke && row->declared_by.exists())
          settled[row->declared_by.index] = true;
    for (std::uint32_t i = 0; i < settled.size(); ++i)
      if (!settled[i] && !project.stacks.resources[i].superseded &&
          type_of(project, ResourceId{i}) == kPermission)
        open_.push_back(ResourceId{i});
  }
  [[nodiscard]] bool may_be_for(ResourceId function, const InvocationRight& right) const {
    return std::ranges::any_of(open_, [&](ResourceId permission) {
      return principal_problem(project_, permission, right).empty() &&
             !is_of_another(permission, function);
    });
  }

 private:
  // Both have a name, and these differ.
  [[nodiscard]] bool is_of_another(ResourceId permission, ResourceId function) const {
    const auto named = text_at(project_, permission, "FunctionName");
    const auto name = as_text(*project_.pool, project_.stacks[function].physical_name);
    return named && name && named->find(*name) == named->npos;
  }

  const Project& project_;
  std::vector<ResourceId> open_;
};

bool is_candidate(const Project& project, const Relation& trigger) {
  if (trigger.kind != RelationKind::Trigger || trigger.invocation == Invocation::Polled)
    return false;
  if (!trigger.from.exists() || !trigger.to.exists()) return false;
  const Resource& function = project.stacks[trigger.to];
  return function.kind == ResourceKind::Function && !function.external && !function.superseded &&
         project.stacks.scopes[function.scope].complete;
}

// Which alias it is, is a variable of a stage that is made elsewhere, as the permission may be.
bool is_set_elsewhere(const Project& project, const Relation& trigger) {
  return trigger.qualifier.exists() &&
         (*project.pool)[trigger.qualifier].starts_with("${stageVariables.");
}

Span permission_anchor(const Project& project, const Relation& trigger) {
  const ResourceKind kind = project.stacks[trigger.from].kind;
  const bool apart = trigger.declared_by.exists() &&
                     (trigger.declared_by != trigger.from || kind == ResourceKind::Schedule);
  return apart ? project.stacks[trigger.declared_by].name : trigger.where;
}

FindingBuilder finding_of(const Project& project, const Relation& trigger,
                          const InvocationRight& right, const Verdict& verdict) {
  const std::string name = name_of(project, trigger.to);
  std::uint8_t uncertainty = trigger.uncertainty;
  // Stacks of their own may get the permission from a third one.
  const ResourceId by = trigger.declared_by.exists() ? trigger.declared_by : trigger.from;
  if (root_scope(project.stacks, project.stacks[by].scope) !=
      root_scope(project.stacks, project.stacks[trigger.to].scope))
    uncertainty |= kUncertain;
  if (!project.pool->always(trigger.when)) uncertainty |= kConditional;
  uncertainty |= verdict.uncertainty;
  const std::string_view alias =
      trigger.qualifier.exists() ? (*project.pool)[trigger.qualifier] : std::string_view{};
  const std::string work = alias.empty() ? cat("'", name, "'") : cat("'", name, ":", alias, "'");
  const std::string lack = right.principal == "*"
                               ? cat("No permission allows everybody to call the URL of ", work,
                                     ": every request is refused with 403")
                               : cat("No permission allows ", right.words, " (", right.principal,
                                     ") to invoke ", work, ": its events are refused");
  const bool is_near = !verdict.near.empty();
  return FindingBuilder("trigger-missing-permission", uncertainty)
      .about(name)
      .at(permission_anchor(project, trigger))
      .says(lack, is_near ? cat("; the permission ", verdict.near) : std::string(), ".")
      .identified(name, ':', alias, ':', right.principal, ':', name_of(project, trigger.from))
      .related_if(is_near, verdict.near_where, "This permission does not cover the trigger.");
}

}  // namespace

void trigger_missing_permission(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  const OpenPermissions open(project, relations);
  // One permission lets all entries of a source in: one finding for them.
  std::map<std::tuple<std::uint32_t, StringId, std::string_view, std::uint32_t>, std::size_t> known;
  for (const Relation& trigger : project.stacks.relations) {
    if (!is_candidate(project, trigger) || is_set_elsewhere(project, trigger)) continue;
    const InvocationRight* right = right_of(project, trigger);
    if (right == nullptr || !asks_for_right(project, trigger, *right)) continue;
    const Verdict verdict = judge(project, trigger, *right, relations[trigger.to]);
    if (verdict.allowed || open.may_be_for(trigger.to, *right)) continue;
    const std::tuple key{trigger.to.index, trigger.qualifier, right->principal, trigger.from.index};
    const auto [place, added] = known.try_emplace(key, findings.size());
    if (added)
      findings.push_back(finding_of(project, trigger, *right, verdict));
    else if (const Span at = permission_anchor(project, trigger);
             at != findings[place->second].where)
      findings[place->second].related.push_back({at, "The same holds for this one."});
  }
}

}  // namespace fnlint
