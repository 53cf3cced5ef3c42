// An account's functions share one pool of concurrency, a part of which nobody can reserve. What
// is reserved above the rest fails at deployment, or leaves other functions without any.

#include "checks/concurrency/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "checks/view/value_cases.h"
#include "core/text.h"
#include "tables/quotas.h"

#include <algorithm>
#include <map>

namespace fnlint {

namespace {

struct Reservation {
  ResourceId function = {};
  const Property* property = nullptr;
};

std::optional<std::int64_t> reserved_of(const ValuePool& pool, ValueId value) {
  const auto number = as_integer(pool, value);
  return number && *number > 0 ? number : std::nullopt;
}

void report(const Project& project, const std::vector<Reservation>& rows, const Total& total,
            const Settings& settings, Findings& findings) {
  const std::int64_t limit = settings.account_concurrency;
  const auto largest = static_cast<std::size_t>(
      std::ranges::max_element(total.parts) - total.parts.begin());
  const bool assumed = limit == Settings{}.account_concurrency;
  const std::int64_t kept = quotas().unreserved_concurrency;
  const auto count = std::ranges::count_if(total.parts, [](std::int64_t part) { return part > 0; });
  const std::string name = name_of(project, rows[largest].function);
  auto finding = FindingBuilder("concurrency-reserved-above-account",
                                total.uncertainty | (assumed ? kHeuristic : 0))
                     .about(name)
                     .at(*rows[largest].property)
                     .says(count > 1 ? cat(count, " functions reserve ", total.number, " together")
                                     : cat("'", name, "' reserves ", total.number),
                           "; of ", limit, assumed ? ", the default quota of an account," : "",
                           " Lambda keeps ", kept, " unreserved, so at most ", limit - kept,
                           " can be reserved.");
  std::size_t told = 0;
  for (std::size_t i = 0; i < rows.size() && told < 10; ++i)
    if (i != largest && total.parts[i] > 0) {
      ++told;
      finding.related(anchor_of(*rows[i].property), "'", name_of(project, rows[i].function),
                      "' reserves ", total.parts[i], ".");
    }
  findings.push_back(std::move(finding));
}

}  // namespace

void concurrency_pool(const Project& project, const Settings& settings, Findings& findings) {
  std::map<std::uint32_t, std::vector<Reservation>> stacks;  // by their roots
  for (const DeclaredFunction& function : project.stacks.functions)
    if (const Property* property =
            property_of(project, function.resource, "ReservedConcurrentExecutions"))
      stacks[root_scope(project.stacks, project.stacks[function.resource].scope)].push_back(
          {function.resource, property});
  for (const auto& [root, rows] : stacks) {
    std::vector<Term> terms;
    for (const Reservation& row : rows)
      terms.push_back(
          {.value = row.property->value, .when = project.stacks[row.function].exists});
    const std::vector<Total> totals = totals_of(*project.pool, terms, reserved_of);
    const std::int64_t most = settings.account_concurrency - quotas().unreserved_concurrency;
    const auto total =
        wrong_total(totals, [most](const Total& each) { return each.number > most; });
    if (total) report(project, rows, *total, settings, findings);
  }
}

}  // namespace fnlint
