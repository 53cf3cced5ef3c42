// What SAM's transform does with a template: nothing where it is not named, and an error where
// Globals says what it does not know.

#include "checks/config/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/templates.h"

#include <algorithm>

namespace fnlint {

namespace {

void check_globals(const Scope& scope, Findings& findings) {
  for (const PlacedName& entry : scope.globals) {
    const std::vector<std::string_view> parts = split(entry.name, '.');
    // What a tool puts in before SAM sees it.
    if (parts.back().starts_with('$') || parts.back().starts_with("Fn::")) continue;
    const auto section = std::ranges::find(sam_resources(), parts[0], &SamResource::section);
    std::vector<std::string_view> known;
    if (parts.size() == 1)
      for (const SamResource& row : sam_resources()) known.push_back(row.section);
    else if (section != sam_resources().end())
      known.assign(section->globals.begin(), section->globals.end());
    std::erase(known, std::string_view());
    if (known.empty() || std::ranges::find(known, parts.back()) != known.end()) continue;
    const std::string_view close = nearest(parts.back(), known);
    findings.push_back(
        FindingBuilder("config-sam-globals-invalid")
            .at(entry.where)
            .says("Globals has '", entry.name, "', which SAM does not know",
                  close.empty() ? std::string(".") : cat("; did you mean '", close, "'?"))
            .identified(entry.name));
  }
}

// Said once a template, at its first resource of SAM's.
void check_transform(const Project& project, std::uint32_t scope, Findings& findings) {
  for (const Resource& resource : project.stacks.resources) {
    if (resource.scope != scope || resource.generated || resource.external) continue;
    const std::string_view type = (*project.pool)[resource.native_type];
    if (!type.starts_with("AWS::Serverless::")) continue;
    auto finding = FindingBuilder("config-sam-transform-missing")
                       .at(resource.name)
                       .says("'", (*project.pool)[resource.address], "' is an ", type,
                             ", but the template has no 'Transform: AWS::Serverless-2016-10-31': "
                             "CloudFormation does not know the type.")
                       .identified("transform of ", type);
    if (project.stacks.scopes[scope].may_be_completed) finding.with(kUncertain);
    findings.push_back(std::move(finding));
    return;
  }
}

Finding ignored_global(const Project& project, const TemplateFault& fault) {
  const std::string name = name_of(project, fault.resource);
  return FindingBuilder("config-sam-globals-invalid", fault.uncertainty)
      .at(fault.where)
      .says("IgnoreGlobals of '", name, "' names '", fault.what,
            "', which Globals does not give to it: SAM refuses the template.")
      .identified(name, ":IgnoreGlobals.", fault.what);
}

// Attributes of resources of other kinds.
void check_attributes(const Project& project, Findings& findings) {
  for (const TemplateFault& fault : project.stacks.faults) {
    if (fault.kind == TemplateFaultKind::IgnoredGlobal)
      findings.push_back(ignored_global(project, fault));
    if (fault.kind != TemplateFaultKind::SamAttribute) continue;
    const std::string name = name_of(project, fault.resource);
    findings.push_back(
        FindingBuilder("config-sam-transform-missing", fault.uncertainty)
            .at(fault.where)
            .says("'", name, "' has ", fault.what,
                  ", but the template has no 'Transform: AWS::Serverless-2016-10-31': "
                  "CloudFormation does not know the attribute.")
            .identified(name, ':', fault.what));
  }
}

}  // namespace

void config_sam(const Project& project, const Settings&, Findings& findings) {
  check_attributes(project, findings);
  for (std::uint32_t i = 0; i < project.stacks.scopes.size(); ++i) {
    const Scope& scope = project.stacks.scopes[i];
    if (static_cast<TemplateDialect>(scope.dialect) != TemplateDialect::Sam || !scope.complete)
      continue;
    if (!scope.rewritten) check_globals(scope, findings);
    if (!scope.transformed) check_transform(project, i, findings);
  }
}

}  // namespace fnlint
