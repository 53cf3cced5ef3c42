// Lambda polls, sends what failed and logs in the name of the function's role. What that does not
// allow fails where nobody looks: no log says that there can be no log.

#include "checks/role/role_rights.h"
#include "checks/role/role_uses.h"
#include "checks/role/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/permissions.h"
#include "values/relations_to.h"

namespace fnlint {

namespace {

struct Needs {
  explicit Needs(const Project& linked)
      : project(linked), relations(linked.stacks), rights(linked) {}

  const Project& project;
  RelationsTo relations;
  RoleRights rights;
};

FindingBuilder needs_finding(const Needs& needs, const DeclaredFunction& function,
                             std::string_view rule, Span where, std::uint8_t uncertainty) {
  const Project& project = needs.project;
  if (!project.pool->always(project.stacks[function.role].exists)) uncertainty |= kConditional;
  return FindingBuilder(rule, uncertainty).about(project, function.resource).at(where);
}

std::string_view first_action(std::string_view actions) {
  return actions.substr(0, actions.find('|'));
}

void judge_sources(const Needs& needs, const DeclaredFunction& function, Findings& findings) {
  const Project& project = needs.project;
  for (const PolledSource& polled : polled_sources(project, needs.relations, function.resource)) {
    if (needs.rights.has_own_policy(polled.on)) continue;
    const Relation* const trigger = polled.trigger;
    const Resource& source = project.stacks[trigger->from];
    std::string missing;
    for (const std::string_view actions : polled.rights->actions)
      if (needs.rights.allows_one(function.role, actions, polled.on, polled.rights->part) ==
          Answer::No)
        missing += cat(missing.empty() ? "" : ", ", first_action(actions));
    if (missing.empty()) continue;
    std::uint8_t uncertainty = trigger->uncertainty;
    if (!project.pool->always(trigger->when)) uncertainty |= kConditional;
    const std::string name = name_of(project, function.resource);
    findings.push_back(needs_finding(needs, function, "role-missing-source-permission",
                                     trigger->where, uncertainty)
                           .says("The role '", name_of(project, function.role), "' of '", name,
                                 "' does not allow ", missing, " on the ", kind_label(source.kind),
                                 " '", name_of(project, trigger->from),
                                 "': the event source mapping cannot be created.")
                           .identified(name, ':', name_of(project, trigger->from))
                           .related(project.stacks[function.role].name, "This is its role."));
  }
}

// One thing that failed, or finished, events of the function are sent to.
void judge_target(const Needs& needs, const DeclaredFunction& function, const EventTargets& given,
                  Findings& findings) {
  const Project& project = needs.project;
  for (const EventTarget& one : given.targets) {
    if (needs.rights.has_own_policy(one.on) ||
        needs.rights.allows(function.role, one.right->action, one.on) != Answer::No)
      continue;
    const std::string name = name_of(project, function.resource);
    findings.push_back(
        needs_finding(needs, function, "role-missing-failure-permission",
                      anchor_of(*given.property), one.named.uncertainty)
            .says("The role '", name_of(project, function.role), "' of '", name,
                  "' does not allow ", one.right->action, " on ",
                  one.on.exists()
                      ? cat("the ", kind_label(one.kind), " '", name_of(project, one.on), "'")
                      : cat("'", *as_text(*project.pool, one.named.value), "'"),
                  ": what is meant for it is dropped, or the deployment refused.")
            .identified(name, ':', one.right->action)
            .related(project.stacks[function.role].name, "This is its role."));
    return;
  }
}

void judge_log(const Needs& needs, const DeclaredFunction& function, Findings& findings) {
  const Project& project = needs.project;
  std::string missing;
  for (const std::string_view action : log_actions())
    if (needs.rights.allows(function.role, action) == Answer::No)
      missing += cat(missing.empty() ? "" : " and ", action);
  if (missing.empty()) return;
  const Span role = project.stacks[function.role].name;
  const std::string name = name_of(project, function.resource);
  findings.push_back(
      needs_finding(needs, function, "role-missing-log-permission", role, 0)
          .says("The role '", name_of(project, function.role), "' does not allow ", missing,
                ": nothing that '", name, "' writes to its log is kept.")
          .identified(name_of(project, function.role))
          .related(project.stacks[function.resource].name, "This function has the role.")
          // One role is mended once, for however many functions.
          .caused_by({.key = cat(function.role.index, ' ', missing), .subject = name, .apart = 1}));
}

}  // namespace

void role_needs(const Project& project, const Settings&, Findings& findings) {
  const Needs needs(project);
  for (const DeclaredFunction& function : project.stacks.functions) {
    if (!needs.rights.is_known(function)) continue;
    judge_sources(needs, function, findings);
    for (const EventTargets& given : event_targets(project, needs.relations, function.resource))
      judge_target(needs, function, given, findings);
    judge_log(needs, function, findings);
  }
}

}  // namespace fnlint
