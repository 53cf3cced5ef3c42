// `row.id` and then `if (row == null)`: where it is null, the first has failed already.

#include "checks/handler/rules.h"
#include "checks/view/finding_builder.h"

#include <set>

namespace fnlint {

void handler_null_test_late(const Project& project, const Settings&, Findings& findings) {
  std::set<Span> told;  // a module is loaded by many functions
  for (const LambdaFunction& function : project.functions)
    for (const LoadFault& fault : function.load_faults) {
      if (fault.kind != LoadFaultKind::LateTest || !told.insert(fault.where).second) continue;
      findings.push_back(
          FindingBuilder("handler-null-test-late",
                         static_cast<std::uint8_t>(fault.evidence | kHeuristic))
              .about(function)
              .at(fault.where)
              .says("A part of '", fault.name,
                    "' is read here, and whether it is there at all is asked behind that: where it "
                    "is not, this has failed already.")
              .identified(fault.name)
              .related(fault.elsewhere, "It is asked for here.")
              .with_steps(fault.path, fault.where, "It is read here."));
    }
}

}  // namespace fnlint
