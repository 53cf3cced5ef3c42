// S3 and CloudWatch Logs try whether they may invoke the function when they are told to. Where
// nothing says that the permission is made first, it may come too late.

#include "checks/trigger/creation_order.h"
#include "checks/trigger/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "model/template.h"
#include "tables/platform.h"
#include "values/relations_to.h"

#include <array>
#include <set>

namespace fnlint {

namespace {

constexpr std::array<std::string_view, 2> kTryFirst{"s3.amazonaws.com", "logs.amazonaws.com"};

bool waits_for_nothing(const Project& project, const Relation& trigger, ResourceId by) {
  const Resource& declared = project.stacks[by];
  if (declared.generated || declared.external || declared.superseded) return false;
  const auto dialect = static_cast<TemplateDialect>(project.stacks.scopes[declared.scope].dialect);
  const bool known = dialect == TemplateDialect::CloudFormation ||
                     dialect == TemplateDialect::Sam || dialect == TemplateDialect::Terraform;
  // SAM's own events see to it, and are written where the function is.
  const Span& function = project.stacks[trigger.to].where;
  const bool inside = trigger.where.file == function.file &&
                      function.range.begin <= trigger.where.range.begin &&
                      trigger.where.range.end <= function.range.end;
  return known && !inside;
}

// The permissions of the function that let the service in, in the same deployment.
std::set<ResourceId> permissions_for(const Project& project, const RelationsTo& relations,
                                     const Relation& trigger, ResourceId by,
                                     std::string_view principal) {
  std::set<ResourceId> found;
  for (const Relation* const row : relations[trigger.to]) {
    if (row->kind != RelationKind::MayInvoke || !row->declared_by.exists()) continue;
    const Resource& permission = project.stacks[row->declared_by];
    const Property* const named = property_of(project, row->declared_by, "Principal");
    const std::string_view text =
        named != nullptr ? as_text(*project.pool, named->value).value_or("") : std::string_view();
    const bool is_other = !text.empty() && text.substr(0, text.find('.')) !=
                                               principal.substr(0, principal.find('.'));
    if (permission.scope != project.stacks[by].scope || permission.generated || is_other) continue;
    found.insert(row->declared_by);
  }
  return found;
}

}  // namespace

void trigger_dependency(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  const CreationOrder order(project);
  std::set<std::pair<ResourceId, ResourceId>> told;
  for (const Relation& trigger : project.stacks.relations) {
    if (trigger.kind != RelationKind::Trigger || !trigger.to.exists()) continue;
    const ResourceId by = trigger.declared_by.exists() ? trigger.declared_by : trigger.from;
    if (!by.exists()) continue;
    const InvocationRight* const right = find_invocation_right(type_of(project, by));
    if (right == nullptr || !is_one_of(kTryFirst, right->principal)) continue;
    if (!waits_for_nothing(project, trigger, by)) continue;
    const std::set<ResourceId> permissions =
        permissions_for(project, relations, trigger, by, right->principal);
    if (permissions.empty() || order.is_after(by, permissions) != Answer::No) continue;
    if (!told.emplace(by, trigger.to).second) continue;
    const ResourceId permission = *permissions.begin();
    const std::string name = name_of(project, trigger.to);
    std::uint8_t uncertainty = trigger.uncertainty;
    if (!project.pool->always(trigger.when)) uncertainty |= kConditional;
    findings.push_back(FindingBuilder("trigger-missing-dependency", uncertainty)
                           .about(name)
                           .at(project.stacks[by].name)
                           .says("Nothing makes '", name_of(project, by),
                                 "' wait for the permission '", name_of(project, permission),
                                 "': where it is made first, ", right->words, " may not invoke '",
                                 name, "' yet and refuses it.")
                           .identified(name, ':', name_of(project, by))
                           .related(project.stacks[permission].name, "This is the permission."));
  }
}

}  // namespace fnlint
