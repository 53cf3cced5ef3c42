// Application Auto Scaling changes an amount that is there. On an alias without any, its metric has
// no data, and schedules or policies may never take hold.

#include "checks/concurrency/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "checks/view/value_cases.h"
#include "core/text.h"

namespace fnlint {

namespace {

// The alias of the function that the target's ResourceId ends with, or the only one.
ResourceId scaled_alias(const Project& project, std::span<const Relation* const> relations,
                        ResourceId target) {
  const ValuePool& pool = *project.pool;
  const Property* property = property_of(project, target, "ResourceId");
  if (property == nullptr) return {};
  ValueId last = property->value;
  if (pool.is(last, ValueKind::Pattern)) last = pool.operands(last).back();
  const std::string_view text = as_text(pool, last).value_or("");
  const std::string_view name = text.substr(text.rfind(':') + 1);
  for (const Relation* const relation : relations) {
    if (relation->kind != RelationKind::Refines || !relation->from.exists()) continue;
    const Resource& alias = project.stacks[relation->from];
    if (alias.kind != ResourceKind::Alias) continue;
    const bool named =
        (pool.is(last, ValueKind::Reference) && pool[last].ref == relation->from.index) ||
        (!name.empty() && as_text(pool, alias.physical_name) == name);
    if (named) return relation->from;
  }
  return {};
}

// What the alias is given to begin with, by itself or by a resource of its own. An amount on a
// version does not count for it.
bool has_initial(const Project& project, std::span<const Relation* const> relations,
                 ResourceId alias) {
  const ValuePool& pool = *project.pool;
  for (const Relation* const relation : relations) {
    if (relation->kind != RelationKind::Provisions || !relation->from.exists()) continue;
    const bool other = relation->from != alias &&
                       (project.stacks[relation->from].kind == ResourceKind::Alias ||
                        project.stacks[relation->from].kind == ResourceKind::Version);
    if (!other && pool[relation->amount].kind != ValueKind::Absent) return true;
  }
  return false;
}

}  // namespace

void concurrency_autoscaling_without_initial(const Project& project, const Settings&,
                                             Findings& findings) {
  const RelationsTo relations(project.stacks);
  for (const DeclaredFunction& function : project.stacks.functions) {
    const std::span<const Relation* const> rows = relations[function.resource];
    for (const Relation* const scales : rows) {
      if (scales->kind != RelationKind::Scales || !scales->from.exists()) continue;
      const ResourceId alias = scaled_alias(project, rows, scales->from);
      if (!alias.exists() || has_initial(project, rows, alias)) continue;
      const Property* target = property_of(project, scales->from, "ResourceId");
      const std::string name = name_of(project, function.resource);
      findings.push_back(
          FindingBuilder("concurrency-autoscaling-without-initial", scales->uncertainty)
              .about(name)
              .at(*target)
              .says("Application Auto Scaling manages the provisioned concurrency of '", name,
                    "', but its alias has no initial value; schedules and scaling policies may "
                    "then have no effect.")
              .identified(name, ':', name_of(project, scales->from))
              .related(project.stacks[alias].where, "The alias has no initial value."));
    }
  }
}

}  // namespace fnlint
