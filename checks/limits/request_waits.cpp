// Compares how long a request may wait with its function's timeout: once, or once for each record
// if a batch is worked off in sequence.

#include "checks/limits/request_waits.h"

#include "checks/event/event_view.h"
#include "checks/limits/numbers.h"
#include "checks/view/call_name.h"
#include "checks/view/code_calls.h"
#include "checks/view/explicit_timeout.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/models.h"

#include <map>
#include <set>

namespace fnlint {

std::optional<RequestWait> request_wait_of(const ValuePool& pool, const Effect& effect) {
  if (effect.library == UINT32_MAX) return std::nullopt;
  const LibraryModel& row = library_models()[effect.library];
  if (const auto told = explicit_timeout(pool, row, effect.arguments, effect.object))
    return RequestWait{*told};
  const auto given = default_wait(pool, row, effect.arguments, effect.object);
  return given ? std::optional(RequestWait{*given, true}) : std::nullopt;
}

namespace {

// One after the other.
bool is_for_each_in_turn(const ValuePool& pool, const Effect& effect) {
  constexpr std::uint32_t kBeside = kManyAtOnce | kDetached | kBesideTasks;
  return (effect.flags & kBeside) == 0 && is_for_each_record(pool, effect);
}

class FunctionWaits {
 public:
  FunctionWaits(const Project& project, const RelationsTo& relations,
                const LambdaFunction& function)
      : project_(project),
        function_(function),
        timeout_(number_at(project, function.resource, "Timeout")) {
    if (!timeout_.value) return;
    where_ = timeout_.property != nullptr ? anchor_of(*timeout_.property)
                                          : project.stacks[function.resource].name;
    for (const TriggerShape& one : trigger_shapes(project, relations, function))
      if (one.shape != nullptr && one.shape->batch > 1) take_batch(one);
  }

  void check(const Effect& effect, Findings& findings) {
    const auto wait = request_wait_of(*project_.pool, effect);
    if (!timeout_.value || !wait) return;
    const double most = static_cast<double>(*timeout_.value * kMsPerSecond);
    if (wait->ms >= most) {
      if (reported_.insert(effect.where).second) add_longer(effect, *wait, findings);
    } else if (batch_ > 1 && wait->ms * static_cast<double>(batch_) > most &&
               is_for_each_in_turn(*project_.pool, effect) &&
               reported_.insert(effect.where).second) {
      findings.push_back(longer_together(effect, *wait));
    }
  }

 private:
  // What a library does by itself, it does wherever it is called: that is told once.
  void add_longer(const Effect& effect, const RequestWait& wait, Findings& findings) {
    const auto told = by_default_.find(wait.ms);
    if (wait.by_default && told != by_default_.end()) {
      findings[told->second].related.push_back(
          {effect.where, cat("This request (", call_name(effect), ") may wait as long.")});
      return;
    }
    if (wait.by_default) by_default_.emplace(wait.ms, findings.size());
    findings.push_back(longer(effect, wait));
  }
  void take_batch(const TriggerShape& one) {
    const std::int64_t size = batch_of(project_, one).value_or(0);
    if (size <= batch_) return;
    batch_ = size;
    batch_where_ = trigger_anchor(project_, *one.trigger, "BatchSize");
  }

  [[nodiscard]] FindingBuilder begun(const Effect& effect, const RequestWait& wait) const {
    FindingBuilder finding("limits-timeout-chain",
                           timeout_.uncertainty | (effect.uncertainty & (kCut | kOfHappening)));
    finding.about(function_)
        .at(effect.where)
        .identified(function_.name, ':', operations()[effect.operation].id)
        .says("This request (", call_name(effect), ") may wait ", seconds_of(wait.ms),
              wait.by_default ? ", as its library does by itself" : "");
    return finding;
  }
  [[nodiscard]] Finding longer(const Effect& effect, const RequestWait& wait) const {
    return begun(effect, wait)
        .adds(", but '", function_.name, "' may run ", *timeout_.value,
              " s: it is stopped before the request gives up, with no time left to respond.")
        .related(where_, "'", function_.name, "' may run ", *timeout_.value, " s.")
        .along(effect.path, effect.where, "It waits here.");
  }
  [[nodiscard]] Finding longer_together(const Effect& effect, const RequestWait& wait) const {
    return begun(effect, wait)
        .adds(" for each of up to ", batch_, " records, one after the other, but '", function_.name,
              "' may run ", *timeout_.value,
              " s: when the other side is slow, it is stopped and the whole batch comes again.")
        .at_most(Confidence::Likely)
        .related(where_, "'", function_.name, "' may run ", *timeout_.value, " s.")
        .related(batch_where_, "It is given up to ", batch_, " records at once.")
        .along(effect.path, effect.where, "It waits here.");
  }

  const Project& project_;
  const LambdaFunction& function_;
  const Number timeout_;
  Span where_ = {}, batch_where_ = {};
  std::int64_t batch_ = 1;
  std::set<Span> reported_ = {};
  std::map<double, std::size_t> by_default_ = {};  // rows of the findings
};

}  // namespace

void limits_request_waits(const Project& project, Findings& findings) {
  const RelationsTo relations(project.stacks);
  for (const LambdaFunction& function : project.functions) {
    FunctionWaits waits(project, relations, function);
    for (const auto* effects : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *effects) waits.check(effect, findings);
  }
}

}  // namespace fnlint
