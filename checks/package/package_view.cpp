// Relates functions to packages, imports to what brings them, and runtimes to registries, from the
// tables of known packages.

#include "checks/package/package_view.h"

#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/languages.h"
#include "tables/packages.h"
#include "values/compute.h"
#include "values/pool.h"

#include <fmt/core.h>

#include <algorithm>

namespace fnlint {

std::vector<PackageUsers> package_users(const Project& project) {
  std::vector<PackageUsers> users;
  std::map<const Package*, std::size_t> rows;
  for (const LambdaFunction& function : project.functions) {
    if (!function.package) continue;
    const auto [row, added] = rows.try_emplace(function.package.get(), users.size());
    if (added) users.push_back({function.package.get(), {}});
    users[row->second].functions.push_back(&function);
  }
  return users;
}

Span code_place(const Project& project, const LambdaFunction& function) {
  const Span where = project.stacks.functions[function.declared].code.where;
  return where.file.exists() ? where : project.stacks[function.resource].name;
}

std::string megabytes(std::uint64_t bytes) {
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1048576.0);
}

std::string architecture_of(const Project& project, const LambdaFunction& function) {
  const Property* list = property_of(project, function.resource, "Architectures");
  if (list == nullptr) return "x86_64";
  if ((*project.pool)[list->value].kind == ValueKind::Absent) return "x86_64";
  const Property* first = property_of(project, function.resource, "Architectures.0");
  return first == nullptr ? std::string()
                          : std::string(as_text(*project.pool, first->value).value_or(""));
}

std::optional<Registry> registry_of_runtime(const LambdaFunction& function) {
  if (function.runtime.starts_with("python")) return Registry::Python;
  if (function.runtime.starts_with("nodejs")) return Registry::Npm;
  return std::nullopt;
}

std::string package_of_import(Registry registry, std::string_view module) {
  if (registry == Registry::Python) return std::string(module.substr(0, module.find('.')));
  if (module.starts_with("node:")) module.remove_prefix(5);
  std::size_t end = module.find('/');
  if (module.starts_with('@') && end != module.npos) end = module.find('/', end + 1);
  return std::string(module.substr(0, end));
}

bool is_named(std::string_view pattern, std::string_view name) {
  if (!pattern.ends_with('*')) return pattern == name;
  pattern.remove_suffix(1);
  return name.starts_with(pattern);
}

std::optional<bool> brings(Registry registry, std::string_view package, std::string_view module) {
  if (registry != Registry::Python) return package == module;
  const PackageFact* fact = find_package(registry, package);
  std::string as_name = lower(module);
  std::ranges::replace(as_name, '_', '-');
  if (fact != nullptr && !fact->modules.empty())
    return std::ranges::any_of(fact->modules,
                               [&](std::string_view one) { return is_named(one, module); });
  if (package == as_name) return true;
  if (fact != nullptr && !fact->name.ends_with('*')) return false;
  return std::nullopt;  // its name says nothing
}

std::string_view left_out_package(const Project& project, const LambdaFunction& function,
                                  std::string_view import) {
  const std::vector<std::string>& left_out =
      project.stacks.functions[function.declared].code.left_out;
  if (left_out.empty() || !function.layers.empty()) return {};
  const std::vector<int> version = version_of_runtime(function.runtime);
  if (version.empty()) return {};
  const auto in_runtime = [&](std::string_view name) {
    return std::ranges::any_of(runtime_packages(), [&](const RuntimePackage& row) {
      const bool is_there = (row.since.empty() || !is_before(version, row.since)) &&
                            (row.until.empty() || is_before(version, row.until));
      return is_there && row.registry == Registry::Npm && is_named(row.name, name);
    });
  };
  std::string package = package_of_import(Registry::Npm, import);
  package.resize(std::min(package.size(), package.find('.')));  // "fs" of "fs.readFileSync"
  if (is_standard_module(Registry::Npm, package) || in_runtime(package)) return {};
  for (const std::string_view name : left_out) {  // a package, what lies in it, or a whole scope
    const bool is_of =
        import.starts_with(name) &&
        (import.size() == name.size() || import[name.size()] == '/' || import[name.size()] == '.');
    if (is_of && !in_runtime(name)) return import.substr(0, std::max(name.size(), package.size()));
  }
  return {};
}

bool imports_package(const LambdaFunction& function, Registry registry, std::string_view package) {
  if (!function.libraries) return false;
  return std::ranges::any_of(function.libraries->rows, [&](const LibraryImport& row) {
    return brings(registry, package, package_of_import(registry, row.module)).value_or(false);
  });
}

}  // namespace fnlint
