// A name that the code reads and that nothing defines raises an error where it is reached: a
// forgotten import, a letter too many, what stood in a part that was taken out.

#include "checks/handler/rules.h"
#include "checks/view/finding_builder.h"

#include <set>

namespace fnlint {

void handler_undefined_name(const Project& project, const Settings&, Findings& findings) {
  std::set<Span> told;  // a module is loaded by many functions
  for (const LambdaFunction& function : project.functions) {
    const bool is_python = function.language == Language::Python;
    const std::string_view error = is_python ? "NameError" : "ReferenceError";
    for (const LoadFault& fault : function.load_faults) {
      const LoadFaultKind kind = fault.kind;
      if (kind != LoadFaultKind::Undefined && kind != LoadFaultKind::Undeclared &&
          kind != LoadFaultKind::Uncalled)
        continue;
      if (!told.insert(fault.where).second) continue;
      if (kind == LoadFaultKind::Uncalled) {
        findings.push_back(FindingBuilder("handler-function-not-called", fault.evidence)
                               .about(function)
                               .at(fault.where)
                               .says("'", fault.name,
                                     "' is not called: the function itself is used here, as text "
                                     "its source or as a number NaN.")
                               .identified(fault.name)
                               .with_steps(fault.path, fault.where, "It stands here."));
        continue;
      }
      FindingBuilder finding("handler-undefined-name", fault.evidence);
      const std::string_view what =
          fault.at_load ? "the module fails to load" : "what comes here fails";
      const bool is_set = kind == LoadFaultKind::Undeclared;
      if (is_set)
        finding.says("Nothing declares '", fault.name, "', and a module is strict code: ", what,
                     " with ReferenceError.");
      else
        finding.says("Nothing defines '", fault.name, "', and it is not built in: ", what, " with ",
                     error, '.');
      findings.push_back(finding.about(function)
                             .at(fault.where)
                             .identified(fault.name)
                             .with_steps(fault.path, fault.where,
                                         is_set ? "The name is set." : "The name is read."));
    }
  }
}

}  // namespace fnlint
