// What cannot be in a template, whatever else there is: the linker has met it.

#include "checks/template/rules.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/confidence.h"

#include <set>

namespace fnlint {

namespace {

Finding fault_finding(const Project& project, const TemplateFault& fault, std::string_view rule) {
  Finding finding;
  finding.rule = rule;
  std::uint8_t evidence = fault.evidence;
  if (fault.resource.exists() && !project.pool->always(project.stacks[fault.resource].exists))
    evidence |= kConditional;
  finding.confidence = confidence_of(evidence);
  finding.where = fault.where;
  finding.identity = fault.what;
  if (!fault.resource.exists()) return finding;
  const Resource& resource = project.stacks[fault.resource];
  finding.identity = cat(name_of(project, fault.resource), ':', fault.what);
  if (resource.kind == ResourceKind::Function) finding.function = name_of(project, fault.resource);
  if (resource.name != finding.where)
    finding.related.push_back(
        {resource.name, cat("'", name_of(project, fault.resource), "' is declared here.")});
  return finding;
}

TemplateDialect dialect_of(const Project& project, const TemplateFault& fault) {
  return static_cast<TemplateDialect>(
      project.stacks.scopes[project.stacks[fault.resource].scope].dialect);
}

Finding of_fault(const Project& project, const TemplateFault& fault) {
  const std::string name =
      fault.resource.exists() ? name_of(project, fault.resource) : std::string();
  Finding finding;
  switch (fault.kind) {
    case TemplateFaultKind::NothingNamed:
      finding = fault_finding(project, fault, "config-unresolved-reference");
      finding.message = cat("Nothing is named '", fault.what, "' here: the deployment is refused.");
      finding.cause = {.key = cat(fault.where.file.index, ' ', fault.what),
                       .apart = 1,
                       .also = "It is named here, too."};
      break;
    case TemplateFaultKind::StateMachine:
      finding = fault_finding(project, fault, "trigger-state-machine-invalid");
      finding.message = cat("The state machine '", name, "' cannot be created: ", fault.what, ".");
      break;
    case TemplateFaultKind::PolicyDocument:
      finding = fault_finding(project, fault, "role-policy-invalid");
      finding.message = cat("IAM refuses this policy of '", name, "': ", fault.what, ".");
      break;
    case TemplateFaultKind::RouteTwice:
      finding = fault_finding(project, fault, "trigger-route-duplicate");
      finding.message =
          cat("The API has the route '", fault.what,
              "' already: the deployment is refused, or one of the two never called.");
      finding.related = {{fault.other, "The route is declared here first."}};
      break;
    case TemplateFaultKind::IgnoredKey:
      finding = fault_finding(project, fault, "config-ignored-key");
      finding.message = dialect_of(project, fault) == TemplateDialect::Sam
                            ? cat("SAM drops the key '", fault.what, "' of '", name,
                                  "': what is no attribute of a resource belongs below Properties.")
                            : cat("The framework drops the key '", fault.what, "' of '", name,
                                  "', and no plugin of the service reads it: the function has the "
                                  "service's role.");
      break;
    case TemplateFaultKind::SecretDefault: break;  // checks/secrets/secrets_template.cpp
  }
  return finding;
}

// Parts of a Serverless service's resources stand in files of their own, and a program's machines
// are known in part: there absence proves nothing.
bool is_told(const Project& project, const TemplateFault& fault) {
  if (fault.kind == TemplateFaultKind::NothingNamed) {
    for (const Scope& scope : project.stacks.scopes) {
      if (scope.file != fault.where.file) continue;
      const auto dialect = static_cast<TemplateDialect>(scope.dialect);
      return (dialect == TemplateDialect::Sam && scope.transformed) ||
             dialect == TemplateDialect::Terraform ||
             (dialect == TemplateDialect::ServerlessFramework && fault.what.starts_with("self:"));
    }
    return false;
  }
  return fault.kind != TemplateFaultKind::StateMachine || !fault.resource.exists() ||
         dialect_of(project, fault) != TemplateDialect::CdkProgram;
}

}  // namespace

void template_faults(const Project& project, const Settings&, Findings& findings) {
  for (const TemplateFault& fault : project.stacks.faults)
    if (fault.kind != TemplateFaultKind::SecretDefault && is_told(project, fault))
      findings.push_back(of_fault(project, fault));
}

}  // namespace fnlint
