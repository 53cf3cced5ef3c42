// An import inside of a function is there to keep a package out of the cold start. It does not,
// where something else loads the package with its module, or calls the function then.

#include "checks/init/rules.h"
#include "checks/view/finding_builder.h"

#include <set>

namespace fnlint {

void init_lazy_import_defeated(const Project& project, const Settings&, Findings& findings) {
  std::set<Span> told;  // a module is loaded by many functions
  for (const LambdaFunction& function : project.functions)
    for (const DeferredImport& row : function.deferred_in_vain) {
      if (!told.insert(row.where).second) continue;
      const bool is_elsewhere = row.loaded_at.file.exists();
      auto finding = FindingBuilder("init-lazy-import-defeated", kHeuristic)
                         .about(function)
                         .at(row.where)
                         .says("'", row.path,
                               "' is imported in a function to keep it out of the cold "
                               "start, and loaded then all the same: ",
                               is_elsewhere ? "another import loads it with its module."
                                            : "the function is called while the module loads.")
                         .identified(row.path);
      if (is_elsewhere) finding.related(row.loaded_at, "It is loaded here.");
      findings.push_back(std::move(finding));
    }
}

}  // namespace fnlint
