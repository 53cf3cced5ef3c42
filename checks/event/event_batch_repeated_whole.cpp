// A queue's batch is handled whole or not at all, unless the handler may say which records failed.

#include "checks/event/event_view.h"
#include "checks/event/rules.h"
#include "checks/view/call_name.h"
#include "checks/view/finding_builder.h"
#include "tables/models.h"
#include "values/failures.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

namespace {

// A queue's mapping that takes several records at once, and does not ask which of them failed.
bool is_repeated_whole(const Project& project, const TriggerShape& one) {
  if (one.shape == nullptr || one.shape->name != "sqs" || one.trigger->batch_failures ||
      one.trigger->invocation != Invocation::Polled)
    return false;
  const Property* asked = source_property(project, *one.trigger, "FunctionResponseTypes");
  return (asked == nullptr || is_empty_list(*project.pool, asked->value)) &&
         batch_of(project, one).value_or(1) > 1;
}

// Of a statement or a request it is open whether it only asks.
bool leaves_something(const Operation& operation) {
  return !is_local(operation) && operation.repeat != Repeat::Same &&
         operation.repeat != Repeat::ByMethod && operation.repeat != Repeat::BySql;
}

// Done for each of them; if it fails, the handler does.
bool ends_all(const ValuePool& pool, const Effect& effect) {
  return (effect.flags & kErrorsPass) != 0 && (effect.flags & kGuessed) == 0 &&
         !is_after_failure(pool, effect.holds) &&
         leaves_something(operations()[effect.operation]) && is_for_each_record(pool, effect);
}

}  // namespace

void event_batch_repeated_whole(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  for (const LambdaFunction& function : project.functions) {
    if (!function.resolved) continue;
    const std::vector<TriggerShape> shapes = trigger_shapes(project, relations, function);
    const auto trigger = std::ranges::find_if(
        shapes, [&](const TriggerShape& one) { return is_repeated_whole(project, one); });
    const auto work = std::ranges::find_if(
        function.effects, [&](const Effect& one) { return ends_all(*project.pool, one); });
    if (trigger == shapes.end() || work == function.effects.end()) continue;
    findings.push_back(
        FindingBuilder("event-batch-repeated-whole",
                       trigger->trigger->uncertainty | (work->uncertainty & (kCut | kOfHappening)))
            .about(function)
            .at(trigger_anchor(project, *trigger->trigger, "FunctionResponseTypes"))
            .says(
                "'", function.name, "' gets up to ", batch_of(project, *trigger).value_or(1),
                " records of ", words_of_source(project, *trigger->trigger),
                " at once: if it fails for one of them, all come again, and what was done for the "
                "others (",
                call_name(*work), ") is done again.")
            .along(work->path, work->where,
                   "This is done for each record, and ends the handler if it fails."));
  }
}

}  // namespace fnlint
