// Environments are kept ready for a published version: not for $LATEST, which changes under them,
// and not beside snapshots, from which SnapStart makes environments instead.

#include "checks/concurrency/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "checks/view/value_cases.h"
#include "core/text.h"

#include <algorithm>

namespace fnlint {

namespace {

// How sure it is that what is provisioned, an alias or a qualifier, is the unpublished version.
struct Latest {
  const Property* property = nullptr;  // that says so
  std::uint8_t uncertainty = 0;
};

class Qualifiers {
 public:
  Qualifiers(const Project& project, const RelationsTo& relations)
      : project_(project), relations_(relations) {}
  [[nodiscard]] std::optional<Latest> latest_of(const Relation& provision) const;

 private:
  [[nodiscard]] std::optional<std::uint8_t> is_latest(ValueId value, ResourceId function) const;
  [[nodiscard]] bool is_unpublished(ResourceId function) const;
  [[nodiscard]] const Property* version_of_alias(ValueId qualifier, ResourceId function) const;

  const Project& project_;
  const RelationsTo& relations_;
};

// Terraform's `version` of a function that does not publish is "$LATEST".
bool Qualifiers::is_unpublished(ResourceId function) const {
  const Property* publish = property_of(project_, function, "Publish");
  if (publish == nullptr) return true;
  return as_text(*project_.pool, publish->value) == "false";
}

std::optional<std::uint8_t> Qualifiers::is_latest(ValueId value, ResourceId function) const {
  const ValuePool& pool = *project_.pool;
  const auto wrong = wrong_case(cases_of(pool, value), [&](ValueId one) {
    if (as_text(pool, one) == kLatest) return true;
    return pool.is(one, ValueKind::Reference) && pool[one].ref == function.index &&
           pool.text(one) == "Version" && is_unpublished(function);
  });
  return wrong ? std::optional(wrong->uncertainty) : std::nullopt;
}

// The version of the alias that a qualifier names.
const Property* Qualifiers::version_of_alias(ValueId qualifier, ResourceId function) const {
  const ValuePool& pool = *project_.pool;
  for (const Relation* const relation : relations_[function]) {
    if (relation->kind != RelationKind::Refines || !relation->from.exists()) continue;
    const Resource& alias = project_.stacks[relation->from];
    if (alias.kind != ResourceKind::Alias) continue;
    const bool named =
        (pool.is(qualifier, ValueKind::Reference) && pool[qualifier].ref == relation->from.index) ||
        (as_text(pool, qualifier) &&
         as_text(pool, qualifier) == as_text(pool, alias.physical_name));
    if (named) return property_of(project_, relation->from, "FunctionVersion");
  }
  return nullptr;
}

std::optional<Latest> Qualifiers::latest_of(const Relation& provision) const {
  const ResourceId by = provision.from;
  if (!by.exists()) return std::nullopt;
  const Property* property = property_of(project_, by, "Qualifier");
  if (property != nullptr)
    if (const Property* version = version_of_alias(property->value, provision.to))
      property = version;
  if (property == nullptr) property = property_of(project_, by, "FunctionVersion");
  if (property == nullptr) return std::nullopt;
  const auto uncertainty = is_latest(property->value, provision.to);
  if (!uncertainty) return std::nullopt;
  return Latest{property, static_cast<std::uint8_t>(*uncertainty | provision.uncertainty)};
}

void report_latest(const Project& project, const Relation& provision, const Latest& latest,
                   Findings& findings) {
  const ValuePool& pool = *project.pool;
  const std::string name = name_of(project, provision.to);
  const bool written = as_text(pool, latest.property->value) == kLatest;
  findings.push_back(
      FindingBuilder("concurrency-provisioned-on-latest", latest.uncertainty)
          .about(name)
          .at(*latest.property)
          .says("Provisioned concurrency of '", name, "' is on $LATEST",
                written ? "" : ": the function publishes no versions, so it has only this one",
                "; it is available only for published versions and their aliases.")
          .identified(name, ':', name_of(project, provision.from))
          .related_if(provision.where.file.exists(), provision.where, "The amount is set here."));
}

bool is_nothing(const ValuePool& pool, ValueId amount) {
  return !is_given(pool, amount) || as_integer(pool, amount) == 0;
}

// In which branches both are on.
std::optional<std::uint8_t> both_on(const ValuePool& pool, ValueId snap_start,
                                    const Relation& relation) {
  std::optional<std::uint8_t> found;
  bool all = true;
  for (const ValueCase& snapshot : cases_of(pool, snap_start))
    for (const ValueCase& amount : cases_of(pool, relation.amount, relation.when)) {
      if (!both(snapshot.tests, amount.tests)) continue;
      const bool on = as_text(pool, snapshot.value) == "PublishedVersions" &&
                      !is_nothing(pool, amount.value);
      all = all && on;
      if (!on) continue;
      // How much is provisioned does not matter.
      const auto uncertainty =
          static_cast<std::uint8_t>(snapshot.uncertainty | relation.uncertainty |
                                    (as_integer(pool, amount.value) ? amount.uncertainty : 0));
      if (!found || confidence_of(uncertainty) > confidence_of(*found)) found = uncertainty;
    }
  if (found && (!all || !pool.always(relation.when)))
    found = static_cast<std::uint8_t>(*found | kConditional);
  return found;
}

void check_snapshot(const Project& project, const Relation& relation, PlacedFindings& placed,
                    Findings& findings) {
  const ValuePool& pool = *project.pool;
  const Property* snap_start = property_of(project, relation.to, "SnapStart.ApplyOn");
  if (snap_start == nullptr) return;
  const auto uncertainty = both_on(pool, snap_start->value, relation);
  if (!uncertainty) return;
  const std::string name = name_of(project, relation.to);
  const Property* own = property_of(project, relation.to,
                                    "ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions");
  auto finding = FindingBuilder("concurrency-provisioned-with-snapstart", *uncertainty)
                     .about(name)
                     .at(relation.where)
                     .says("'", name,
                           "' uses SnapStart for its published versions, so provisioned "
                           "concurrency cannot be set on them.")
                     .identified(name, ':', name_of(project, relation.from))
                     .related(anchor_of(*snap_start), "SnapStart is turned on here.");
  if (own != nullptr && own->where == relation.where)
    placed.add(relation.to, *own, std::move(finding));
  else
    findings.push_back(std::move(finding));
}

}  // namespace

void concurrency_provisioned(const Project& project, const Settings&, Findings& out) {
  const RelationsTo relations(project.stacks);
  const Qualifiers qualifiers(project, relations);
  PlacedFindings placed(project);
  for (const DeclaredFunction& function : project.stacks.functions) {
    bool provisions = false;
    for (const Relation* const relation : relations[function.resource]) {
      if (relation->kind != RelationKind::Provisions || !relation->amount.exists()) continue;
      provisions = true;
      check_snapshot(project, *relation, placed, out);
      if (const auto latest = qualifiers.latest_of(*relation))
        report_latest(project, *relation, *latest, out);
    }
    for (const Relation* const relation : relations[function.resource])
      if (relation->kind == RelationKind::Scales && relation->amount.exists() && !provisions)
        check_snapshot(project, *relation, placed, out);
  }
  placed.move_to(out);
}

}  // namespace fnlint
