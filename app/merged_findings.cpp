#include "app/merged_findings.h"

#include "core/text.h"
#include "tables/tables.h"

#include <algorithm>
#include <tuple>

namespace fnlint {

namespace {

// Of several at one place the strongest comes first, and stays.
auto order_of(const Finding& finding) {
  const Rule* rule = find_rule(finding.rule);
  const Severity severity = finding.severity.value_or(rule ? rule->severity : Severity::Warning);
  return std::tuple(finding.rule, finding.where,
                    -static_cast<int>(level_of(severity, finding.confidence)),
                    -static_cast<int>(finding.confidence), std::string_view(finding.function));
}

}  // namespace

void merge_findings(Findings& findings) {
  std::ranges::stable_sort(
      findings, [](const Finding& a, const Finding& b) { return order_of(a) < order_of(b); });
  Findings merged;
  for (Finding& finding : findings) {
    const bool same = !merged.empty() && merged.back().rule == finding.rule &&
                      merged.back().where == finding.where;
    if (!same) {
      merged.push_back(std::move(finding));
      continue;
    }
    Finding& first = merged.back();
    if (finding.function.empty() || finding.function == first.function) continue;
    constexpr std::size_t kShown = 10;
    const bool known = std::ranges::any_of(first.related, [&](const PlacedText& one) {
      return one.message == cat("The same for '", finding.function, "'.");
    });
    if (!known && first.related.size() < kShown)
      first.related.push_back({finding.where, cat("The same for '", finding.function, "'.")});
  }
  findings = std::move(merged);
}

}  // namespace fnlint
