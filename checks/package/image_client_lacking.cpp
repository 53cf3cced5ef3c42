// An image has to ask Lambda for events itself. Lambda's base images do; those of a language need a
// runtime interface client, or a web server needs an adapter.

#include "checks/package/package_view.h"
#include "checks/package/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/packages.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

// The template may start another program than the Dockerfile says.
bool is_started_otherwise(const Project& project, const LambdaFunction& function) {
  return property_of(project, function.resource, "ImageConfig.EntryPoint") != nullptr;
}

}  // namespace

void image_client_lacking(const Project& project, const Settings&, Findings& findings) {
  std::set<Span> told;
  for (const PackageUsers& users : package_users(project)) {
    const BaseImage& image = users.package->image;
    const LambdaFunction& function = *users.functions.front();
    if (image.client != ImageClient::Lacking || is_started_otherwise(project, function) ||
        !told.insert(image.where).second)
      continue;
    // Another image may be deployed than the one that this file makes.
    const CodeLocation& code = project.stacks.functions[function.declared].code;
    findings.push_back(FindingBuilder("package-image-runtime-client-missing",
                                      code.guess ? Confidence::Possible : Confidence::Certain)
                           .about(function)
                           .at(image.where)
                           .says("The image of '", function.name, "' is made from ", image.image,
                                 ", which has no runtime interface client, and nothing that is put "
                                 "into it brings one: no invocation reaches the handler.")
                           .identified(function.name, ':', image.image));
  }
}

}  // namespace fnlint
