// The runtime makes JSON of what the handler returns. What JSON has no form for makes the
// invocation fail when all of its work is done.

#include "checks/handler/rules.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/confidence.h"

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
  Finding finding;
  finding.rule = "handler-return-unserializable";
  finding.confidence = confidence_of(returned.evidence);
  const bool unread = is_only_asynchronous(relations, function);
  if (unread) finding.severity = Severity::Warning;
  finding.message = cat("The answer holds ", part.message,
                        ", which JSON has no form for: the runtime cannot send it, and the "
                        "invocation fails when its work is done",
                        unread ? ", and is repeated." : ".");
  finding.where = returned.where;
  finding.function = function.name;
  finding.identity = cat(function.name, ':', part.message);
  if (part.where != returned.where)
    finding.related.push_back({part.where, cat("This is ", part.message, ".")});
  findings.push_back(std::move(finding));
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
