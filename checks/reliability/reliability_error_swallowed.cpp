// A source that delivers again what failed has to be told that it failed.

#include "checks/event/event_unread_return.h"
#include "checks/idempotency/idempotency_view.h"
#include "checks/reliability/lost_errors.h"
#include "checks/reliability/rules.h"
#include "checks/view/call_name.h"
#include "checks/view/code_calls.h"
#include "checks/view/finding_builder.h"
#include "core/text.h"
#include "tables/known.h"
#include "tables/models.h"
#include "values/confidence.h"
#include "values/failures.h"
#include "values/pool.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace fnlint {

namespace {

// Who polls a source may find in it what failed.
bool may_list_failures(const ValuePool& pool, ValueId returned) {
  if (!returned.exists()) return true;
  switch (pool[returned].kind) {
    case ValueKind::Absent:
    case ValueKind::Null:
    case ValueKind::Bool:
    case ValueKind::Number:
    case ValueKind::Text:
    case ValueKind::Pattern: return false;
    case ValueKind::Record:
      return pool[returned].ref != 0 || entry_of(pool, returned, "batchItemFailures").exists();
    case ValueKind::OneOf:
      return std::ranges::any_of(pool.operands(returned),
                                 [&](ValueId one) { return may_list_failures(pool, one); });
    default: return true;
  }
}

// An error of the effect comes to nobody who would deliver the event again.
class SwallowedErrors {
 public:
  SwallowedErrors(const Project& project, const RelationsTo& relations, const OtherCallers& others,
                  const DeliverySources& sources, const LambdaFunction& function)
      : project_(project),
        function_(function),
        sources_(told_by_failure(project, relations, function, sources.of(function))),
        answer_(unread_failure(project, relations, others, function)),
        is_started_(function.resource.exists() &&
                    std::ranges::any_of(relations[function.resource], [](const Relation* one) {
                      return one->kind == RelationKind::Trigger ||
                             one->kind == RelationKind::MayInvoke;
                    })) {
    for (const Effect& effect : function.effects)
      if (is_deletion_of_record(effect)) deletions_.push_back(&effect);
  }

  void check(const Effect& effect, Findings& findings) {
    const auto source = std::ranges::find_if(
        sources_, [&](const DeliverySource& one) { return comes_of(project_, one, effect); });
    const Operation& operation = operations()[effect.operation];
    if (!matters(effect) || is_told(effect) || source == sources_.end() || is_deleted(effect) ||
        !reported_.insert(operation.id).second)
      return;
    std::uint8_t uncertainty = static_cast<std::uint8_t>(
        (effect.uncertainty & ~(kUncertain | kConditional)) | source->uncertainty);
    if (is_logged(effect)) uncertainty |= kHeuristic;       // somebody may look there
    if (effect.lost_on_purpose) uncertainty |= kUncertain;  // who wrote it has thought of it
    // The next run of a clock may find what this one has left undone.
    const bool is_left = !is_work(effect) || (effect.flags & kInLoop) != 0;
    if (is_logged(effect) && is_left && goes_by_clock(project_, *source)) uncertainty |= kUncertain;
    if (!is_new_handler(effect, confidence_of(uncertainty), findings)) return;
    findings.push_back(
        FindingBuilder("reliability-error-swallowed", uncertainty)
            .about(function_)
            .at(effect.where)
            .says("When this call (", call_name(effect), ") fails, ", end_words(effect),
                  source->words, " considers the event handled and never delivers it again.")
            .identified(function_.name, ' ', operation.id)
            .grade_if(!effect.taken_away_by.file.exists() &&
                          (is_optional(effect) || (is_logged(effect) && !is_whole(effect))),
                      Severity::Note)
            .grade_if(is_logged(effect) && is_whole(effect),
                      Severity::Error)  // as likely: a warning
            .with_steps(effect.path)
            .related_if(effect.taken_away_by.file.exists(), effect.taken_away_by,
                        "This takes away an error that is on its way.")
            .related_if(source->where.file.exists(), source->where,
                        "This would deliver it again."));
  }

  // Operations that no row describes: they change something by their name, and are all that the
  // event is for.
  void check_request(const Effect& request, Findings& findings) {
    const auto source = std::ranges::find_if(
        sources_, [&](const DeliverySource& one) { return comes_of(project_, one, request); });
    if (source == sources_.end() || !is_logged(request) || !may_write(request) ||
        is_told(request) || request.lost_on_purpose ||
        is_after_failure(*project_.pool, request.holds) || !is_work(request) ||
        (request.flags & kInLoop) != 0 || is_deleted(request) ||
        !requests_.insert(request.where).second ||
        !by_handler_.try_emplace({request.lost_in, Confidence::Likely}, findings.size()).second)
      return;
    const std::string_view path = request.receiver;
    const std::string_view name = path.substr(path.rfind('.') + 1);
    const auto uncertainty = static_cast<std::uint8_t>(
        (request.uncertainty & ~(kUncertain | kConditional)) | source->uncertainty | kHeuristic);
    findings.push_back(FindingBuilder("reliability-error-swallowed", uncertainty)
                           .about(function_)
                           .at(request.where)
                           .says("When this call (", name, ") fails, ", end_words(request),
                                 source->words,
                                 " considers the event handled and never delivers it again.")
                           .identified(function_.name, ' ', name)
                           .grade(Severity::Note)
                           .with_steps(request.path)
                           .related_if(source->where.file.exists(), source->where,
                                       "This would deliver it again."));
  }

  // Whatever fails of all that it does. Who starts it may not be known, and has nothing but an
  // error to go by where it is given nothing.
  void check(const LostRun& run, Findings& findings) {
    const auto is_there = [&](const Span& lost) {
      return lost.file.exists() && lost.file == run.handler.file &&
             (lost.range.contains(run.handler.range) || run.handler.range.contains(lost.range));
    };
    const bool is_told_of = std::ranges::any_of(
        by_handler_, [&](const auto& row) { return is_there(row.first.first); });
    const bool is_unknown = sources_.empty() && !is_started_ && run.gives_nothing;
    if (is_told_of || (sources_.empty() && !is_unknown) || only_measures(is_there)) return;
    // Beside other work, whose failure is told, the last may be optional.
    if (run.last_alone && tells_of_some()) return;
    const std::string_view words =
        is_unknown ? "whoever starts it" : std::string_view(sources_.front().words);
    const auto uncertainty = static_cast<std::uint8_t>(
        kHeuristic |
        (is_unknown ? 0 : sources_.front().uncertainty & ~(kUncertain | kConditional)));
    findings.push_back(
        FindingBuilder("reliability-error-swallowed", uncertainty)
            .about(function_)
            .at(run.handler)
            .says(run.last_alone
                      ? "The handler ends with this call, and where it fails, that ends here, "
                      : "Whatever fails of all that the handler does ends here, ",
                  run.logged ? "and is only logged: " : "and nothing is done about it: ", words,
                  " is told that all went well, and no retry and no metric of errors follows.")
            .identified(function_.name, " run")
            .related_if(!is_unknown && sources_.front().where.file.exists(),
                        is_unknown ? Span{} : sources_.front().where,
                        "This would deliver it again."));
  }

 private:
  // The code itself has deleted the event's message before: nobody would deliver it again, whatever
  // became of the error.
  [[nodiscard]] bool is_deletion_of_record(const Effect& effect) const {
    if (!deletes_messages(effect) || (effect.flags & kGuessed) != 0 || !effect.arguments.exists())
      return false;
    bool found = false;
    for_each_below(*project_.pool, effect.arguments, [&](ValueId one) {
      found = found || (project_.pool->is(one, ValueKind::Hole) &&
                        (*project_.pool)[one].origin == Origin::Event &&
                        project_.pool->text(one).ends_with("receiptHandle"));
    });
    return found;
  }
  [[nodiscard]] bool is_deleted(const Effect& effect) const {
    return std::ranges::any_of(deletions_, [&](const Effect* deletion) {
      return deletion->order < effect.order && all_hold(deletion->holds, effect.holds);
    });
  }
  // All that is known to end there are measurements.
  template <class IsThere>
  [[nodiscard]] bool only_measures(const IsThere& is_there) const {
    bool any = false;
    for (const std::vector<Effect>* all : {&function_.effects, &function_.unknown_calls})
      for (const Effect& effect : *all) {
        if (!is_there(effect.lost_in)) continue;
        if (changes_something(effect)) return false;
        any = true;
      }
    return any;
  }
  [[nodiscard]] bool tells_of_some() const {
    const auto is_heard = [](const Effect& effect) {
      return changes_something(effect) && (effect.flags & (kErrorsDropped | kErrorsLogged)) == 0;
    };
    return std::ranges::any_of(function_.effects, is_heard) ||
           std::ranges::any_of(function_.unknown_calls, is_heard);
  }
  static std::string_view end_words(const Effect& effect) {
    return effect.taken_away_by.file.exists()
               ? "what leaves the last part of the try takes the error away: "
           : is_logged(effect) ? "the error is only logged: "
                               : "nothing is done about the error: ";
  }
  // What is raised again behind the log was to be told, and is not.
  static bool is_logged(const Effect& effect) {
    return (effect.flags & kErrorsLogged) != 0 && !effect.taken_away_by.file.exists();
  }
  [[nodiscard]] bool is_optional(const Effect& effect) const {
    return tells_of_others(project_, function_, effect);
  }
  // What is said in a log is lost all the same, but somebody may look there; of what may be
  // optional besides, and is no work of the event, nothing is said.
  [[nodiscard]] bool matters(const Effect& effect) const {
    const ValuePool& pool = *project_.pool;
    const bool is_lost = is_logged(effect) ? !is_optional(effect) || is_work_of_event(pool, effect)
                                           : (effect.flags & (kErrorsDropped | kErrorsLogged)) != 0;
    // A write under a condition fails where the event was handled before: that is an answer.
    const bool is_answer =
        is_logged(effect) && is_conditional(pool, operations()[effect.operation], effect);
    return is_lost && !is_answer &&
           !is_one_of(known::calls_that_may_fail(), operations()[effect.operation].id) &&
           (does_something(effect) ||
            (is_logged(effect) && changes_something(effect) && is_work(effect))) &&
           !((is_optional(effect) || is_logged(effect)) && is_after_failure(pool, effect.holds) &&
             !keeps_failed_event(effect));
  }
  // What failed of the event is put elsewhere, and it counts as handled for that alone.
  [[nodiscard]] bool keeps_failed_event(const Effect& effect) const {
    const ResourceKind kind = operations()[effect.operation].target_kind;
    const bool keeps =
        kind == ResourceKind::Queue || kind == ResourceKind::Stream || kind == ResourceKind::Bucket;
    return keeps && is_work_of_event(*project_.pool, effect) && function_.returns_known &&
           std::ranges::none_of(function_.returns, [&](const ReturnedValue& returned) {
             return may_list_failures(*project_.pool, returned.value);
           });
  }
  // The source does not look at what it is answered, whatever that says.
  [[nodiscard]] bool is_work(const Effect& effect) const {
    return (effect.lost_unseen || (effect.flags & kErrorsReturned) != 0) &&
           !effect.lost_on_purpose && is_the_work(project_, function_, effect, AnswerRead::No);
  }
  // Of a batch, one record is lost: who wrote it has kept the others from that.
  [[nodiscard]] bool is_whole(const Effect& effect) const {
    return does_something(effect) && is_known_whole(function_) && is_work(effect) &&
           (effect.flags & kInLoop) == 0 && is_work_of_event(*project_.pool, effect);
  }
  // Where it ends is told of already, at the answer that nobody reads.
  [[nodiscard]] bool is_told(const Effect& effect) const {
    return effect.lost_in.file.exists() && effect.lost_in.file == answer_.file &&
           effect.lost_in.range.contains(answer_.range);
  }
  // One finding a handler of errors.
  bool is_new_handler(const Effect& effect, Confidence confidence, Findings& findings) {
    if (!effect.lost_in.file.exists()) return true;
    const auto [told, is_new] =
        by_handler_.try_emplace({effect.lost_in, confidence}, findings.size());
    if (!is_new)
      findings[told->second].related.push_back(
          {effect.where, cat("An error of this call (", call_name(effect), ") ends there, too.")});
    return is_new;
  }

  const Project& project_;
  const LambdaFunction& function_;
  std::vector<DeliverySource> sources_;
  std::vector<const Effect*> deletions_ = {};  // of the event's own messages
  Span answer_;
  bool is_started_;  // something that is known starts it
  std::set<std::string_view> reported_ = {};                            // operations
  std::set<Span> requests_ = {};
  std::map<std::pair<Span, Confidence>, std::size_t> by_handler_ = {};  // rows of the findings
};

}  // namespace

void reliability_error_swallowed(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  const OtherCallers others(project);
  const DeliverySources sources(project, relations);
  for (const LambdaFunction& function : project.functions) {
    SwallowedErrors swallowed(project, relations, others, sources, function);
    for (const std::vector<Effect>* all : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *all) swallowed.check(effect, findings);
    for (const Effect& request : function.requests) swallowed.check_request(request, findings);
    for (const LostRun& run : function.lost_runs) swallowed.check(run, findings);
  }
}

}  // namespace fnlint
