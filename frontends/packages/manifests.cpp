// The table of file names with their readers, how registries compare names, and reachability in the
// graph of a lock file.

#include "frontends/packages/manifests.h"

#include "core/text.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::array kForms{
    ManifestForm{"package.json", Registry::Npm, false, read_package_json},
    ManifestForm{"package-lock.json", Registry::Npm, true, read_package_lock},
    ManifestForm{"npm-shrinkwrap.json", Registry::Npm, true, read_package_lock},
    ManifestForm{"yarn.lock", Registry::Npm, true, read_yarn_lock},
    ManifestForm{"pnpm-lock.yaml", Registry::Npm, true, read_pnpm_lock},
    ManifestForm{"requirements.txt", Registry::Python, false, read_requirements},
    ManifestForm{"pyproject.toml", Registry::Python, false, read_pyproject},
    ManifestForm{"Pipfile", Registry::Python, false, read_pipfile},
    ManifestForm{"Pipfile.lock", Registry::Python, true, read_pipfile_lock},
    ManifestForm{"poetry.lock", Registry::Python, true, read_python_lock},
    ManifestForm{"uv.lock", Registry::Python, true, read_python_lock},
    ManifestForm{"pom.xml", Registry::Maven, false, read_pom},
    ManifestForm{"gradle.lockfile", Registry::Maven, true, read_gradle_lock},
    ManifestForm{"build.gradle", Registry::Maven, false, read_gradle_build},
    ManifestForm{"build.gradle.kts", Registry::Maven, false, read_gradle_build},
    ManifestForm{"go.mod", Registry::Go, false, read_go_mod},
    ManifestForm{"go.sum", Registry::Go, true, read_go_sum},
    ManifestForm{"Cargo.toml", Registry::Cargo, false, read_cargo_manifest},
    ManifestForm{"Cargo.lock", Registry::Cargo, true, read_cargo_lock},
    ManifestForm{"Gemfile", Registry::RubyGems, false, read_gemfile},
    ManifestForm{"Gemfile.lock", Registry::RubyGems, true, read_gemfile_lock},
    ManifestForm{"packages.lock.json", Registry::NuGet, true, read_nuget_lock},
    ManifestForm{"packages.config", Registry::NuGet, false, read_packages_config},
    ManifestForm{"*.csproj", Registry::NuGet, false, read_csproj},
    ManifestForm{"*.fsproj", Registry::NuGet, false, read_csproj},
};
constexpr std::size_t kRequirements = 5;

}  // namespace

std::span<const ManifestForm> manifest_forms() { return kForms; }

const ManifestForm* manifest_form(std::string_view name) {
  for (const ManifestForm& form : kForms) {
    const bool any = form.name.starts_with('*');
    if (any ? name.ends_with(form.name.substr(1)) : name == form.name) return &form;
  }
  const bool requirements = name.ends_with(".txt") && name.find("requirements") != name.npos;
  return requirements ? &kForms[kRequirements] : nullptr;
}

std::string registry_name(Registry registry, std::string_view name) {
  if (registry == Registry::NuGet) return lower(name);
  if (registry != Registry::Python) return std::string(name);
  std::string normal;  // PEP 503
  for (const char c : lower(name)) {
    const bool separates = c == '-' || c == '_' || c == '.';
    if (!separates)
      normal += c;
    else if (!normal.empty() && normal.back() != '-')
      normal += '-';
  }
  return normal;
}

std::vector<bool> needed_rows(const DependencyList& list, const std::vector<bool>& roots) {
  std::vector<bool> needed = roots;
  needed.resize(list.rows.size());
  std::vector<std::uint32_t> open;
  for (std::uint32_t i = 0; i < needed.size(); ++i)
    if (needed[i]) open.push_back(i);
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    for (const std::uint32_t next : list.rows[at].needs)
      if (!needed[next]) {
        needed[next] = true;
        open.push_back(next);
      }
  }
  return needed;
}

}  // namespace fnlint
