#include "checks/state_groups.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace fnlint {

namespace {

bool is_same_cause(const ToldChange& one, const ToldChange& other) {
  return one.variable == other.variable && one.finding.rule == other.finding.rule;
}

// A note is one by its severity, or by its confidence.
auto weight(const Finding& finding) {
  return std::tuple(finding.confidence != Confidence::Possible,
                    finding.severity != Severity::Note, finding.confidence);
}

void add_place(const Finding& finding, Finding& lead) {
  const bool is_there = finding.where == lead.where ||
                        std::ranges::find(lead.related, finding.where, &PlacedText::where) !=
                            lead.related.end();
  if (!is_there) lead.related.push_back({finding.where, "It is changed here, too."});
}

}  // namespace

ValueId variable_of(const ValuePool& pool, ValueId place) {
  ValueId variable = place;
  for (; pool.is(place, ValueKind::Computed) && !pool.operands(place).empty();
       place = pool.operands(place)[0])
    if (pool.text(place) == "index") variable = pool.operands(place)[0];
  return variable;
}

void add_by_variable(std::vector<ToldChange> told, Findings& findings) {
  for (std::size_t i = 0; i < told.size(); ++i) {
    if (told[i].finding.rule.empty()) continue;
    const ToldChange cause{{.rule = told[i].finding.rule}, told[i].variable};
    std::size_t first = i;
    for (std::size_t j = i + 1; j < told.size(); ++j)
      if (is_same_cause(cause, told[j]) && weight(told[j].finding) > weight(told[first].finding))
        first = j;
    Finding lead = std::exchange(told[first].finding, {});
    for (std::size_t j = i; j < told.size(); ++j) {
      if (!is_same_cause(cause, told[j])) continue;
      add_place(told[j].finding, lead);
      told[j].finding.rule = {};
    }
    findings.push_back(std::move(lead));
  }
}

}  // namespace fnlint
