// What the code imports against what is deployed with it. Import names are not the names of
// packages, packages need others, and builds do what no manifest says: where any of that is not
// known, nothing is certain.

#include "checks/package/package_view.h"
#include "checks/package/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/languages.h"
#include "tables/models.h"
#include "tables/packages.h"
#include "values/pool.h"

#include <algorithm>
#include <array>
#include <set>

namespace fnlint {

namespace {

// What runs while the module loads may put packages where it looks for them: `pip install`, an
// archive that is unpacked.
bool brings_more(const LambdaFunction& function) {
  return std::ranges::any_of(function.init_work, [](const CodeCall& call) {
    const std::string_view work =
        call.library != UINT32_MAX ? library_models()[call.library].work : std::string_view();
    return work == "runs a process" || work == "unpacks an archive";
  });
}

bool is_installed_by_script(const LambdaFunction& function) {
  return function.around && !function.around->installer.empty();
}

// One function's imports, and what could bring them.
class Lacking {
 public:
  Lacking(const Project& project, const LambdaFunction& function, Registry registry)
      : project_(project),
        function_(function),
        registry_(registry),
        code_(project.stacks.functions[function.declared].code),
        version_(version_of_runtime(function.runtime)) {
    packages_.push_back(function.package.get());
    uncertainty_ = own_uncertainty();
    for (const LayerUse& layer : function.layers) {
      if (layer.package && layer.package->complete)
        packages_.push_back(layer.package.get());
      else
        uncertainty_ |= kUncertain;
    }
  }

  void report(Findings& findings) {
    std::set<std::string> said;
    for (const LibraryImport& row : function_.libraries->rows) {
      const std::string name = package_of_import(registry_, row.module);
      if (!row.at_init || row.optional || !is_package_name(row.module) || is_provided(name) ||
          !said.insert(name).second)
        continue;
      const std::vector<const PackageFact*> known = packages_of_module(registry_, name);
      const bool is_inline = code_.kind == CodeKind::Inline;
      // Another file of the project may have that name.
      if (registry_ == Registry::Python && known.empty() && !is_inline) continue;
      std::uint8_t uncertainty = uncertainty_;
      for (const PackageFact* fact : known) uncertainty |= doubts(fact->name);
      if (known.empty()) uncertainty |= doubts(name);
      findings.push_back(finding_of(row, name, known, uncertainty));
    }
  }

 private:
  // What is not known of the package as a whole.
  [[nodiscard]] std::uint8_t own_uncertainty() const {
    std::uint8_t uncertainty = brings_more(function_) ? kUncertain : 0;
    if (code_.kind == CodeKind::Inline) return uncertainty;
    const Package& own = *function_.package;
    if (!own.complete || is_installed_by_script(function_) || !function_.libraries->complete)
      uncertainty |= kUncertain;
    if (!own.has_manifest && !is_installed_by_script(function_) && code_.kind != CodeKind::Zip)
      uncertainty |= kHeuristic;  // only a layer says what is installed
    if (own.assumed) uncertainty |= own.has_manifest ? kHeuristic : kUncertain;
    for (const std::string_view path : {"Environment.Variables.PYTHONPATH",
                                        "Environment.Variables.NODE_PATH", "FileSystemConfigs"})
      if (property_of(project_, function_.resource, path) != nullptr) uncertainty |= kUncertain;
    return uncertainty;
  }
  // Manifests of folders above speak of it: something may put it there.
  [[nodiscard]] std::uint8_t doubts(std::string_view name) const {
    const bool is_mentioned =
        function_.around &&
        std::ranges::find(function_.around->mentioned, name) != function_.around->mentioned.end();
    return is_mentioned ? std::uint8_t{kUncertain} : std::uint8_t{0};
  }

  [[nodiscard]] bool is_package_name(std::string_view module) const {
    if (module.empty() || module.find(':') != module.npos) return module.starts_with("node:");
    const char first = module.front();
    if (first == '@' && module.starts_with("@/")) return false;
    return first != '#' && first != '~' && first != '.' && first != '/';
  }

  [[nodiscard]] bool is_provided(std::string_view name) const {
    if (is_standard_module(registry_, name) || is_in_runtime(name)) return true;
    for (const Package* package : packages_) {
      if (registry_ == Registry::Python &&
          std::ranges::find(package->modules, name) != package->modules.end())
        return true;
      for (const PackagedDependency& row : package->dependencies)
        if (row.registry == registry_ &&
            brings(registry_, row.name, name).value_or(is_like(row.name, name)))
          return true;
      // Deployed as the folder is, it has what its developers installed.
      if (package->assumed &&
          std::ranges::find(package->development, name) != package->development.end())
        return true;
    }
    return false;
  }
  // "acme-tools" may bring "acme" as well as "tools".
  static bool is_like(std::string_view package, std::string_view module) {
    const std::string small = lower(module);
    for (const std::string_view part : split(package, '-'))
      if (part == small) return true;
    const std::string joined = replace_all(package, "-", "");
    return joined.find(small) != joined.npos || small.find(joined) != small.npos;
  }
  [[nodiscard]] bool is_in_runtime(std::string_view name) const {
    for (const RuntimePackage& row : runtime_packages()) {
      if (row.registry != registry_) continue;
      const bool same = registry_ == Registry::Python
                            ? brings(registry_, row.name, name).value_or(false)
                            : is_named(row.name, name);
      if (!same || (row.inline_only && code_.kind != CodeKind::Inline)) continue;
      // What runtimes have no longer is another rule's: runtime-language-feature.
      if (!row.until.empty() || version_.empty()) return true;
      if (row.since.empty() || !is_before(version_, row.since)) return true;
    }
    return false;
  }

  FindingBuilder finding_of(const LibraryImport& row, std::string_view name,
                            const std::vector<const PackageFact*>& known,
                            std::uint8_t uncertainty) const {
    std::string words = cat("'", name, "'");
    if (known.size() == 1 && known.front()->name != name)
      words += cat(" (of ", known.front()->name, ")");
    const std::vector<std::string>& tools = function_.package->development;
    return FindingBuilder("package-dependency-missing", uncertainty)
        .about(function_)
        .at(row.where)
        .says(code_.kind == CodeKind::Inline
                  ? cat(words, " is not in the runtime ", function_.runtime, ", and '",
                        function_.name, "' is deployed only from the template.")
              : std::ranges::find(tools, name) != tools.end()
                  ? cat(words, " is only a development dependency; it is not deployed with '",
                        function_.name, "'.")
                  : cat(words, " is neither in the package of '", function_.name,
                        "' nor in a layer nor in the runtime ", function_.runtime, "."))
        .identified(function_.name, ':', name);
  }

  const Project& project_;
  const LambdaFunction& function_;
  Registry registry_;
  const CodeLocation& code_;
  std::vector<int> version_;
  std::vector<const Package*> packages_;
  std::uint8_t uncertainty_ = 0;
};

// Another one of the list may need it: then it only pins that one's version.
bool may_be_needed(const Package& package, const NamedDependency& row) {
  if (row.registry != Registry::Python) return false;
  return std::ranges::any_of(package.named, [&](const NamedDependency& other) {
    if (other.row.name == row.row.name) return false;
    const PackageFact* fact = find_package(other.registry, other.row.name);
    return fact == nullptr || !fact->needs_known ||
           std::ranges::find(fact->needs, row.row.name) != fact->needs.end();
  });
}

void report_unused(const PackageUsers& users, Findings& findings) {
  const Package& package = *users.package;
  const auto is_read = [](const LambdaFunction* function) {
    return function->libraries && function->libraries->complete && !function->libraries->by_name;
  };
  if (package.whole_project || !std::ranges::all_of(users.functions, is_read)) return;
  for (const NamedDependency& row : package.named) {
    const bool imported_here = row.registry == Registry::Python || row.registry == Registry::Npm;
    if (!imported_here || row.row.use != DependencyUse::Runtime || row.row.elsewhere) continue;
    const PackageFact* fact = find_package(row.registry, row.row.name);
    if (row.registry == Registry::Python && fact == nullptr) continue;
    if (fact != nullptr && (fact->tool || fact->by_name)) continue;
    if (may_be_needed(package, row)) continue;
    const bool imported = std::ranges::any_of(users.functions, [&](const LambdaFunction* function) {
      return imports_package(*function, row.registry, row.row.name);
    });
    if (imported) continue;
    findings.push_back(FindingBuilder("package-dependency-unused", Confidence::Likely)
                           .about(*users.functions.front())
                           .at(row.where)
                           .says("'", row.row.name, "' is deployed with '",
                                 users.functions.front()->name,
                                 "', but no code that the handler reaches imports it.")
                           .identified(row.row.name));
  }
}

// Where nothing in the project says what is installed, that happens elsewhere: nothing is known of
// what is lacking. A layer of the project says it for the functions that use it. An archive is what
// it is.
bool says_what_is_installed(const Project& project, const LambdaFunction& function) {
  const Package& own = *function.package;
  const CodeKind kind = project.stacks.functions[function.declared].code.kind;
  const bool by_layer = std::ranges::any_of(function.layers, [](const LayerUse& layer) {
    return layer.package && layer.package->has_manifest;
  });
  return own.has_manifest || is_installed_by_script(function) || by_layer ||
         kind == CodeKind::Inline || kind == CodeKind::Zip;
}

// What a bundle is told to leave out, the runtime had once.
void report_left_out(const Project& project, const LambdaFunction& function, Findings& findings) {
  std::set<std::string_view> said;
  for (const InitImport& import : function.imports) {
    const std::string_view name = left_out_package(project, function, import.path);
    if (name.empty() || !said.insert(name).second) continue;
    findings.push_back(
        FindingBuilder("package-dependency-missing", Confidence::Likely)
            .about(function)
            .at(import.where)
            .says("'", name, "' is left out of the bundle of '", function.name,
                  "', but is neither in a layer nor in the runtime ", function.runtime,
                  ": the function cannot be loaded.")
            .identified(function.name, ':', name)
            .related(code_place(project, function), "Its bundling is configured to leave it out.")
            .caused_by({.key = std::string(name), .subject = function.name, .apart = 1}));
  }
}

std::string label_of(const LostModule& lost, const LambdaFunction& function,
                     const std::string& folder) {
  const std::string module = cat("'", lost.module, "'");
  switch (lost.reason) {
    case LostReason::Nowhere:
      return cat(module, " leads to no file in the folder that is deployed with '", function.name,
                 "'.");
    case LostReason::Outside:
      return cat(module, " is '", lost.path, "', which lies outside of ",
                 folder.empty() ? "the folder" : cat("'", folder, "'"),
                 " and is not deployed with '", function.name, "'.");
    case LostReason::OtherCase:
      return cat(module, " is written otherwise than '", lost.path,
                 "': Lambda's file system tells capital letters from small ones.");
    case LostReason::AboveRoot:
      return cat(module, " is relative, but the file lies at the root of what is deployed with '",
                 function.name, "' and has no package around it.");
    case LostReason::LeftOut:
      return cat(module, " is '", lost.path, "', which is left out of the package of '",
                 function.name, "'.");
    case LostReason::NoEnding:
      return cat(module, " is '", file_name_of(lost.path),
                 "': in an ES module, Node.js tries no ending and no index.");
  }
  return {};
}

// Python: what imports `sys` or `site` may add places that are looked into.
bool may_change_search_path(const LambdaFunction& function) {
  return std::ranges::any_of(function.libraries->rows, [](const LibraryImport& row) {
    return row.module == "sys" || row.module == "site";
  });
}

// Modules of the project itself that will not be there.
void report_lost(const Project& project, const LambdaFunction& function, Findings& findings) {
  if (!function.lost_modules) return;
  const CodeLocation& code = project.stacks.functions[function.declared].code;
  const bool all_is_known = function.package->complete && !is_installed_by_script(function) &&
                            !may_change_search_path(function);
  const bool looks_elsewhere =
      brings_more(function) ||
      std::ranges::any_of(std::array{"Environment.Variables.PYTHONPATH", "FileSystemConfigs"},
                          [&](std::string_view path) {
                            return property_of(project, function.resource, path) != nullptr;
                          }) ||
      std::ranges::any_of(function.layers, [](const LayerUse& layer) {
        return !layer.package || !layer.package->complete;
      });
  for (const LostModule& lost : *function.lost_modules) {
    std::uint8_t uncertainty = 0;
    if (lost.reason == LostReason::Nowhere || lost.reason == LostReason::Outside)
      uncertainty |= kHeuristic;  // something that is not in the project may copy it there
    if (lost.absolute && !all_is_known) uncertainty |= kHeuristic;
    if (!lost.brought.empty() || (lost.absolute && looks_elsewhere)) uncertainty |= kUncertain;
    findings.push_back(
        FindingBuilder("package-dependency-missing", uncertainty)
            .about(function)
            .at(lost.where)
            .says(label_of(lost, function, code.path))
            .identified(function.name, ':', lost.module)
            .related(code_place(project, function), "What is deployed is named here.")
            .caused_by({.key = lost.path.empty() ? lost.module : lost.path,
                        .subject = function.name,
                        .apart = 2}));
  }
}

}  // namespace

void package_imports(const Project& project, const Settings&, Findings& findings) {
  for (const LambdaFunction& function : project.functions) {
    report_left_out(project, function, findings);
    report_lost(project, function, findings);
    const std::optional<Registry> registry = registry_of_runtime(function);
    if (!registry || !function.libraries || !function.package || function.libraries->rewritten ||
        project.stacks.functions[function.declared].image ||
        !says_what_is_installed(project, function))
      continue;
    Lacking(project, function, *registry).report(findings);
  }
  for (const PackageUsers& users : package_users(project)) report_unused(users, findings);
}

}  // namespace fnlint
