// Layers, code signing, runtimes and handlers exist for archives alone: a function that is deployed
// as a container image cannot be created with them.

#include "checks/package/rules.h"
#include "checks/view/fixes.h"
#include "checks/view/project_view.h"
#include "checks/view/value_cases.h"
#include "core/text.h"
#include "values/confidence.h"
#include "values/pool.h"

namespace fnlint {

namespace {

// How sure it is that the property is set; nothing where it surely is not.
std::optional<std::uint8_t> set_evidence(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  if (row.kind == ValueKind::Absent || row.kind == ValueKind::Null) return std::nullopt;
  if (row.kind == ValueKind::Text && pool.text(value).empty()) return std::nullopt;
  if (row.kind == ValueKind::Unknown) return kUncertain;
  if (row.kind == ValueKind::Hole && row.origin == Origin::TemplateInput) return kUncertain;
  if (row.kind == ValueKind::List) {
    std::optional<std::uint8_t> most;
    for (const ValueId item : pool.operands(value))
      if (const auto one = set_evidence(pool, item); one && (!most || *one < *most)) most = one;
    return most;
  }
  if (row.kind != ValueKind::OneOf) return row.evidence;
  std::optional<std::uint8_t> any;
  bool all = true;
  for (const ValueId one : pool.operands(value)) {
    const auto evidence = set_evidence(pool, one);
    all = all && evidence;
    if (evidence) any = static_cast<std::uint8_t>(any.value_or(0) | *evidence);
  }
  if (any && !all) any = static_cast<std::uint8_t>(*any | kConditional);
  return any;
}

void report(const Project& project, const DeclaredFunction& function, std::string_view path,
            std::string_view rule, std::string_view words, PlacedFindings& findings) {
  const Property* property = property_of(project, function.resource, path);
  if (property == nullptr) return;
  const auto evidence = set_evidence(*project.pool, property->value);
  if (!evidence) return;
  Finding finding;
  finding.rule = rule;
  finding.confidence = confidence_of(*evidence);
  finding.function = name_of(project, function.resource);
  finding.message =
      cat("'", finding.function, "' is a container image; ", words, " only for .zip archives.");
  finding.where = property->key.file.exists() ? property->key : property->where;
  finding.identity = cat(finding.function, ':', path);
  finding.fixes.push_back(removal_of(*project.pool, *property, FixSafety::Safe));
  findings.add(function.resource, *property, std::move(finding));
}

}  // namespace

void image_options(const Project& project, const Settings&, Findings& out) {
  PlacedFindings findings(project);
  for (const DeclaredFunction& function : project.stacks.functions) {
    if (!function.image) continue;
    report(project, function, "Layers", "layer-with-image", "layers exist", findings);
    report(project, function, "CodeSigningConfigArn", "signing-with-image", "code signing exists",
           findings);
    for (const std::string_view path : {"Runtime", "Handler"})
      report(project, function, path, "handler-with-image",
             path == "Runtime" ? "runtimes exist" : "handlers exist", findings);
  }
  findings.move_to(out);
}

}  // namespace fnlint
