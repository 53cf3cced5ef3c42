// A variable that is read where nothing may have given it a value: its assignment stands in a try
// that has failed, or in a branch that was not taken. What is answered then is another error than
// the one that the code was prepared for.

#include "checks/handler/code_faults.h"
#include "checks/handler/rules.h"
#include "checks/view/finding_builder.h"
#include "core/text.h"
#include "values/confidence.h"

namespace fnlint {

namespace {

// What a part of nothing raises, or a variable without a value.
std::string_view error_of(const LambdaFunction& function, const CodeFault& fault) {
  if (!fault.is_null) return " fails with UnboundLocalError";
  return function.language == Language::Python ? " fails with AttributeError or TypeError"
                                               : " fails with TypeError";
}

std::string said_of(const LambdaFunction& function, const CodeFault& fault) {
  const std::string_view error = error_of(function, fault);
  const std::string_view or_old =
      fault.in_loop ? " in the first round, and uses the value of an earlier one afterwards" : "";
  switch (fault.unbound) {
    case UnboundBy::Nothing:
      return cat(
          "'", fault.name,
          "' is assigned in this function, so it is a variable of its own, and nothing gives "
          "it a value before it is read here: this",
          error, '.');
    case UnboundBy::HandlerEnd:
      return cat("'", fault.name,
                 "' is deleted at the end of the handler that caught it, and has no value where "
                 "nothing was caught: this",
                 error, '.');
    case UnboundBy::Failure:
      if (fault.while_failing)
        return cat("'", fault.name,
                   "' has no value yet where what stands before its assignment, or the assignment "
                   "itself, fails: this",
                   error, or_old, ", and hides the error that came first.");
      return cat("The handler of errors goes on, and '", fault.name,
                 "' has no value where its assignment failed: this", error, or_old, '.');
    case UnboundBy::Branch:
      return cat("'", fault.name,
                 "' gets a value in some branches alone: where none of them is taken, this", error,
                 or_old, '.');
  }
  return {};
}

// `client, err := New()`, `if err != nil { log(err) }`, `client.Send()`
void tell_nil(const LambdaFunction& function, const CodeFault& fault, Findings& findings) {
  findings.push_back(
      FindingBuilder("handler-unbound-variable",
                     static_cast<std::uint8_t>(fault.uncertainty | kHeuristic | kConditional))
          .about(function)
          .at(fault.where)
          .says("The error that came with '", fault.name,
                "' is only logged, and the code goes on: '", fault.name,
                "' may be nil then, and this panics.")
          .identified(fault.name)
          .related(fault.elsewhere, "The error is logged here.")
          .with_steps(fault.path, fault.where, "It is read here."));
}

void tell_unbound(const LambdaFunction& function, const CodeFault& fault, Findings& findings) {
  // That none of the branches is taken is a guess: they may be all that callers ask for. So is what
  // a handler meets: of all that stands before the assignment something has to fail so early.
  const bool is_guess = fault.unbound == UnboundBy::Branch || fault.while_failing;
  const unsigned rests_on = fault.unbound == UnboundBy::Nothing ? 0
                            : is_guess                          ? kUncertain
                                                                : kConditional;
  const Span cause{fault.where.file, fault.cause};
  findings.push_back(FindingBuilder("handler-unbound-variable",
                                    static_cast<std::uint8_t>(fault.uncertainty | rests_on))
                         .about(function)
                         .at(fault.where)
                         .says(said_of(function, fault))
                         .grade(is_guess ? Severity::Warning : Severity::Error)
                         .identified(fault.name)
                         .related_if(fault.cause.begin != fault.cause.end, cause,
                                     fault.unbound == UnboundBy::Failure
                                         ? "What may fail begins here."
                                         : "It depends on this.")
                         .with_steps(fault.path, fault.where, "It is read here."));
}

}  // namespace

void handler_unbound_variable(const Project& project, const Settings&, Findings& findings) {
  const auto is_told = [](CodeFaultKind kind) {
    return kind == CodeFaultKind::ErrorLogged || kind == CodeFaultKind::Unbound;
  };
  for_each_code_fault(
      project, is_told, [&](const LambdaFunction& function, const CodeFault& fault) {
        const auto tell = fault.kind == CodeFaultKind::ErrorLogged ? tell_nil : tell_unbound;
        tell(function, fault, findings);
      });
}

}  // namespace fnlint
