#include "app/merged_findings.h"

#include "core/text.h"
#include "tables/tables.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

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

// Whose findings were put into the first one, in a line of its own.
void tell_others(Finding& finding, std::vector<std::string>& functions) {
  std::ranges::sort(functions);
  functions.erase(std::ranges::unique(functions).begin(), functions.end());
  if (functions.empty()) return;
  constexpr std::size_t kShown = 10;
  std::string text = "The same for ";
  for (std::size_t i = 0; i < functions.size() && i < kShown; ++i)
    text += cat(i == 0 ? "'" : ", '", functions[i], "'");
  if (functions.size() > kShown) text += cat(" and ", functions.size() - kShown, " more");
  finding.related.push_back({finding.where, cat(text, '.')});
}

// What stands there already is not told again.
void drop_repeated(Finding& finding) {
  std::vector<PlacedText> kept;
  for (PlacedText& one : finding.related) {
    const bool told = std::ranges::any_of(kept, [&](const PlacedText& other) {
      return other.where == one.where && other.message == one.message;
    });
    if (!told) kept.push_back(std::move(one));
  }
  finding.related = std::move(kept);
}

}  // namespace

void merge_findings(Findings& findings) {
  std::ranges::stable_sort(
      findings, [](const Finding& a, const Finding& b) { return order_of(a) < order_of(b); });
  Findings merged;
  std::vector<std::string> others;  // functions of findings that are one with the last
  const auto end_last = [&] {
    if (merged.empty()) return;
    drop_repeated(merged.back());
    tell_others(merged.back(), others);
    others.clear();
  };
  for (Finding& finding : findings) {
    const bool same = !merged.empty() && merged.back().rule == finding.rule &&
                      merged.back().where == finding.where;
    if (!same) {
      end_last();
      merged.push_back(std::move(finding));
    } else if (!finding.function.empty() && finding.function != merged.back().function) {
      others.push_back(std::move(finding.function));
    }
  }
  end_last();
  findings = std::move(merged);
}

}  // namespace fnlint
