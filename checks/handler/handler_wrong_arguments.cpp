// A call of the project's own function that Python refuses: an argument is missing, has a name that
// the function does not know, or is one too many.

#include "checks/handler/rules.h"
#include "checks/view/finding_builder.h"
#include "core/text.h"

#include <set>

namespace fnlint {

namespace {

std::string said_of_arguments(const LoadFault& fault) {
  switch (fault.fault) {
    case ArgumentFault::Missing:
      return cat("is called without its argument '", fault.argument, "'");
    case ArgumentFault::Unknown:
      return cat("is given an argument '", fault.argument, "', and has none of that name");
    case ArgumentFault::TooMany:
      return cat("takes ", fault.takes, fault.takes == 1 ? " argument" : " arguments",
                 ", and is given ", fault.given);
  }
  return {};
}

}  // namespace

void handler_wrong_arguments(const Project& project, const Settings&, Findings& findings) {
  std::set<Span> told;  // a module is loaded by many functions
  for (const LambdaFunction& function : project.functions)
    for (const LoadFault& fault : function.load_faults) {
      if (fault.kind != LoadFaultKind::WrongArguments || !told.insert(fault.where).second) continue;
      findings.push_back(
          FindingBuilder("handler-wrong-arguments", fault.evidence)
              .about(function)
              .at(fault.where)
              .says("'", fault.name, "' ", said_of_arguments(fault), ": ",
                    fault.at_load ? "the module fails to load" : "what comes here fails",
                    " with TypeError.")
              .identified(fault.name)
              .with_steps(fault.path, fault.where, "It is called here."));
    }
}

}  // namespace fnlint
