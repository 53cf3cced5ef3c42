// An OS-only runtime starts one program by its name, whatever the handler says.

#include "checks/list.h"
#include "checks/project_view.h"
#include "core/text.h"
#include "values/confidence.h"
#include "values/pool.h"

namespace fnlint {

namespace {

constexpr std::string_view kProgram = "bootstrap";  // Developer Guide: "OS-only runtimes"

}  // namespace

void handler_bootstrap(const Project& project, const Settings&, Findings& findings) {
  for (const LambdaFunction& function : project.functions) {
    const DeclaredFunction& declared = project.stacks.functions[function.declared];
    const std::string& file = declared.code.only_file;
    const Property* runtime = property_of(project, function.resource, "Runtime");
    // A layer may bring the program.
    if (runtime == nullptr || !function.runtime.starts_with("provided") || declared.image ||
        file.empty() || file == kProgram || !function.layers.empty() ||
        property_of(project, function.resource, "Layers") != nullptr)
      continue;
    const Property* handler = property_of(project, function.resource, "Handler");
    Finding finding;
    finding.rule = "handler-not-found";
    finding.confidence = confidence_of((*project.pool)[runtime->value].evidence);
    finding.message =
        cat("The archive of '", function.name, "' holds the file '", file,
            "' alone, and the runtime ", function.runtime, " starts '", kProgram, "'.");
    finding.where =
        handler != nullptr ? anchor_of(*handler) : project.stacks[function.resource].name;
    finding.function = function.name;
    finding.identity = function.name;
    finding.related.push_back({declared.code.where, "The archive is made of it here."});
    findings.push_back(std::move(finding));
  }
}

}  // namespace fnlint
