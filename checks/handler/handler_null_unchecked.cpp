// A function of the project gives nothing on one of its ways, and what it gives is used as if it
// never did.

#include "checks/handler/rules.h"
#include "checks/view/finding_builder.h"

#include <set>

namespace fnlint {

void handler_null_unchecked(const Project& project, const Settings&, Findings& findings) {
  std::set<Span> told;  // a module is loaded by many functions
  for (const LambdaFunction& function : project.functions)
    for (const LoadFault& fault : function.load_faults) {
      if (fault.kind != LoadFaultKind::NullUsed || !told.insert(fault.where).second) continue;
      findings.push_back(
          FindingBuilder("handler-null-unchecked",
                         static_cast<std::uint8_t>(fault.evidence | kHeuristic))
              .about(function)
              .at(fault.where)
              .says("'", fault.name,
                    "' gives nothing on one of its ways, and this uses what it gives without "
                    "asking: then it fails.")
              .identified(fault.name)
              .related(fault.elsewhere, "It gives nothing here.")
              .with_steps(fault.path, fault.where, "It is used here."));
    }
}

}  // namespace fnlint
