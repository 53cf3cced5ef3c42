// Lambda polls, sends what failed and logs in the name of the function's role. What that does not
// allow fails where nobody looks: no log says that there can be no log.

#include "checks/list.h"
#include "checks/project_view.h"
#include "checks/role_rights.h"
#include "checks/value_cases.h"
#include "core/text.h"
#include "tables/permissions.h"
#include "values/confidence.h"
#include "values/relations_to.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::array<std::string_view, 2> kLogActions{"logs:CreateLogStream", "logs:PutLogEvents"};

struct Needs {
  explicit Needs(const Project& linked)
      : project(linked), relations(linked.stacks), rights(linked) {}

  const Project& project;
  RelationsTo relations;
  RoleRights rights;
};

Finding needs_finding(const Needs& needs, const DeclaredFunction& function, std::string_view rule,
                      Span where, std::uint8_t evidence) {
  const Project& project = needs.project;
  Finding finding;
  finding.rule = rule;
  if (!project.pool->always(project.stacks[function.role].exists)) evidence |= kConditional;
  finding.confidence = confidence_of(evidence);
  finding.where = where;
  finding.function = name_of(project, function.resource);
  finding.related.push_back({project.stacks[function.role].name, "This is its role."});
  return finding;
}

std::string_view first_action(std::string_view actions) {
  return actions.substr(0, actions.find('|'));
}

void judge_sources(const Needs& needs, const DeclaredFunction& function, Findings& findings) {
  const Project& project = needs.project;
  for (const Relation* const trigger : needs.relations[function.resource]) {
    if (trigger->kind != RelationKind::Trigger || trigger->invocation != Invocation::Polled ||
        !trigger->from.exists())
      continue;
    const Resource& source = project.stacks[trigger->from];
    const auto row = std::ranges::find(source_rights(), source.kind, &SourceRights::source);
    if (row == source_rights().end()) continue;
    // Of one elsewhere, a stream may be a table's as well.
    if (source.external && source.kind != ResourceKind::Queue) continue;
    const ResourceId on = source.external ? ResourceId{} : trigger->from;
    std::string missing;
    for (const std::string_view actions : row->actions)
      if (needs.rights.allows_one(function.role, actions, on, row->part) == Answer::No)
        missing += cat(missing.empty() ? "" : ", ", first_action(actions));
    if (missing.empty()) continue;
    std::uint8_t evidence = trigger->evidence;
    if (!project.pool->always(trigger->when)) evidence |= kConditional;
    Finding finding =
        needs_finding(needs, function, "role-missing-source-permission", trigger->where, evidence);
    finding.message =
        cat("The role '", name_of(project, function.role), "' of '", finding.function,
            "' does not allow ", missing, " on the ", kind_words(source.kind), " '",
            name_of(project, trigger->from), "': the event source mapping cannot be created.");
    finding.identity = cat(finding.function, ':', name_of(project, trigger->from));
    findings.push_back(std::move(finding));
  }
}

// The kind of resource that an ARN's text is of.
ResourceKind kind_of_arn(std::string_view text) {
  for (const TargetRight& row : target_rights()) {
    const std::string_view service = row.action.substr(0, row.action.find(':'));
    if (text.starts_with(cat("arn:aws:", service, ":"))) return row.target;
  }
  return ResourceKind::Other;
}

// One thing that failed, or finished, events of the function are sent to.
void judge_target(const Needs& needs, const DeclaredFunction& function, const Property& target,
                  Findings& findings) {
  const Project& project = needs.project;
  for (const ValueCase& one : cases_of(*project.pool, target.value)) {
    const auto text = as_text(*project.pool, one.value);
    ResourceId on;
    if (project.pool->is(one.value, ValueKind::Reference))
      on = ResourceId{static_cast<std::uint32_t>((*project.pool)[one.value].ref)};
    const ResourceKind kind =
        on.exists() ? project.stacks[on].kind : kind_of_arn(text.value_or(std::string_view{}));
    const auto row = std::ranges::find(target_rights(), kind, &TargetRight::target);
    if (row == target_rights().end() ||
        needs.rights.allows(function.role, row->action, on) != Answer::No)
      continue;
    Finding finding = needs_finding(needs, function, "role-missing-failure-permission",
                                    anchor_of(target), one.evidence);
    finding.message =
        cat("The role '", name_of(project, function.role), "' of '", finding.function,
            "' does not allow ", row->action, " on ",
            on.exists() ? cat("the ", kind_words(kind), " '", name_of(project, on), "'")
                        : cat("'", *text, "'"),
            ": what is meant for it is dropped, or the deployment refused.");
    finding.identity = cat(finding.function, ':', row->action);
    findings.push_back(std::move(finding));
    return;
  }
}

void judge_targets(const Needs& needs, const DeclaredFunction& function, Findings& findings) {
  const Project& project = needs.project;
  const auto judge = [&](ResourceId resource, std::string_view path) {
    if (!resource.exists()) return;
    if (const Property* const target = property_of(project, resource, path))
      judge_target(needs, function, *target, findings);
  };
  judge(function.resource, "DeadLetterConfig.TargetArn");
  for (const Relation* const row : needs.relations[function.resource]) {
    const bool configures = row->kind == RelationKind::Refines && row->from.exists() &&
                            project.stacks[row->from].kind == ResourceKind::EventInvokeConfig;
    const bool polls = row->kind == RelationKind::Trigger && row->declared_by.exists() &&
                       project.stacks[row->declared_by].kind == ResourceKind::EventSourceMapping;
    if (configures) judge(row->from, "DestinationConfig.OnSuccess.Destination");
    if (configures || polls)
      judge(configures ? row->from : row->declared_by, "DestinationConfig.OnFailure.Destination");
  }
}

void judge_log(const Needs& needs, const DeclaredFunction& function, Findings& findings) {
  const Project& project = needs.project;
  std::string missing;
  for (const std::string_view action : kLogActions)
    if (needs.rights.allows(function.role, action) == Answer::No)
      missing += cat(missing.empty() ? "" : " and ", action);
  if (missing.empty()) return;
  const Span role = project.stacks[function.role].name;
  Finding finding = needs_finding(needs, function, "role-missing-log-permission", role, 0);
  finding.related = {{project.stacks[function.resource].name, "This function has the role."}};
  finding.message = cat("The role '", name_of(project, function.role), "' does not allow ", missing,
                        ": nothing that '", finding.function, "' writes to its log is kept.");
  finding.identity = name_of(project, function.role);
  // One role is mended once, for however many functions.
  finding.cause = {
      .key = cat(function.role.index, ' ', missing), .subject = finding.function, .apart = 1};
  findings.push_back(std::move(finding));
}

}  // namespace

void role_needs(const Project& project, const Settings&, Findings& findings) {
  const Needs needs(project);
  for (const DeclaredFunction& function : project.stacks.functions) {
    if (!needs.rights.is_known(function)) continue;
    judge_sources(needs, function, findings);
    judge_targets(needs, function, findings);
    judge_log(needs, function, findings);
  }
}

}  // namespace fnlint
