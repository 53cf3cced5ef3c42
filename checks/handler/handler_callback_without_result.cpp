// A function without a `return`, given to something that goes by what it returns.

#include "checks/handler/rules.h"
#include "checks/view/finding_builder.h"

#include <set>

namespace fnlint {

void handler_callback_without_result(const Project& project, const Settings&, Findings& findings) {
  std::set<Span> told;  // a module is loaded by many functions
  for (const LambdaFunction& function : project.functions)
    for (const LoadFault& fault : function.load_faults) {
      if (fault.kind != LoadFaultKind::NoResult || !told.insert(fault.where).second) continue;
      const std::string_view end =
          fault.is_null ? "' goes by what this function returns, and it returns nothing on any way."
                        : "' asks whether what this function returns is true, and it returns a "
                          "promise, which always is.";
      findings.push_back(
          FindingBuilder("handler-callback-without-result",
                         static_cast<std::uint8_t>(fault.evidence | kHeuristic))
              .about(function)
              .at(fault.where)
              .says("'", fault.name, end)
              .identified(fault.name)
              .related_if(fault.elsewhere.file.exists(), fault.elsewhere, "It is given here.")
              .with_steps(fault.path, fault.where, "The function is here."));
    }
}

}  // namespace fnlint
