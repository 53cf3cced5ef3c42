// What code makes of calls that fail: it tries them once more by itself, or leaves the failure to
// whoever waits for the answer.

#include "checks/event/event_view.h"
#include "checks/reliability/rules.h"
#include "checks/view/call_name.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

std::vector<const Effect*> effects_in_order(const LambdaFunction& function) {
  std::vector<const Effect*> effects;
  for (const std::vector<Effect>* const list : {&function.effects, &function.unknown_calls})
    for (const Effect& effect : *list) effects.push_back(&effect);
  std::ranges::stable_sort(effects, {}, &Effect::order);
  return effects;
}

// An operation of AWS, whose SDK tries again what may go well then.
bool is_of_sdk(const Effect& effect) {
  return (effect.flags & kGuessed) == 0 && !operations()[effect.operation].actions.empty();
}

FindingBuilder finding_at(const LambdaFunction& function, const Effect& effect,
                          std::string_view rule, std::uint8_t uncertainty) {
  return FindingBuilder(rule, uncertainty | (effect.uncertainty & (kCut | kOfHappening)))
      .about(function)
      .at(effect.where)
      .identified(function.name, ':', operations()[effect.operation].id)
      .along(effect.path, effect.where, "The call is here.");
}

void check_retries(const ValuePool& pool, const LambdaFunction& function,
                   const std::vector<const Effect*>& effects, Findings& findings) {
  std::set<Span> told;
  for (const Effect* const effect : effects) {
    if ((effect->flags & kTriedAgain) == 0 || !is_of_sdk(*effect)) continue;
    // A write with a condition fails by what is stored: only a new one can go well.
    if (entry_of(pool, effect->arguments, "ConditionExpression").exists()) continue;
    if (!told.insert(effect->where).second) continue;
    // Which errors it is there for is not asked.
    findings.push_back(
        finding_at(function, *effect, "reliability-custom-retry", kHeuristic)
            .says("This loop tries the call (", call_name(*effect),
                  ") again when it fails. The SDK has done so before it raised: both together try "
                  "it many times, without its backoff, while the function waits."));
  }
}

bool answers_requests(const Project& project, const RelationsTo& relations,
                      const LambdaFunction& function) {
  bool any = false;
  for (const Relation* const row : relations[function.resource]) {
    if (row->kind != RelationKind::Trigger) continue;
    any = true;
    if (!comes_from_api(project, *row)) return false;
  }
  return any;
}

// An authorizer, which says no by raising.
bool returns_policy(const ValuePool& pool, const LambdaFunction& function) {
  return std::ranges::any_of(function.returns, [&](const ReturnedValue& one) {
    return entry_of(pool, one.value, "policyDocument").exists();
  });
}

// One is enough to say so: what answers it is around all of them.
void check_unhandled(const ValuePool& pool, const LambdaFunction& function,
                     const std::vector<const Effect*>& effects, Findings& findings) {
  if (!function.returns_known || returns_policy(pool, function)) return;
  for (const Effect* const effect : effects) {
    const Operation& operation = operations()[effect->operation];
    if ((effect->flags & (kErrorsPass | kGuessed | kDetached)) != kErrorsPass ||
        is_local(operation))
      continue;
    findings.push_back(
        finding_at(function, *effect, "reliability-error-unhandled",
                   (effect->flags & kUnderUnknownTest) != 0 ? kConditional : 0)
            .says("When this call (", call_name(*effect),
                  ") fails, nothing on the way from the handler makes an answer of it: the caller "
                  "gets a bare 502 without a word on what went wrong.")
            .identified(function.name));
    return;
  }
}

}  // namespace

void reliability_failures(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  for (const LambdaFunction& function : project.functions) {
    if (!function.resolved) continue;
    const std::vector<const Effect*> effects = effects_in_order(function);
    check_retries(*project.pool, function, effects, findings);
    if (answers_requests(project, relations, function))
      check_unhandled(*project.pool, function, effects, findings);
  }
}

}  // namespace fnlint
