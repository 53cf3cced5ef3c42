// A write that fails, and neither a log nor an answer nor an error says so.

#include "checks/event/event_unread_return.h"
#include "checks/reliability/lost_errors.h"
#include "checks/reliability/rules.h"
#include "checks/view/call_name.h"
#include "checks/view/finding_builder.h"
#include "checks/view/invocation_type.h"
#include "core/text.h"
#include "tables/libraries.h"
#include "tables/models.h"
#include "values/failures.h"
#include "values/pool.h"

#include <algorithm>
#include <map>
#include <set>

namespace fnlint {

namespace {

// What others rely on: it causes an event, or costs money or reaches people. Of what is made under
// a name the failure may be that it is there, and of who waits for an answer, that there is none.
bool is_relied_on(const ValuePool& pool, const Effect& effect) {
  const Operation& operation = operations()[effect.operation];
  if (is_local(operation) || operation.repeat == Repeat::ByName) return false;
  if (operation.service == "lambda") return invocation_type(pool, effect.arguments) == "event";
  return !operation.events.empty() || operation.grave;
}

// "latest.txt" and "feed-${day}.csv".
bool are_other_keys(const ValuePool& pool, ValueId one, ValueId other) {
  const auto is_text = [&](ValueId key) {
    return pool.is(key, ValueKind::Text) || pool.is(key, ValueKind::Pattern);
  };
  return one.exists() && other.exists() && one != other && is_text(one) && is_text(other);
}

bool is_untold(const Effect& effect) {
  constexpr std::uint32_t kTold = kErrorsReturned | kErrorsLogged;
  return (effect.flags & kErrorsDropped) != 0 && (effect.flags & kTold) == 0;
}

// Somebody waits for what it returns, and where the effect comes to, that says something else than
// a failure.
bool answers_well(const Project& project, const RelationsTo& relations,
                  const LambdaFunction& function, const Effect& effect) {
  const bool is_asked =
      std::ranges::any_of(relations[function.resource], [](const Relation* relation) {
        return relation->kind == RelationKind::Trigger &&
               relation->invocation == Invocation::Synchronous;
      });
  const auto has_status = [&](const ReturnedValue& returned) {
    return project.pool->is(returned.value, ValueKind::Record) &&
           entry_of(*project.pool, returned.value, "statusCode").exists();
  };
  const auto is_good = [&](const ReturnedValue& returned) {
    return returned.value.exists() &&
           !exclude_each_other(*project.pool, returned.holds, effect.holds) &&
           !says_failure(*project.pool, returned.value) && (is_asked || has_status(returned));
  };
  return std::ranges::any_of(function.returns, is_good);
}

class UntoldWrites {
 public:
  UntoldWrites(const Project& project, const RelationsTo& relations, const DeliverySources& sources,
               const LambdaFunction& function)
      : project_(project),
        relations_(relations),
        function_(function),
        sources_(told_by_failure(project, relations, function, sources.of(function))) {}

  void check(const Effect& effect, Findings& findings) {
    const Operation& operation = operations()[effect.operation];
    if (!is_untold(effect) || !does_something(effect) || !is_relied_on(*project_.pool, effect) ||
        is_conditional(*project_.pool, operation, effect) ||
        is_after_failure(*project_.pool, effect.holds) || is_delivered_again(effect) ||
        !reported_.insert(effect.where).second)
      return;
    if (effect.lost_in.file.exists()) {
      const auto [told, is_new] = by_handler_.try_emplace(effect.lost_in, findings.size());
      if (!is_new) {
        findings[told->second].related.push_back(
            {effect.where,
             cat("An error of this call (", call_name(effect), ") ends there, too.")});
        return;
      }
    }
    tell(effect, call_name(effect),
         tells_of_others(project_, function_, effect) || is_read_too(effect), findings);
  }

  // Somebody waits for the answer, which says that it is done.
  void check_logged(const Effect& effect, Findings& findings) {
    const Operation& operation = operations()[effect.operation];
    if ((effect.flags & kErrorsLogged) == 0 || !effect.lost_unseen || effect.lost_on_purpose ||
        !does_something(effect) || !is_relied_on(*project_.pool, effect) ||
        is_conditional(*project_.pool, operation, effect) ||
        is_after_failure(*project_.pool, effect.holds) || is_delivered_again(effect) ||
        is_read_too(effect) || !is_the_work(project_, function_, effect, AnswerRead::Yes) ||
        !answers_well(project_, relations_, function_, effect) ||
        !reported_.insert(effect.where).second)
      return;
    const bool is_of_request = is_known_whole(function_) &&
                               is_work_of_event(*project_.pool, effect) &&
                               (effect.flags & (kInLoop | kInRoute)) == 0;
    const auto uncertainty =
        static_cast<std::uint8_t>((effect.uncertainty & ~(kUncertain | kConditional)) |
                                  kHeuristic);  // somebody may look there
    findings.push_back(
        FindingBuilder("reliability-write-failure-untold", uncertainty)
            .about(function_)
            .at(effect.where)
            .says(
                "When this call (", call_name(effect),
                ") fails, the error is only logged: the function goes on and answers as if it had "
                "been done.")
            .identified(function_.name, ' ', call_name(effect))
            .grade(is_of_request ? Severity::Error : Severity::Note)  // as likely: a warning
            .with_steps(effect.path)
            .related_if(effect.lost_in.file.exists(), effect.lost_in, "The error ends here."));
  }

  // Operations that no row describes: they change something by their name.
  void check_request(const Effect& request, Findings& findings) {
    const std::string_view path = request.receiver;
    const std::string_view name = path.substr(path.rfind('.') + 1);
    if (!is_untold(request) || !may_write(request) ||
        is_after_failure(*project_.pool, request.holds) || !reported_.insert(request.where).second)
      return;
    tell(request, name, true, findings);
  }

 private:
  void tell(const Effect& effect, std::string_view name, bool is_optional, Findings& findings) {
    // Whether it is done is another question.
    const auto uncertainty =
        static_cast<std::uint8_t>(effect.uncertainty & ~(kUncertain | kConditional));
    findings.push_back(
        FindingBuilder("reliability-write-failure-untold", uncertainty)
            .about(function_)
            .at(effect.where)
            .says("When this call (", name,
                  ") fails, nothing says so: the error is neither raised nor returned nor logged, "
                  "and the function goes on as if it had been done.")
            .identified(function_.name, ' ', name)
            .grade_if(is_optional, Severity::Note)
            .with_steps(effect.path)
            .related_if(effect.lost_in.file.exists(), effect.lost_in, "The error ends here."));
  }
  // It may be kept there for the next time alone: a cache.
  [[nodiscard]] bool is_read_too(const Effect& write) const {
    return std::ranges::any_of(function_.effects, [&](const Effect& one) {
      const Operation& read = operations()[one.operation];
      const bool is_of_other_object = read.target_kind == ResourceKind::Bucket &&
                                      are_other_keys(*project_.pool, one.key, write.key);
      return one.target_value.exists() && one.target_value == write.target_value &&
             read.service == operations()[write.operation].service && read.events.empty() &&
             !is_of_other_object;
    });
  }
  // Which reliability-error-swallowed tells.
  [[nodiscard]] bool is_delivered_again(const Effect& effect) const {
    return std::ranges::any_of(
        sources_, [&](const DeliverySource& one) { return comes_of(project_, one, effect); });
  }

  const Project& project_;
  const RelationsTo& relations_;
  const LambdaFunction& function_;
  std::vector<DeliverySource> sources_;
  std::set<Span> reported_ = {};
  std::map<Span, std::size_t> by_handler_ = {};  // rows of the findings, by where errors are lost
};

}  // namespace

void reliability_write_failure_untold(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  const DeliverySources sources(project, relations);
  for (const LambdaFunction& function : project.functions) {
    UntoldWrites writes(project, relations, sources, function);
    for (const std::vector<Effect>* all : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *all) {
        writes.check(effect, findings);
        writes.check_logged(effect, findings);
      }
    for (const Effect& request : function.requests) writes.check_request(request, findings);
  }
}

}  // namespace fnlint
