// A queue's pollers invoke up to their maximum at once. What is above the function's reserved
// concurrency is throttled, and the messages go back until they end in the dead-letter queue.

#include "checks/concurrency/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "checks/view/value_cases.h"
#include "core/text.h"

#include <algorithm>

namespace fnlint {

namespace {

struct Source {
  const Relation* trigger = nullptr;
  const Property* maximum = nullptr;
};

std::optional<std::int64_t> integer_of(const ValuePool& pool, ValueId value) {
  return as_integer(pool, value);
}

std::vector<Source> sources_of(const Project& project, std::span<const Relation* const> relations) {
  std::vector<Source> sources;
  for (const Relation* const relation : relations) {
    if (relation->kind != RelationKind::Trigger || relation->invocation != Invocation::Polled)
      continue;
    const Property* maximum =
        source_property(project, *relation, "ScalingConfig.MaximumConcurrency");
    const bool again = maximum != nullptr &&
                       std::ranges::find(sources, maximum, &Source::maximum) != sources.end();
    if (maximum != nullptr && !again) sources.push_back({relation, maximum});
  }
  return sources;
}

void report(const Project& project, const DeclaredFunction& function, const Property& reserved,
            std::int64_t amount, const std::vector<Source>& sources, const Total& total,
            Findings& findings) {
  std::size_t at = 0;
  for (std::int64_t sum = total.parts[0]; sum <= amount && at + 1 < sources.size();)
    sum += total.parts[++at];
  const std::string name = name_of(project, function.resource);
  auto finding = FindingBuilder("concurrency-source-above-reserved", total.uncertainty)
                     .about(name)
                     .at(*sources[at].maximum)
                     .says(sources.size() > 1 ? "Queues may invoke '" : "The queue may invoke '",
                           name, "' ", total.number, " times at once, but it reserves ", amount,
                           ": invocations above that are throttled, and their messages may end up "
                           "in the dead-letter queue.")
                     .related(anchor_of(reserved), "'", name, "' reserves ", amount, ".");
  for (std::size_t i = 0; i < at; ++i)
    if (total.parts[i] > 0) finding.related(anchor_of(*sources[i].maximum), "This counts too.");
  findings.push_back(std::move(finding));
}

}  // namespace

void concurrency_source_above_reserved(const Project& project, const Settings&,
                                       Findings& findings) {
  const ValuePool& pool = *project.pool;
  const RelationsTo relations(project.stacks);
  for (const DeclaredFunction& function : project.stacks.functions) {
    const Property* reserved =
        property_of(project, function.resource, "ReservedConcurrentExecutions");
    if (reserved == nullptr) continue;
    const std::vector<Source> sources = sources_of(project, relations[function.resource]);
    if (sources.empty()) continue;
    std::vector<Term> terms;
    for (const Source& source : sources)
      terms.push_back({.value = source.maximum->value,
                       .when = source.trigger->when,
                       .uncertainty = source.trigger->uncertainty});
    // The first number of a total is what is reserved there; less than nothing: without bound.
    std::vector<Total> totals;
    for (const ValueCase& bound : cases_of(pool, reserved->value)) {
      const Total before{.tests = bound.tests, .uncertainty = bound.uncertainty};
      const std::int64_t amount = as_integer(pool, bound.value).value_or(-1);
      for (Total& total : totals_of(pool, terms, integer_of, before)) {
        total.parts.push_back(amount);
        totals.push_back(std::move(total));
      }
    }
    const auto total = wrong_total(totals, [](const Total& each) {
      return each.parts.back() >= 0 && each.number > each.parts.back();
    });
    if (total)
      report(project, function, *reserved, total->parts.back(), sources, *total, findings);
  }
}

}  // namespace fnlint
