// Invoke answers 200 where the function that it called has raised: only FunctionError says so, and
// what that function answers is then the error in the place of the result.

#include "checks/reliability/result_reads.h"
#include "checks/reliability/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/invocation_type.h"
#include "checks/view/project_view.h"

#include <algorithm>

namespace fnlint {

namespace {

void check_error_of_invoked(const Project& project, const LambdaFunction& function,
                            const Effect& effect, Findings& findings) {
  const ValuePool& pool = *project.pool;
  const Operation& operation = operations()[effect.operation];
  if (operation.error_in.empty() || (effect.flags & kGuessed) != 0) return;
  std::uint8_t uncertainty =
      static_cast<std::uint8_t>(effect.uncertainty & (kConditional | kCut | kOfHappening));
  const auto type = invocation_type(pool, effect.arguments);
  if (type && !waits_for_answer(*type)) return;
  if (!type) uncertainty |= kUncertain;
  const Reads reads = reads_of(pool, effect);
  if (reads.everything || reads_any(reads, operation.error_in)) return;
  // Who takes nothing of the answer does not go on with an error for a result, but for a success
  // where it says itself that it waits: for nothing else, then.
  const bool is_dropped = reads.nothing && type == "requestresponse";
  if (!is_dropped && !reads_any(reads, "Payload")) return;
  // What the answer holds may tell of the error itself: `errorMessage`, a status of its own.
  uncertainty |= kHeuristic;
  if (effect.error_asked) uncertainty |= kUncertain;
  const std::string callee = effect.target.exists() ? name_of(project, effect.target) : "";
  findings.push_back(
      FindingBuilder("reliability-function-error-unread", uncertainty)
          .about(function)
          .at(effect.where)
          .identified(function.name, ':', operation.id)
          .along(effect.path, effect.where, "The call is here.")
          .says("'lambda.Invoke'", callee.empty() ? "" : cat(" of '", callee, "'"),
                " succeeds even where the invoked function raises: 'FunctionError' says so",
                is_dropped ? ". Nothing here takes the answer, for which it waits all the same: "
                             "work that has failed counts as done."
                           : ", and 'Payload' is then the error. Nothing here reads "
                             "'FunctionError', so the error is taken for the answer."));
}

}  // namespace

void reliability_function_error_unread(const Project& project, const Settings&,
                                       Findings& findings) {
  for (const LambdaFunction& function : project.functions) {
    std::vector<Span> told;  // a call may have several targets
    for (const std::vector<Effect>* list : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *list) {
        if (std::ranges::find(told, effect.where) != told.end()) continue;
        told.push_back(effect.where);
        check_error_of_invoked(project, function, effect, findings);
      }
  }
}

}  // namespace fnlint
