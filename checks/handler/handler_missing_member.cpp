// A name that is asked of an own module or class which does not have it: an import of what was
// renamed, an attribute with a letter too many.

#include "checks/handler/rules.h"
#include "checks/view/finding_builder.h"

#include <set>

namespace fnlint {

void handler_missing_member(const Project& project, const Settings&, Findings& findings) {
  std::set<Span> told;  // a module is loaded by many functions
  for (const LambdaFunction& function : project.functions)
    for (const LoadFault& fault : function.load_faults) {
      if (fault.kind != LoadFaultKind::MissingMember || !told.insert(fault.where).second) continue;
      const bool is_python = function.language == Language::Python;
      const std::string_view fails =
          !is_python      ? "the module fails to load with SyntaxError, or the name is undefined"
          : fault.at_load ? "the module fails to load"
                          : "what comes here fails";
      const std::string_view error = !is_python       ? ""
                                     : fault.imported ? " with ImportError"
                                                      : " with AttributeError";
      findings.push_back(FindingBuilder("handler-missing-member", fault.evidence)
                             .about(function)
                             .at(fault.where)
                             .says(fault.of_class ? "Nothing gives an object of class '" : "'",
                                   fault.owner, fault.of_class ? "' the attribute '" : "' has no '",
                                   fault.name, "': ", fails, error, '.')
                             .identified(fault.name)
                             .with_steps(fault.path, fault.where, "It is asked for here."));
    }
}

}  // namespace fnlint
