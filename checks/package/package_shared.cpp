// Functions that have nothing in common, and are deployed with each other's code.

#include "checks/package/package_view.h"
#include "checks/package/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

// Whether all that the function needs of the project is known.
bool is_read_whole(const Project& project, const LambdaFunction& function) {
  const CodeLocation& code = project.stacks.functions[function.declared].code;
  return function.resolved && !are_doubted(function.guesses) && function.libraries &&
         function.libraries->complete && !function.libraries->by_name && !code.packed_alone &&
         !code.open && code.kind == CodeKind::Folder && !code.guess;
}

bool share_nothing(const std::vector<const LambdaFunction*>& functions) {
  std::set<FileId> seen;
  for (const LambdaFunction* function : functions)
    for (const FileId file : function->libraries->modules)
      if (!seen.insert(file).second) return false;
  return true;
}

}  // namespace

void package_shared(const Project& project, const Settings&, Findings& findings) {
  for (const PackageUsers& users : package_users(project)) {
    const auto read = [&](const LambdaFunction* function) {
      return is_read_whole(project, *function);
    };
    if (users.functions.size() < 2 || !std::ranges::all_of(users.functions, read) ||
        !share_nothing(users.functions))
      continue;
    const LambdaFunction& first = *users.functions.front();
    auto finding = FindingBuilder("config-package-shared", Confidence::Likely)
                       .about(first)
                       .at(project.stacks[first.resource].name)
                       .says("'", first.name, "' and ", users.functions.size() - 1, " more ",
                             users.functions.size() == 2 ? "function" : "functions",
                             " are deployed with one package, though none needs code of another.");
    for (std::size_t i = 1; i < std::min<std::size_t>(users.functions.size(), 4); ++i)
      finding.related(project.stacks[users.functions[i]->resource].name, "'",
                      users.functions[i]->name, "' has the same package.");
    findings.push_back(std::move(finding));
  }
}

}  // namespace fnlint
