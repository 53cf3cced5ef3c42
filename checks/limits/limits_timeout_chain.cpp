// A function that may run longer than whoever waits for it works for nobody: the caller has given
// up, and the rest is paid for.

#include "checks/limits/callers.h"
#include "checks/limits/numbers.h"
#include "checks/limits/request_waits.h"
#include "checks/limits/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/known.h"
#include "tables/models.h"

#include <algorithm>
#include <map>

namespace fnlint {

namespace {

std::string seconds(std::int64_t ms) {
  return ms % kMsPerSecond == 0 ? cat(ms / kMsPerSecond, " s") : cat(ms, " ms");
}

// A call that often takes longer than an API waits: which way leads to it is not asked.
const Effect* slow_call_of(const Project& project, ResourceId resource) {
  const auto function = std::ranges::find(project.functions, resource, &LambdaFunction::resource);
  if (function == project.functions.end()) return nullptr;
  const auto call = std::ranges::find_if(function->effects, [](const Effect& effect) {
    return is_one_of(known::slow_operations(), operations()[effect.operation].id);
  });
  return call != function->effects.end() ? &*call : nullptr;
}

std::optional<Finding> judge(const Project& project, const Callers& callers, bool others,
                             ResourceId function) {
  const Number timeout = number_at(project, function, "Timeout");
  if (!timeout.value || timeout.property == nullptr) return std::nullopt;
  std::vector<TimeLimit> limits = callers.waiting_for(function);
  // The time may be meant for a function URL, but who asks by the other way gets no answer.
  const Effect* slow = limits.empty() ? slow_call_of(project, function) : nullptr;
  if (slow != nullptr) limits = callers.waiting_beside_url(function);
  if (limits.empty()) return std::nullopt;
  const TimeLimit& longest =
      *std::ranges::max_element(limits, {}, [](const TimeLimit& one) { return *one.ms; });
  const std::int64_t late = *timeout.value * kMsPerSecond - *longest.ms;
  if (late <= 0) return std::nullopt;
  const std::string name = name_of(project, function);
  FindingBuilder finding("limits-timeout-chain",
                         timeout.uncertainty | longest.uncertainty | (others ? kUncertain : 0));
  if (slow != nullptr)
    finding.at_most(Confidence::Likely).along(slow->path, slow->where, "This may take longer.");
  return finding.about(name)
      .grade_if(late <= kMsPerSecond, Severity::Note)  // little is paid for, and seldom
      .at(timeout.property->inherited ? project.stacks[function].name
                                      : anchor_of(*timeout.property))
      .says("'", name, "' may run ", *timeout.value, " s, but ", longest.words, " waits ",
            seconds(*longest.ms),
            " for it: anything that takes longer is billed, but its result is lost.")
      .identified(name, ':', longest.words)
      .related(longest.where, longest.words, " gives up after ", seconds(*longest.ms), ".");
}

}  // namespace

void limits_timeout_chain(const Project& project, const Settings&, Findings& findings) {
  limits_request_waits(project, findings);
  const Callers callers(project);
  const bool others = callers.may_be_others();
  std::map<Span, std::pair<std::size_t, std::vector<Finding>>>
      shared;  // from Globals: users, wrong
  for (const DeclaredFunction& function : project.stacks.functions) {
    const Property* timeout = property_of(project, function.resource, "Timeout");
    std::optional<Finding> finding = judge(project, callers, others, function.resource);
    if (timeout != nullptr && timeout->inherited) {
      auto& [users, wrong] = shared[timeout->where];
      ++users;
      if (finding) wrong.push_back(std::move(*finding));
    } else if (finding) {
      findings.push_back(std::move(*finding));
    }
  }
  for (auto& [place, rows] : shared) {
    // What is wrong for all users of Globals is wrong there, once.
    if (!rows.second.empty() && rows.second.size() == rows.first) {
      rows.second.front().where = place;
      rows.second.resize(1);
    }
    for (Finding& finding : rows.second) findings.push_back(std::move(finding));
  }
}

}  // namespace fnlint
