// A bundler follows the names that it can read. What the code computes while it runs is not in the
// bundle.

#include "checks/package/package_view.h"
#include "checks/package/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

// Files that are put beside the bundle may be what is loaded.
bool adds_files(const CodeLocation& code) {
  return std::ranges::any_of(code.patterns, &PackagePattern::includes);
}

}  // namespace

void package_dynamic_import(const Project& project, const Settings&, Findings& findings) {
  std::set<Span> told;
  for (const LambdaFunction& function : project.functions) {
    const CodeLocation& code = project.stacks.functions[function.declared].code;
    if (!is_bundled(code) || adds_files(code) || function.language != Language::JavaScript)
      continue;
    for (const NotFollowed& part : function.not_followed) {
      if (part.part != UnknownPart::Computed || !told.insert(part.where).second) continue;
      // Newer bundlers take in all files that a relative pattern may mean.
      findings.push_back(FindingBuilder("package-dynamic-import", part.what.starts_with('.')
                                                                      ? Confidence::Possible
                                                                      : Confidence::Likely)
                             .about(function)
                             .at(part.where)
                             .says("The module that is loaded here is computed while '",
                                   function.name, "' runs: its bundler may leave it out.")
                             .identified(function.name, ":computed"));
    }
  }
}

}  // namespace fnlint
