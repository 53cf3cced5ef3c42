// Dependencies that change by themselves between two deployments, and those that do not change any
// more.

#include "checks/package/package_view.h"
#include "checks/reliability/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/packages.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

bool is_open_range(const NamedDependency& row) {
  return !row.locked && !row.row.elsewhere && row.row.use == DependencyUse::Runtime &&
         (row.row.known == VersionKnown::Range || row.row.known == VersionKnown::None);
}

// The runtime brings it, or its version stands somewhere else: a parent, a list of versions.
bool is_versioned_elsewhere(const NamedDependency& row) {
  if (row.registry == Registry::Maven || row.registry == Registry::NuGet) return true;
  return std::ranges::any_of(runtime_packages(), [&](const RuntimePackage& one) {
    return one.registry == row.registry && is_named(one.name, row.row.name);
  });
}

void report_unlocked(const Project&, const PackageUsers& users, std::set<Span>& told,
                     Findings& findings) {
  const Package& package = *users.package;
  for (const NamedDependency& row : package.named) {
    const bool lies_there = std::ranges::any_of(package.dependencies, [&](const auto& one) {
      return one.installed && one.registry == row.registry;
    });
    if (!is_open_range(row) || is_versioned_elsewhere(row) || lies_there ||
        !told.insert(row.where).second)
      continue;
    const LambdaFunction& first = *users.functions.front();
    const std::string range =
        row.row.version.empty() ? std::string() : cat(" (", row.row.version, ")");
    findings.push_back(
        FindingBuilder("reliability-dependency-unlocked",
                       package.assumed ? Confidence::Likely : Confidence::Certain)
            .about(first)
            .at(row.where)
            .says("'", row.row.name, "'", range,
                  " is not pinned, and no lock file is beside it: the next deployment of '",
                  first.name, "' may get another version.")
            .identified(row.row.name)
            .caused_by({.key = cat("manifest ", row.where.file.index),
                        .subject = row.row.name,
                        .apart = 1}));
  }
}

bool is_named_in(std::span<const std::string_view> patterns, std::string_view name) {
  return std::ranges::any_of(patterns,
                             [&](std::string_view pattern) { return is_named(pattern, name); });
}

bool is_import_of(const RetiredSdk& sdk, const LibraryImport& row) {
  const auto begins = [&](std::string_view start) { return row.module.starts_with(start); };
  return is_named_in(sdk.imports, row.module) && std::ranges::none_of(sdk.but, begins);
}

// "aws-sdk": "npm:@shop/aws@^3": another package, installed under this name.
bool stands_for_another(const RetiredSdk& sdk, const Dependency& row) {
  constexpr std::string_view kAlias = "npm:";
  return std::ranges::any_of(row.asked, [&](const std::string& asked) {
    if (!asked.starts_with(kAlias)) return false;
    const std::string_view meant = std::string_view(asked).substr(kAlias.size());
    const std::size_t version = meant.rfind('@');
    return !is_named_in(sdk.names, version == 0 ? meant : meant.substr(0, version));
  });
}

Registry registry_of_sdk(Language language) {
  switch (language) {
    case Language::Java: return Registry::Maven;
    case Language::Go: return Registry::Go;
    default: return Registry::Npm;
  }
}

void report_retired(const LambdaFunction& function, const Settings& settings, std::set<Span>& told,
                    Findings& findings) {
  for (const RetiredSdk& sdk : retired_sdks()) {
    if (sdk.ended > settings.today || sdk.registry != registry_of_sdk(function.language)) continue;
    const auto import = std::ranges::find_if(
        function.libraries->rows, [&](const LibraryImport& row) { return is_import_of(sdk, row); });
    if (import == function.libraries->rows.end()) continue;
    Span where = import->where;
    std::string name = std::string(sdk.names.front());
    bool is_another = false;
    if (function.package)
      for (const NamedDependency& row : function.package->named)
        if (row.registry == sdk.registry && is_named_in(sdk.names, row.row.name)) {
          where = row.where;
          name = row.row.name;
          is_another = stands_for_another(sdk, row.row);
          break;
        }
    if (is_another || !told.insert(where).second) continue;
    findings.push_back(
        FindingBuilder("reliability-sdk-deprecated")
            .about(function)
            .at(where)
            .says("'", function.name, "' uses ", sdk.words,
                  ", which gets neither fixes nor new services any more; ", sdk.instead, " does.")
            .identified(name)
            .caused_by({.key = std::string(sdk.words), .subject = function.name})
            .related_if(where != import->where, import->where, "It is imported here."));
  }
}

}  // namespace

void reliability_dependencies(const Project& project, const Settings& settings,
                              Findings& findings) {
  std::set<Span> unlocked, retired;
  for (const PackageUsers& users : package_users(project))
    report_unlocked(project, users, unlocked, findings);
  for (const LambdaFunction& function : project.functions)
    if (function.libraries) report_retired(function, settings, retired, findings);
}

}  // namespace fnlint
