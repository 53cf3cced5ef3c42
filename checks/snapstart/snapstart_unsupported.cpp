// SnapStart takes snapshots of some runtimes' archives alone, and of nothing that a snapshot cannot
// hold. The deployment fails otherwise. And it takes them of published versions: without any it does
// nothing.

#include "checks/snapstart/rules.h"
#include "checks/view/project_view.h"
#include "checks/view/value_cases.h"
#include "core/text.h"
#include "tables/quotas.h"
#include "tables/tables.h"

namespace fnlint {

namespace {

struct Obstacle {
  std::string words = {};
  std::uint8_t evidence = 0;
  Span where = {};
};

// The first branch in which SnapStart is on and the property is so that it cannot be.
template <class IsWrong>
std::optional<WrongCase> together(const ValuePool& pool, const Property& snap_start,
                                  const Property& property, IsWrong is_wrong) {
  std::optional<WrongCase> found;
  bool all = true;
  for (const ValueCase& on : cases_of(pool, snap_start.value))
    for (const ValueCase& one : cases_of(pool, property.value)) {
      if (!both(on.tests, one.tests)) continue;
      const bool wrong = as_text(pool, on.value) == "PublishedVersions" && is_wrong(one.value);
      all = all && wrong;
      const auto evidence = static_cast<std::uint8_t>(on.evidence | one.evidence);
      if (wrong && (!found || confidence_of(evidence) > confidence_of(found->evidence)))
        found = WrongCase{one.value, evidence};
    }
  if (found && !all) found->evidence |= kConditional;
  return found;
}

std::optional<Obstacle> obstacle_of(const Project& project, const DeclaredFunction& function,
                                    const Property& snap_start) {
  const ValuePool& pool = *project.pool;
  const ResourceId id = function.resource;
  if (function.image) {
    const auto on = wrong_case(cases_of(pool, snap_start.value), [&](ValueId value) {
      return as_text(pool, value) == "PublishedVersions";
    });
    if (!on) return std::nullopt;
    return Obstacle{"is a container image", on->evidence, {}};
  }
  if (const Property* runtime = property_of(project, id, "Runtime")) {
    const auto wrong = together(pool, snap_start, *runtime, [&](ValueId value) {
      const auto text = as_text(pool, value);
      return text && find_runtime(*text) != nullptr && !has_snapstart(*text);
    });
    if (wrong)
      return Obstacle{
          cat("has the runtime ", pool.text(wrong->value), ", unsupported by SnapStart"),
          wrong->evidence, anchor_of(*runtime)};
  }
  if (const Property* systems = property_of(project, id, "FileSystemConfigs")) {
    const auto wrong = together(pool, snap_start, *systems, [&](ValueId value) {
      return is_given(pool, value) && !pool.is(value, ValueKind::Unknown);
    });
    if (wrong)
      return Obstacle{"mounts a file system, unsupported by SnapStart", wrong->evidence,
                      systems->key.file.exists() ? systems->key : systems->where};
  }
  if (const Property* storage = property_of(project, id, "EphemeralStorage.Size")) {
    const auto wrong = together(pool, snap_start, *storage, [&](ValueId value) {
      return as_integer(pool, value).value_or(0) > quotas().snapstart_storage;
    });
    if (wrong)
      return Obstacle{cat("has ", pool.text(wrong->value),
                          " MB of /tmp, of which SnapStart supports ", quotas().snapstart_storage),
                      wrong->evidence, anchor_of(*storage)};
  }
  return std::nullopt;
}

bool has_version(const Project& project, const RelationsTo& relations,
                 const DeclaredFunction& function) {
  if (!function.publishes_alias.empty() ||
      is_set(project, function.resource, "AutoPublishAlias") != Answer::No)
    return true;
  const Property* publish = property_of(project, function.resource, "Publish");
  if (publish != nullptr && as_text(*project.pool, publish->value) != "false") return true;
  for (const Relation* const relation : relations[function.resource]) {
    if (relation->kind == RelationKind::Provisions) return true;
    const ResourceKind kind = relation->from.exists() ? project.stacks[relation->from].kind
                                                      : ResourceKind::Other;
    if (relation->kind == RelationKind::Refines &&
        (kind == ResourceKind::Version || kind == ResourceKind::Alias))
      return true;
    if (relation->kind == RelationKind::Trigger && relation->qualifier.exists() &&
        !(*project.pool)[relation->qualifier].empty())
      return true;
  }
  return false;
}

Finding snapstart_finding(const Project& project, ResourceId function, const Property& snap_start,
                          std::string_view rule, std::uint8_t evidence) {
  Finding finding;
  finding.rule = rule;
  finding.confidence = confidence_of(evidence);
  finding.function = name_of(project, function);
  finding.where = anchor_of(snap_start);
  finding.identity = finding.function;
  return finding;
}

void check_versions(const Project& project, const RelationsTo& relations,
                    const DeclaredFunction& function, const Property& snap_start,
                    PlacedFindings& findings) {
  const ValuePool& pool = *project.pool;
  const auto on = wrong_case(cases_of(pool, snap_start.value), [&](ValueId value) {
    return as_text(pool, value) == "PublishedVersions";
  });
  if (!on || has_version(project, relations, function)) return;
  // A script may publish versions after the deployment.
  Finding finding = snapstart_finding(project, function.resource, snap_start,
                                      "snapstart-without-version", on->evidence | kHeuristic);
  finding.message = cat("SnapStart is turned on for the published versions of '", finding.function,
                        "', but none is published here: invocations start without a snapshot.");
  findings.add(function.resource, snap_start, std::move(finding));
}

}  // namespace

void snapstart_unsupported(const Project& project, const Settings&, Findings& out) {
  PlacedFindings findings(project);
  const RelationsTo relations(project.stacks);
  for (const DeclaredFunction& function : project.stacks.functions) {
    const Property* snap_start = property_of(project, function.resource, "SnapStart.ApplyOn");
    if (snap_start == nullptr) continue;
    const auto obstacle = obstacle_of(project, function, *snap_start);
    if (!obstacle) {
      check_versions(project, relations, function, *snap_start, findings);
      continue;
    }
    Finding finding = snapstart_finding(project, function.resource, *snap_start,
                                        "snapstart-unsupported", obstacle->evidence);
    finding.message = cat("SnapStart is turned on for '", finding.function, "', which ",
                          obstacle->words, "; the deployment fails.");
    if (obstacle->where.file.exists())
      finding.related.push_back({obstacle->where, "This is why."});
    findings.add(function.resource, *snap_start, std::move(finding));
  }
  findings.move_to(out);
}

}  // namespace fnlint
