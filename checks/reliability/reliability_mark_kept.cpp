// A mark that is written before the work keeps a second delivery out, also where the first one has
// failed: then nobody ever does the work.

#include "checks/idempotency/idempotency_view.h"
#include "checks/reliability/rules.h"
#include "checks/view/call_name.h"
#include "checks/view/finding_builder.h"
#include "core/text.h"
#include "values/implied.h"

#include <algorithm>

namespace fnlint {

namespace {

// Done only where the mark was written.
bool waits_for(const ValuePool& pool, const Effect& mark, const Effect& effect) {
  const std::string_view id = operations()[mark.operation].id;
  const auto was_written = [&](const Fact& answered) {
    return answered.holds && pool.opcode(answered.test) == Opcode::Succeeded &&
           pool.text(pool.operands(answered.test)[0]) == id;
  };
  return effect.order > mark.order && std::ranges::any_of(effect.holds, [&](const Fact& fact) {
           return is_implied(pool, fact, was_written);
         });
}

// What the function does later may take the mark away, or say in it how far the work has come.
bool may_change(const Effect& later, const Effect& mark) {
  const Operation& operation = operations()[later.operation];
  return &later != &mark && operation.service == operations()[mark.operation].service &&
         !only_reads(operation) &&
         (!later.target.exists() || !mark.target.exists() || later.target == mark.target);
}

// The condition lets somebody in again when a time is over: the mark is a lease.
bool is_lease(const ValuePool& pool, const Effect& mark) {
  const ValueId condition = entry_of(pool, mark.arguments, "ConditionExpression");
  if (!condition.exists()) return false;
  const auto text = as_text(pool, condition);
  return !text || text->find(" OR ") != text->npos || text->find(" or ") != text->npos ||
         text->find('<') != text->npos || text->find('>') != text->npos;
}

// The work that is lost; null: there is none, or its failure is answered.
const Effect* lost_work(const ValuePool& pool, const LambdaFunction& function, const Effect& mark) {
  const Effect* lost = nullptr;
  for (const std::vector<Effect>* all : {&function.effects, &function.unknown_calls})
    for (const Effect& effect : *all) {
      if (may_change(effect, mark)) return nullptr;
      const Operation& operation = operations()[effect.operation];
      if (only_reads(operation) || operation.repeat == Repeat::Same ||
          (effect.flags & kErrorsPass) == 0 || (effect.flags & kGuessed) != 0 ||
          !waits_for(pool, mark, effect))
        continue;
      if (lost == nullptr || (operation.grave && !operations()[lost->operation].grave))
        lost = &effect;
    }
  return lost;
}

}  // namespace

void reliability_mark_kept(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  const ValuePool& pool = *project.pool;
  const DeliverySources all(project, relations);
  for (const LambdaFunction& function : project.functions) {
    const std::vector<DeliverySource> sources = all.of(function);
    if (!function.resolved || sources.empty() || !function.safeguards.empty()) continue;
    for (const Effect& mark : function.effects) {
      if (!is_mark(project, mark) || (mark.flags & kErrorsPass) != 0 || is_lease(pool, mark) ||
          item_key_is_unsteady(project, function, sources.front(), mark))
        continue;
      const Effect* const work = lost_work(pool, function, mark);
      if (work == nullptr) continue;
      auto finding =
          FindingBuilder("reliability-mark-kept", mark.uncertainty | work->uncertainty |
                                                      sources.front().uncertainty | kHeuristic);
      findings.push_back(
          finding.about(function)
              .at(mark.where)
              .says("'", function.name, "' marks the event as handled before its work (",
                    call_name(*work),
                    "), and leaves the mark when that fails: ", sources.front().words,
                    " delivers the event again, finds the mark, and the work is never done.")
              .identified(function.name, ' ', operations()[work->operation].id)
              .from_handler(function, mark.path)
              .step(mark.where, "The mark is written here.")
              .related(work->where, "This may fail."));
      break;
    }
  }
}

}  // namespace fnlint
