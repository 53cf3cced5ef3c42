// Whoever may read a function's package has what lies in it: a key there is known to all of them,
// and stays the same until somebody deploys again. Messages never show it.

#include "checks/package/package_view.h"
#include "checks/package/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"

#include <set>

namespace fnlint {

namespace {

void report_key(const Package& package, const SecretFile& file, std::string_view holder,
                Span otherwise, Findings& findings) {
  findings.push_back(
      FindingBuilder("secrets-in-package", package.may_leave_out ? Confidence::Possible
                                           : file.sure           ? Confidence::Certain
                                                                 : Confidence::Likely)
          .at(file.where.file.exists() ? file.where : otherwise)
          .says("'", file.path, "' is deployed with ", holder, " and holds ", file.words,
                " (not shown): anyone who can read the code of the function has it.")
          .identified(file.path)
          .caused_by({.key = cat(holder, ' ', file.words), .subject = file.path}));
}

}  // namespace

void package_secrets(const Project& project, const Settings&, Findings& findings) {
  std::set<std::pair<Span, std::string_view>> told;
  const auto tell = [&](const Package& package, const std::string& holder, Span otherwise) {
    for (const SecretFile& file : package.keys) {
      const Span where = file.where.file.exists() ? file.where : otherwise;
      if (told.emplace(where, file.path).second)
        report_key(package, file, holder, otherwise, findings);
    }
  };
  for (const PackageUsers& users : package_users(project)) {
    const LambdaFunction& first = *users.functions.front();
    tell(*users.package, cat("'", first.name, "'"), code_place(project, first));
  }
  for (const LambdaFunction& function : project.functions)
    for (const LayerUse& layer : function.layers)
      if (layer.package)
        tell(*layer.package, cat("the layer '", name_of(project, layer.layer), "'"),
             project.stacks[layer.layer].name);
}

}  // namespace fnlint
