// What the project says of the versions that it is made for, and the runtime that the function is
// given. What compiled languages are built for is read by runtime-language-feature.

#include "checks/package/package_view.h"
#include "checks/runtime/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/languages.h"
#include "values/version_range.h"

#include <algorithm>
#include <optional>

namespace fnlint {

namespace {

// A version that developers use: only a newer one than the runtime's makes a difference, since what
// they try may then be missing where it runs.
bool is_newer_pin(std::string_view pin, const std::vector<int>& runtime) {
  bool newer = false;
  for (std::string_view one : split(pin, ' ')) {
    if (one.empty()) continue;
    if (one.starts_with('v')) one.remove_prefix(1);
    if (one.find_first_not_of("0123456789.") != one.npos) return false;
    const std::vector<int> version = version_numbers(one);
    if (version.size() < runtime.size()) return false;
    if (!std::ranges::lexicographical_compare(runtime, std::span(version).first(runtime.size())))
      return false;
    newer = true;
  }
  return newer;
}

bool is_mismatch(const VersionDemand& demand, const LambdaFunction& function,
                 const std::vector<int>& runtime) {
  if (demand.pinned) return is_newer_pin(demand.range, runtime);
  const RangeStyle style =
      function.runtime.starts_with("nodejs") ? RangeStyle::Npm : RangeStyle::Python;
  return has_any_of(demand.range, style, runtime) == false;
}

void check_demands(const Project& project, const LambdaFunction& function, Findings& findings) {
  const Property* const property = property_of(project, function.resource, "Runtime");
  const std::vector<int> runtime = version_of_runtime(function.runtime);
  if (property == nullptr || runtime.empty()) return;
  const CodeLocation& code = project.stacks.functions[function.declared].code;
  // A bundler writes for the version that it is told, whatever its developers run.
  const bool rewritten = is_bundled(code) || (function.libraries && function.libraries->rewritten);
  for (const VersionDemand& demand : function.demands) {
    if ((demand.pinned && rewritten) || !is_mismatch(demand, function, runtime)) continue;
    // Of a file for the whole repository, the tools of its developers may be meant.
    const bool of_tools =
        !demand.own || (function.package && function.package->whole_project) || rewritten;
    findings.push_back(
        FindingBuilder("runtime-project-mismatch",
                       demand.pinned || of_tools ? Confidence::Likely : Confidence::Certain)
            .about(function)
            .at(*property)
            .says(demand.pinned
                      ? cat("The project is developed with ", demand.range, " (", demand.words,
                            "); '", function.name, "' runs on ", function.runtime, ".")
                      : cat("The project asks for ", demand.range, " (", demand.words, "); '",
                            function.name, "' runs on ", function.runtime, "."))
            .identified(function.name, ':', demand.words)
            .related(demand.where, "It is asked for here.")
            .caused_by(
                {.key = cat(function.runtime, ' ', demand.where.file.index, ' ', demand.words),
                 .subject = function.name,
                 .apart = 1}));
    return;
  }
}

}  // namespace

void runtime_project_mismatch(const Project& project, const Settings&, Findings& findings) {
  for (const LambdaFunction& function : project.functions)
    check_demands(project, function, findings);
}

}  // namespace fnlint
