// Provisioned environments count against the function's reserved concurrency: what is above it
// cannot be provisioned, and the deployment fails or the scaling stops there.

#include "checks/concurrency/rules.h"
#include "checks/view/branches.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/pool.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

namespace fnlint {

namespace {

// What a declaration provisions: nothing where it is left out.
std::vector<Amount> provisioned(const ValuePool& pool, const Relation& provision) {
  std::vector<Amount> amounts =
      amounts_of(pool, provision.amount, tests_of(pool, provision.when), 0);
  if (!pool.always(provision.when)) amounts.push_back({0, {}, 0});
  return amounts;
}

struct ReservedCase {
  std::int64_t reserved = 0, sum = 0;
  bool known = true;
  std::size_t exceeds_at = SIZE_MAX;  // the amount with which the sum first is above
  std::vector<Test> tests = {};
  std::uint8_t uncertainty = 0;
};

std::vector<ReservedCase> branches_of(const ValuePool& pool, const Property& reserved,
                                      std::span<const Relation* const> provisions) {
  std::vector<ReservedCase> branches;
  for (const Amount& amount : amounts_of(pool, reserved.value, {}, std::nullopt)) {
    const bool bounded = amount.number.value_or(-1) >= 0;  // else unreserved, or not known
    branches.push_back(
        {amount.number.value_or(0), 0, bounded, SIZE_MAX, amount.tests, amount.uncertainty});
  }
  for (std::size_t i = 0; i < provisions.size(); ++i) {
    std::vector<ReservedCase> next;
    for (const ReservedCase& branch : branches) {
      for (const Amount& amount : provisioned(pool, *provisions[i])) {
        const std::optional<std::vector<Test>> tests = both(branch.tests, amount.tests);
        if (!tests || next.size() >= kComparedPairs) continue;
        ReservedCase longer = branch;
        longer.tests = *tests;
        longer.known = branch.known && amount.number.has_value();
        longer.sum += amount.number.value_or(0);
        longer.uncertainty = static_cast<std::uint8_t>(longer.uncertainty | amount.uncertainty |
                                                       provisions[i]->uncertainty);
        if (longer.known && longer.sum > longer.reserved && longer.exceeds_at == SIZE_MAX)
          longer.exceeds_at = i;
        next.push_back(std::move(longer));
      }
    }
    branches = std::move(next);
  }
  return branches;
}

// No bound at all.
bool is_unreserved(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  if (row.kind == ValueKind::Absent || row.kind == ValueKind::Null) return true;
  return as_integer(pool, value).value_or(0) < 0;
}

struct Excess {
  const ReservedCase* branch = nullptr;
  std::uint8_t uncertainty = 0;
};

std::optional<Excess> excess_of(const std::vector<ReservedCase>& branches) {
  Excess excess;
  bool every = true;
  for (const ReservedCase& branch : branches) {
    const bool above = branch.known && branch.exceeds_at != SIZE_MAX;
    every = every && above;
    if (!above) continue;
    if (excess.branch == nullptr) excess.branch = &branch;
    excess.uncertainty |= branch.uncertainty;
  }
  if (excess.branch == nullptr) return std::nullopt;
  if (!every) excess.uncertainty |= kConditional;
  return excess;
}

void report(const Project& project, ResourceId function, const Property& reserved,
            std::span<const Relation* const> amounts, const Excess& excess, std::string_view rule,
            Findings& findings) {
  const ValuePool& pool = *project.pool;
  const ReservedCase& branch = *excess.branch;
  const Relation& anchor = *amounts[branch.exceeds_at];
  const std::string name = name_of(project, function);
  const bool scaling = rule == "concurrency-autoscaling-above-reserved";
  auto finding = FindingBuilder(rule, excess.uncertainty)
                     .about(name)
                     .at(anchor.where)
                     .says(scaling ? "Autoscaling may provision " : "Provisioned concurrency ",
                           branch.sum, amounts.size() > 1 && !scaling ? " in total" : "",
                           scaling ? ", which is above the reserved concurrency "
                                   : " is above the reserved concurrency ",
                           branch.reserved, " of '", name, "'", label_of(pool, branch.tests), ".")
                     .identified(name, ':', name_of(project, anchor.from))
                     .related(anchor_of(reserved), "'", name, "' reserves ", branch.reserved, ".");
  for (std::size_t i = 0; i < branch.exceeds_at && !scaling; ++i)
    finding.related(amounts[i]->where, "This counts too.");
  findings.push_back(std::move(finding));
}

// What Globals give to functions of which it is wrong for some only stands at these.
void place_inherited(const Project& project, Findings& findings) {
  constexpr std::string_view kAmount =
      "ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions";
  std::map<Span, std::size_t> users, wrong;
  std::map<std::string, Span> declarations;
  for (const DeclaredFunction& function : project.stacks.functions) {
    const Property* amount = property_of(project, function.resource, kAmount);
    if (amount == nullptr || !amount->inherited) continue;
    ++users[amount->where];
    declarations[name_of(project, function.resource)] = project.stacks[function.resource].name;
  }
  for (const Finding& finding : findings)
    if (users.contains(finding.where)) ++wrong[finding.where];
  for (Finding& finding : findings) {
    const auto given = users.find(finding.where);
    if (given == users.end() || given->second == wrong[finding.where]) continue;
    finding.related.push_back({finding.where, "The amount is set here."});
    finding.where = declarations[finding.function];
  }
}

}  // namespace

void concurrency_above_reserved(const Project& project, const Settings&, Findings& out) {
  const ValuePool& pool = *project.pool;
  Findings findings;
  const RelationsTo relations(project.stacks);
  for (const DeclaredFunction& function : project.stacks.functions) {
    const Property* reserved =
        property_of(project, function.resource, "ReservedConcurrentExecutions");
    if (reserved == nullptr || is_unreserved(pool, reserved->value)) continue;
    std::vector<const Relation*> provisions;
    for (const Relation* const row : relations[function.resource]) {
      const Relation& relation = *row;
      if (!relation.amount.exists()) continue;
      if (relation.kind == RelationKind::Provisions) provisions.push_back(&relation);
      if (relation.kind != RelationKind::Scales) continue;
      const Relation* const one = &relation;
      const std::vector<ReservedCase> branches = branches_of(pool, *reserved, std::span(&one, 1));
      if (const auto excess = excess_of(branches))
        report(project, function.resource, *reserved, std::span(&one, 1), *excess,
               "concurrency-autoscaling-above-reserved", findings);
    }
    if (provisions.empty()) continue;
    std::ranges::sort(provisions, {}, [](const Relation* relation) { return relation->where; });
    const std::vector<ReservedCase> branches = branches_of(pool, *reserved, provisions);
    if (const auto excess = excess_of(branches))
      report(project, function.resource, *reserved, provisions, *excess,
             "concurrency-provisioned-above-reserved", findings);
  }
  place_inherited(project, findings);
  std::ranges::move(findings, std::back_inserter(out));
}

}  // namespace fnlint
