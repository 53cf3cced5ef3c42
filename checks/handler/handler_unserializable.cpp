// The runtime makes JSON of what the handler returns. What JSON has no form for makes the
// invocation fail when all of its work is done.

#include "checks/handler/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"

#include <algorithm>

namespace fnlint {

namespace {

// Nobody reads the answers of these: what fails is repeated.
bool is_only_asynchronous(const RelationsTo& relations, const LambdaFunction& function) {
  bool any = false;
  for (const Relation* const row : relations[function.resource]) {
    if (row->kind != RelationKind::Trigger) continue;
    any = true;
    if (row->invocation != Invocation::Asynchronous) return false;
  }
  return any;
}

void check_answer(const RelationsTo& relations, const LambdaFunction& function,
                  const ReturnedValue& returned, Findings& findings) {
  const PlacedText& part = returned.unserializable.front();
  const bool unread = is_only_asynchronous(relations, function);
  findings.push_back(
      FindingBuilder("handler-return-unserializable", returned.uncertainty)
          .about(function)
          .at(returned.where)
          .says("The answer holds ", part.message,
                ", which JSON has no form for: the runtime cannot send it, and the invocation "
                "fails when its work is done",
                unread ? ", and is repeated." : ".")
          .identified(function.name, ':', part.message)
          .grade_if(unread, Severity::Warning)
          .related_if(part.where != returned.where, part.where, "This is ", part.message, "."));
}

}  // namespace

void handler_unserializable(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  for (const LambdaFunction& function : project.functions) {
    if (!function.resolved || !function.returns_known) continue;
    for (const ReturnedValue& returned : function.returns)
      if (!returned.unserializable.empty()) check_answer(relations, function, returned, findings);
  }
}

}  // namespace fnlint
