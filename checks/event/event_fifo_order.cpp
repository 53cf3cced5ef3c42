// A FIFO queue keeps messages in order only as long as nothing behind a failed one is handled.

#include "checks/event/event_view.h"
#include "checks/event/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/pool.h"

namespace fnlint {

namespace {

bool is_fifo(const Project& project, ResourceId queue) {
  const Property* const fifo = property_of(project, queue, "FifoQueue");
  return project.stacks[queue].kind == ResourceKind::Queue && fifo != nullptr &&
         as_text(*project.pool, fifo->value) == "true";
}

void check_order(const Project& project, const LambdaFunction& function, const Relation& trigger,
                 Findings& findings) {
  for (const ReturnedValue& returned : function.returns) {
    if (!returned.goes_on_after.file.exists() || !returned.value.exists() ||
        !project.pool->is(returned.value, ValueKind::Record) ||
        !entry_of(*project.pool, returned.value, "batchItemFailures").exists())
      continue;
    auto uncertainty = static_cast<std::uint8_t>(returned.uncertainty | trigger.uncertainty);
    if (!project.pool->always(trigger.when)) uncertainty |= kConditional;
    findings.push_back(
        FindingBuilder("event-fifo-order-lost", uncertainty)
            .about(function)
            .at(returned.goes_on_after)
            .says("After a message of ", words_of_source(project, trigger),
                  " has failed, the loop goes on with those behind it: they are handled before the "
                  "failed one is delivered again, although the queue is FIFO.")
            .related(trigger.where, "This sends batches of a FIFO queue.")
            .related(returned.where, "Only the failed messages are reported."));
    return;
  }
}

}  // namespace

void event_fifo_order(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  for (const LambdaFunction& function : project.functions)
    for (const Relation* const row : relations[function.resource])
      if (row->kind == RelationKind::Trigger && row->batch_failures && row->from.exists() &&
          is_fifo(project, row->from)) {
        check_order(project, function, *row, findings);
        break;
      }
}

}  // namespace fnlint
