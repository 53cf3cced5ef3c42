// What cannot be in a template, whatever else there is: the linker has met it.

#include "checks/template/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"

#include <set>

namespace fnlint {

namespace {

FindingBuilder fault_finding(const Project& project, const TemplateFault& fault,
                             std::string_view rule) {
  std::uint8_t uncertainty = fault.uncertainty;
  if (fault.resource.exists() && !project.pool->always(project.stacks[fault.resource].exists))
    uncertainty |= kConditional;
  auto finding = FindingBuilder(rule, uncertainty).at(fault.where).identified(fault.what);
  if (!fault.resource.exists()) return finding;
  const Resource& resource = project.stacks[fault.resource];
  const std::string name = name_of(project, fault.resource);
  if (resource.kind == ResourceKind::Function) finding.about(name);
  finding.identified(name, ':', fault.what);
  // Of a route the other one is named.
  if (fault.kind != TemplateFaultKind::RouteTwice && resource.name != fault.where)
    finding.related(resource.name, "'", name, "' is declared here.");
  return finding;
}

TemplateDialect dialect_of(const Project& project, const TemplateFault& fault) {
  return static_cast<TemplateDialect>(
      project.stacks.scopes[project.stacks[fault.resource].scope].dialect);
}

Finding of_fault(const Project& project, const TemplateFault& fault) {
  const std::string name =
      fault.resource.exists() ? name_of(project, fault.resource) : std::string();
  switch (fault.kind) {
    case TemplateFaultKind::NothingNamed:
      return fault_finding(project, fault, "config-unresolved-reference")
          .says("Nothing is named '", fault.what, "' here: the deployment is refused.")
          .caused_by({.key = cat(fault.where.file.index, ' ', fault.what),
                      .apart = 1,
                      .also = "It is named here, too."});
    case TemplateFaultKind::StateMachine:
      return fault_finding(project, fault, "trigger-state-machine-invalid")
          .says("The state machine '", name, "' cannot be created: ", fault.what, ".");
    case TemplateFaultKind::StateUncaught:
      return fault_finding(project, fault, "reliability-state-uncaught")
          .says(
              "In the state machine '", name, "', ", fault.what,
              ": when one of the parts fails, the execution ends there, and nothing is told or put "
              "in order.");
    case TemplateFaultKind::PolicyDocument:
      return fault_finding(project, fault, "role-policy-invalid")
          .says("IAM refuses this policy of '", name, "': ", fault.what, ".");
    case TemplateFaultKind::RouteTwice:
      return fault_finding(project, fault, "trigger-route-duplicate")
          .says("The API has the route '", fault.what,
                "' already: the deployment is refused, or one of the two never called.")
          .related(fault.other, "The route is declared here first.");
    case TemplateFaultKind::IgnoredKey:
      return fault_finding(project, fault, "config-ignored-key")
          .says(dialect_of(project, fault) == TemplateDialect::Sam
                    ? cat("SAM drops the key '", fault.what, "' of '", name,
                          "': what is no attribute of a resource belongs below Properties.")
                    : cat("The framework drops the key '", fault.what, "' of '", name,
                          "', and no plugin of the service reads it: the function has the "
                          "service's role."));
    case TemplateFaultKind::IgnoredAtTop:
      return fault_finding(project, fault, "config-ignored-key")
          .says("The framework reads no '", fault.what,
                "' at the top: functions are given what stands below 'provider', or in their own "
                "entry.");
    case TemplateFaultKind::Refused:                // checks/template/refused_values.cpp
    case TemplateFaultKind::UnknownKey:             // the same
    case TemplateFaultKind::IgnoredGlobal:          // checks/config/config_sam.cpp
    case TemplateFaultKind::NetworkDropped:         // checks/network/network_vpc.cpp
    case TemplateFaultKind::SamAttribute:           // checks/config/config_sam.cpp
    case TemplateFaultKind::SecretDefault:          // checks/secrets/secrets_template.cpp
    case TemplateFaultKind::SecretProvider: break;  // the same
  }
  return {};
}

// A program's machines are known in part, and a service has names of the framework's and of
// plugins: there absence proves nothing.
bool is_told(const Project& project, const TemplateFault& fault) {
  if (fault.kind == TemplateFaultKind::SecretDefault ||
      fault.kind == TemplateFaultKind::SecretProvider ||
      fault.kind == TemplateFaultKind::SamAttribute ||
      fault.kind == TemplateFaultKind::IgnoredGlobal || fault.kind == TemplateFaultKind::Refused ||
      fault.kind == TemplateFaultKind::UnknownKey ||
      fault.kind == TemplateFaultKind::NetworkDropped)
    return false;
  if (fault.kind == TemplateFaultKind::NothingNamed) {
    const Scope& scope = project.stacks.scopes[fault.scope];
    const auto dialect = static_cast<TemplateDialect>(scope.dialect);
    return (dialect == TemplateDialect::Sam && scope.transformed) ||
           dialect == TemplateDialect::CloudFormation || dialect == TemplateDialect::Terraform ||
           (dialect == TemplateDialect::ServerlessFramework && fault.what.starts_with("self:"));
  }
  return fault.kind != TemplateFaultKind::StateMachine || !fault.resource.exists() ||
         dialect_of(project, fault) != TemplateDialect::CdkProgram;
}

}  // namespace

void template_faults(const Project& project, const Settings&, Findings& findings) {
  for (const TemplateFault& fault : project.stacks.faults)
    if (is_told(project, fault)) findings.push_back(of_fault(project, fault));
}

}  // namespace fnlint
