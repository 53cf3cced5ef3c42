// What a package is given by its manifests though nothing at run time needs it: development tools,
// what a layer brings already, what the runtime has already.

#include "checks/package/package_view.h"
#include "checks/package/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/languages.h"
#include "tables/packages.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <tuple>

namespace fnlint {

namespace {

FindingBuilder finding_at(std::string_view rule, const LambdaFunction& function,
                          const NamedDependency& row) {
  return FindingBuilder(rule).about(function).at(row.where).identified(row.row.name);
}

// The runtime has it, in a version of its own: packaging it is right where one was chosen.
bool is_brought(const NamedDependency& row, const LambdaFunction& function) {
  const std::vector<int> version = version_of_runtime(function.runtime);
  if (version.empty()) return false;
  for (const RuntimePackage& brought : runtime_packages()) {
    if (!brought.sdk || brought.registry != row.registry || !is_named(brought.name, row.row.name))
      continue;
    if (!brought.since.empty() && is_before(version, brought.since)) continue;
    if (!brought.until.empty() && !is_before(version, brought.until)) continue;
    return true;
  }
  return false;
}

bool is_installed_apart(Registry registry) {
  return registry == Registry::Python || registry == Registry::RubyGems;
}

// Whether somebody puts what a manifest names into the folder, though no deploying tool does: the
// code imports some of it that the runtime does not have. (npm installs into the folder itself.)
bool is_installed(const PackageUsers& users, Registry registry) {
  if (!users.package->assumed || !is_installed_apart(registry)) return true;
  return std::ranges::any_of(users.package->named, [&](const NamedDependency& row) {
    return row.registry == registry && row.row.use == DependencyUse::Runtime &&
           std::ranges::any_of(users.functions, [&](const LambdaFunction* function) {
             return !is_brought(row, *function) &&
                    imports_package(*function, row.registry, row.row.name);
           });
  });
}

// Whether a text has the name as a file's, a folder's or a program's: of `lib/junit-4.13.2.jar` and
// `bin/eslint`, but not `eslint` of `eslint-plugin-import`.
bool names_file(std::string_view text, std::string_view name) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto goes_on = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
  };
  for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
    const std::string_view rest = text.substr(at + name.size());
    const bool ends = rest.empty() || !goes_on(rest[0]) ||
                      (rest[0] == '-' && rest.size() > 1 && is_digit(rest[1]));
    if (ends && (at == 0 || !goes_on(text[at - 1]))) return true;
  }
  return false;
}

// Used without an import: by the name of its file, in a text of the code or a variable of its
// environment.
bool is_named_as_file(const Project& project, const LambdaFunction& function,
                      std::string_view package) {
  const std::string_view name = package.substr(package.find(':') + 1);  // "junit" of "junit:junit"
  const auto names = [&](std::string_view text) { return names_file(text, name); };
  if (function.libraries && std::ranges::any_of(function.libraries->named_files, names))
    return true;
  return std::ranges::any_of(
      properties_below(project, function.resource, kEnvironmentVariables),
      [&](const NamedProperty& row) {
        return names(as_text(*project.pool, row.property->value).value_or(""));
      });
}

void report_tools(const Project& project, const PackageUsers& users, Findings& findings) {
  for (const NamedDependency& row : users.package->named) {
    const PackageFact* fact = find_package(row.registry, row.row.name);
    if (fact == nullptr || !fact->tool || row.row.use != DependencyUse::Runtime) continue;
    bool all_read = true, imported = false;
    for (const LambdaFunction* function : users.functions) {
      imported = imported || imports_package(*function, row.registry, row.row.name) ||
                 is_named_as_file(project, *function, row.row.name);
      all_read = all_read && function->libraries && function->libraries->complete &&
                 !function->libraries->by_name;
    }
    if (imported || !is_installed(users, row.registry)) continue;
    // Elsewhere the names of packages do not say what is imported.
    const bool by_name = row.registry == Registry::Python || row.registry == Registry::Npm;
    const bool sure = all_read && by_name && !users.package->assumed;
    // Nobody knows what else than the folder is put into the archive.
    const bool is_guess = users.package->assumed && is_installed_apart(row.registry);
    const LambdaFunction& first = *users.functions.front();
    findings.push_back(finding_at("package-dev-dependencies", first, row)
                           .says("'", row.row.name,
                                 "' is a development tool; it is deployed with '", first.name,
                                 "', whose code does not import it.")
                           .with(sure       ? Confidence::Certain
                                 : is_guess ? Confidence::Possible
                                            : Confidence::Likely)
                           .grade_if(fact->declares, Severity::Note)
                           .caused_by({.key = first.name, .subject = std::string(row.row.name)}));
  }
}

// Whether what a manifest names is deployed with the folder, in which it does not lie. Where no
// deploying tool installs it, only npm, run by hand, puts it there; pip and bundler do elsewhere.
bool is_put_into(const Package& package, Registry registry) {
  return !package.assumed || (registry != Registry::Python && registry != Registry::RubyGems);
}

// What the manifest says, or its lock.
std::string_view version_of(const Package& package, const NamedDependency& named) {
  if (named.row.known == VersionKnown::Exact) return named.row.version;
  for (const PackagedDependency& row : package.dependencies)
    if (row.registry == named.registry && row.name == named.row.name) return row.version;
  return {};
}

// What is told of a package stands at one place, whichever of its functions it is told of.
using Told = std::set<std::tuple<ResourceId, Span, std::string_view>>;

void report_layers(const Project& project, const LambdaFunction& function, Told& told,
                   Findings& findings) {
  std::set<std::string_view> said;
  const auto report = [&](std::string_view name, std::string_view version, Span where,
                          const LayerUse& layer, const PackagedDependency& there, bool here) {
    const bool assumed = (!here && function.package->assumed) ||
                         (!there.installed && layer.package->assumed);
    if (!said.insert(name).second || !told.emplace(layer.layer, where, name).second) return;
    const bool differ = !version.empty() && !there.version.empty() && version != there.version;
    const std::string in_layer = name_of(project, layer.layer);
    findings.push_back(
        FindingBuilder("package-duplicate-in-layer",
                       assumed ? Confidence::Likely : Confidence::Certain)
            .about(function)
            .at(where)
            .says("'", name, "' is in the package of '", function.name, "' and in its layer '",
                  in_layer, "'",
                  differ ? cat("; version ", version, " of the package hides ", there.version, ".")
                         : ".")
            .identified(function.name, ':', name)
            .caused_by({.key = in_layer, .subject = std::string(name)})
            .related_if(there.where.file.exists(), there.where, "The layer contains '", name,
                        "'."));
  };
  for (const LayerUse& layer : function.layers) {
    if (!layer.package) continue;
    for (const PackagedDependency& there : layer.package->dependencies) {
      if (there.off_path || (!there.installed && !is_put_into(*layer.package, there.registry)))
        continue;
      for (const NamedDependency& row : function.package->named)
        if (row.registry == there.registry && row.row.name == there.name &&
            row.row.use == DependencyUse::Runtime && is_put_into(*function.package, row.registry))
          report(row.row.name, version_of(*function.package, row), row.where, layer, there, false);
      for (const PackagedDependency& own : function.package->dependencies)
        if (own.installed && own.registry == there.registry && own.name == there.name)
          report(own.name, own.version, code_place(project, function), layer, there, true);
    }
  }
}

bool is_chosen(const NamedDependency& row) {
  if (row.row.elsewhere || row.row.known == VersionKnown::Exact) return true;
  // npm writes a range by itself.
  return row.registry != Registry::Npm && row.row.known == VersionKnown::Range;
}

void report_sdk(const PackageUsers& users, Findings& findings) {
  for (const NamedDependency& row : users.package->named) {
    const auto brought = [&](const LambdaFunction* function) { return is_brought(row, *function); };
    if (row.row.use != DependencyUse::Runtime || is_chosen(row) ||
        !std::ranges::all_of(users.functions, brought))
      continue;
    findings.push_back(finding_at("package-sdk-included", *users.functions.front(), row)
                           .with(users.package->assumed ? Confidence::Likely : Confidence::Certain)
                           .says("'", row.row.name, "' is in the runtime ",
                                 users.functions.front()->runtime,
                                 " already; no version is pinned here."));
  }
}

}  // namespace

void package_dependencies(const Project& project, const Settings&, Findings& findings) {
  for (const PackageUsers& users : package_users(project)) {
    report_tools(project, users, findings);
    report_sdk(users, findings);
  }
  Told told;
  for (const LambdaFunction& function : project.functions)
    if (function.package) report_layers(project, function, told, findings);
}

}  // namespace fnlint
