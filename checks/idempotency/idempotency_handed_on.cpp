// A function that only hands its event on does no harm by doing so twice: whoever handles what it
// sends may, or may know it again.

#include "checks/idempotency/idempotency_view.h"
#include "checks/view/project_view.h"
#include "values/confidence.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>

namespace fnlint {

namespace {

// It sends something to a queue, a topic, a bus or a stream, and nothing more.
bool only_hands_on(const Project& project, const RepeatedEffect& repeated) {
  return repeated.again == RepeatOutcome::Differs && !is_grave(project, repeated) &&
         carries(operations()[repeated.effect->operation].target_kind);
}

struct Consumer {
  const LambdaFunction* function = nullptr;
  bool of_some = false;  // a filter lies between: it may get nothing of what is sent
};

// The project's functions that get what is sent to a queue, topic, bus or stream, by way of others
// where these lie between.
class Consumers {
 public:
  explicit Consumers(const Project& project);
  [[nodiscard]] std::vector<Consumer> of(ResourceId carrier) const;

 private:
  const Project& project_;
  std::multimap<ResourceId, const Relation*> rows_ = {};
};

// Some events only: by the pattern of a rule, the patterns of a mapping or the policy of a
// subscription.
bool lets_some_pass(const Project& project, const Relation& relation) {
  const ValuePool& pool = *project.pool;
  if (!relation.filter.exists() || pool.is(relation.filter, ValueKind::Absent)) return false;
  if (project.stacks[relation.from].kind == ResourceKind::Bus) return true;
  return std::ranges::any_of(std::array{"patterns", "policy"}, [&](std::string_view name) {
    const ValueId given = entry_of(pool, relation.filter, name);
    const bool none = !given.exists() || pool.is(given, ValueKind::Absent) ||
                      (pool.is(given, ValueKind::List) && pool.operands(given).empty());
    return !none;
  });
}

Consumers::Consumers(const Project& project) : project_(project) {
  for (const Relation& relation : project.stacks.relations)
    if (relation.kind == RelationKind::Trigger || relation.kind == RelationKind::Forward)
      if (relation.from.exists() && relation.to.exists()) rows_.emplace(relation.from, &relation);
}

std::vector<Consumer> Consumers::of(ResourceId carrier) const {
  // By whether some way there lets all pass; each is gone on from once more where that is found.
  std::map<ResourceId, bool> of_some{{carrier, false}};
  std::vector<ResourceId> open{carrier};
  while (!open.empty()) {
    const ResourceId at = open.back();
    open.pop_back();
    const auto [first, end] = rows_.equal_range(at);
    for (auto row = first; row != end; ++row) {
      const Relation& relation = *row->second;
      const bool some = of_some[at] || lets_some_pass(project_, relation);
      const auto [reached, is_new] = of_some.try_emplace(relation.to, some);
      if (!is_new && (some || !reached->second)) continue;
      reached->second = some;
      if (carries(project_.stacks[relation.to].kind)) open.push_back(relation.to);
    }
  }
  std::vector<Consumer> consumers;
  for (const auto& [resource, some] : of_some)
    if (const std::uint32_t row = project_.stacks.function_at(resource); row != UINT32_MAX)
      consumers.push_back({&project_.functions[row], some});
  return consumers;
}

// Judges what functions do again, and what those do that get what they send.
class Repeats {
 public:
  Repeats(const Project& project, const RelationsTo& relations, Findings& findings)
      : project_(project), sources_(project, relations), consumers_(project), findings_(findings) {}

  void judge(const LambdaFunction& function) {
    // The first source whose events repeat anything is told of.
    std::set<const Effect*> judged;
    for (const DeliverySource& source : sources_.of(function)) {
      const std::vector<RepeatedEffect> effects = repeated(function, source, judged, findings_);
      if (effects.empty()) continue;
      report(function, source, effects);
      break;
    }
  }

 private:
  using Asked = std::set<ResourceId>;

  [[nodiscard]] std::vector<RepeatedEffect> repeated(const LambdaFunction& function,
                                                     const DeliverySource& source,
                                                     std::set<const Effect*>& judged,
                                                     Findings& findings) const {
    std::vector<RepeatedEffect> effects;
    KeptLists lists(project_, function);
    for (const std::vector<Effect>* list : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *list) {
        if (judged.contains(&effect) || !comes_of(project_, source, effect)) continue;
        // What stops the second deliveries of one source may not stop those of another.
        const std::size_t before = findings.size();
        const auto one = unguarded(project_, function, source, effect, lists, findings);
        if (one) effects.push_back(*one);
        if (one || findings.size() > before) judged.insert(&effect);
      }
    return effects;
  }

  // What hangs on state that the function keeps or on an answer from outside, or is done by a
  // function that is not read, is not known: worth a word only where there is nothing else.
  void report(const LambdaFunction& function, const DeliverySource& source,
              const std::vector<RepeatedEffect>& effects) {
    std::vector<RepeatedEffect> kept;
    std::ranges::copy_if(effects, std::back_inserter(kept), [&](const RepeatedEffect& one) {
      return one.again >= RepeatOutcome::Differs && !one.hangs_on_kept_state &&
             is_surely_repeated(project_, function, source, one);
    });
    const std::vector<RepeatedEffect>& told = kept.empty() ? effects : kept;
    Asked asked{function.resource};
    const Handed handed = handed_on(told, asked);
    if (handed != Handed::Harmlessly)
      report_missing(project_, function, source, told, kept.empty() ? kUncertain : 0, handed,
                     findings_);
  }

  [[nodiscard]] Handed handed_on(const std::vector<RepeatedEffect>& effects, Asked& asked) const {
    Handed handed = Handed::Harmlessly;
    for (const RepeatedEffect& one : effects) {
      if (!only_hands_on(project_, one)) return Handed::No;
      const Handed that = to_consumers(*one.effect, asked);
      if (that == Handed::ToHarm || handed == Handed::Harmlessly) handed = that;
    }
    return handed;
  }

  [[nodiscard]] Handed to_consumers(const Effect& effect, Asked& asked) const {
    if (!effect.target.exists()) return Handed::ToUnknown;
    const std::vector<Consumer> consumers = consumers_.of(effect.target);
    Handed handed = consumers.empty() ? Handed::ToUnknown : Handed::Harmlessly;
    for (const Consumer& consumer : consumers) {
      // What goes round becomes more with each copy.
      const bool goes_round = !asked.insert(consumer.function->resource).second;
      Handed that = goes_round ? Handed::ToHarm : done_by(*consumer.function, asked);
      if (that == Handed::ToHarm && consumer.of_some) that = Handed::ToUnknown;
      if (that == Handed::ToHarm) return that;
      if (that == Handed::ToUnknown) handed = that;
    }
    return handed;
  }

  // Whether a function that gets the same once more does something again.
  [[nodiscard]] Handed done_by(const LambdaFunction& consumer, Asked& asked) const {
    if (!consumer.resolved) return Handed::ToUnknown;
    for (const DeliverySource& source : sources_.of(consumer)) {
      std::set<const Effect*> judged;
      Findings unused;
      const std::vector<RepeatedEffect> effects = repeated(consumer, source, judged, unused);
      const Handed that = handed_on(effects, asked);
      if (!unused.empty() || that == Handed::No) return Handed::ToHarm;
      if (that != Handed::Harmlessly) return that;
    }
    return Handed::Harmlessly;
  }

  const Project& project_;
  DeliverySources sources_;
  Consumers consumers_;
  Findings& findings_;
};

}  // namespace

void idempotency_effects(const Project& project, const RelationsTo& relations,
                         Findings& findings) {
  Repeats repeats(project, relations, findings);
  for (const LambdaFunction& function : project.functions)
    if (function.resolved) repeats.judge(function);
}

}  // namespace fnlint
