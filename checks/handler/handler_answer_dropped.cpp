// What makes an answer, and does nothing else as far as is known, called as a statement: the caller
// gets what comes after it, or nothing.

#include "checks/event/event_view.h"
#include "checks/handler/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "tables/models.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

// Who waits for an answer: an API among what invokes the function, or nothing is known of that.
bool may_be_awaited(const Project& project, const RelationsTo& relations,
                    const LambdaFunction& function) {
  bool any = false, by_api = false;
  for (const Relation* const relation : relations[function.resource]) {
    if (relation->kind != RelationKind::Trigger) continue;
    any = true;
    by_api = by_api || comes_from_api(project, *relation);
  }
  return by_api || !any;
}

}  // namespace

void handler_answer_dropped(const Project& project, const Settings&, Findings& findings) {
  const ValuePool& pool = *project.pool;
  const RelationsTo relations(project.stacks);
  std::set<Span> told;  // a helper serves many functions
  for (const LambdaFunction& function : project.functions) {
    if (!may_be_awaited(project, relations, function)) continue;
    for (const CodeCall& call : function.sinks) {
      if (pool.text(call.key) != kDroppedAnswer || !told.insert(call.where).second) continue;
      const auto status = as_text(pool, call.value);
      findings.push_back(
          FindingBuilder("handler-answer-dropped",
                         static_cast<std::uint8_t>(call.uncertainty | pool[call.value].uncertainty))
              .about(function)
              .at(call.where)
              .says("'", call.name, "' makes an answer", status ? " with the status " : "",
                    status.value_or(""),
                    ", and nothing takes it: the caller gets what comes behind it, or no answer.")
              .identified(function.name, ':', call.name)
              .with_steps(call.path, call.where, "The answer is made and dropped."));
    }
  }
}

}  // namespace fnlint
