// A source that delivers again what failed has to be told that it failed.

#include "checks/event/event_unread_return.h"
#include "checks/idempotency/idempotency_view.h"
#include "checks/reliability/lost_errors.h"
#include "checks/reliability/rules.h"
#include "checks/view/call_name.h"
#include "checks/view/finding_builder.h"
#include "core/text.h"
#include "tables/models.h"
#include "values/confidence.h"
#include "values/pool.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace fnlint {

namespace {

// The work of the event itself, whatever else is done beside it: it is made of the event.
bool is_work_of_event(const ValuePool& pool, const Effect& effect) {
  return std::ranges::any_of(
      std::array{effect.target_value, effect.key, effect.arguments},
      [&](ValueId value) { return value.exists() && has_origin(pool, value, Origin::Event); });
}

}  // namespace

void reliability_error_swallowed(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  const OtherCallers others(project);
  const DeliverySources all_sources(project, relations);
  for (const LambdaFunction& function : project.functions) {
    std::vector<DeliverySource> sources =
        told_by_failure(project, relations, function, all_sources.of(function));
    const bool is_optional = tells_of_others(function);
    std::set<std::string_view> reported;  // operations
    const Span answer = unread_failure(project, relations, others, function);
    // Rows of `findings`, by where errors are lost and how surely.
    std::map<std::pair<Span, Confidence>, std::size_t> by_handler;
    for (const std::vector<Effect>* all : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *all) {
        const Operation& operation = operations()[effect.operation];
        // What is said in a log is lost all the same, but somebody may look there; of what may be
        // optional besides, and is no work of the event, nothing is said.
        const bool is_logged = (effect.flags & kErrorsLogged) != 0;
        const bool is_lost = is_logged ? !is_optional || is_work_of_event(*project.pool, effect)
                                       : (effect.flags & kErrorsDropped) != 0;
        // A write under a condition fails where the event was handled before: that is an answer.
        const bool is_answer = is_logged && is_conditional(*project.pool, operation, effect);
        const bool matters =
            is_lost && !is_answer && does_something(effect) &&
            !((is_optional || is_logged) && is_after_failure(*project.pool, effect));
        const auto source = std::ranges::find_if(
            sources, [&](const DeliverySource& one) { return comes_of(project, one, effect); });
        // Where it ends is told of already, at the answer that nobody reads.
        const bool is_told = effect.lost_in.file.exists() && effect.lost_in.file == answer.file &&
                             effect.lost_in.range.contains(answer.range);
        if (!matters || is_told || source == sources.end() || !reported.insert(operation.id).second)
          continue;
        std::uint8_t evidence = static_cast<std::uint8_t>(
            (effect.evidence & ~(kUncertain | kConditional)) | source->evidence);
        if (is_logged) evidence |= kHeuristic;  // somebody may look there
        if (effect.lost_on_purpose) evidence |= kUncertain;  // who wrote it has thought of it
        // The next run of a clock may find what this one has left undone.
        if (is_logged && goes_by_clock(project, *source)) evidence |= kUncertain;
        if (effect.lost_in.file.exists()) {
          const auto [told, is_new] =
              by_handler.try_emplace({effect.lost_in, confidence_of(evidence)}, findings.size());
          if (!is_new) {
            findings[told->second].related.push_back(
                {effect.where,
                 cat("An error of this call (", call_name(effect), ") ends there, too.")});
            continue;
          }
        }
        findings.push_back(FindingBuilder("reliability-error-swallowed", evidence)
                               .about(function)
                               .at(effect.where)
                               .says("When this call (", call_name(effect), ") fails, ",
                                     is_logged ? "the error is only logged: "
                                               : "nothing is done about the error: ",
                                     source->words,
                                     " considers the event handled and never delivers it again.")
                               .identified(function.name, ' ', operation.id)
                               .grade_if(is_optional || is_logged, Severity::Note)
                               .with_steps(effect.path)
                               .related_if(source->where.file.exists(), source->where,
                                           "This would deliver it again."));
      }
  }
}

}  // namespace fnlint
