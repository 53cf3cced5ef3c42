#include "frontends/packages/manifests.h"

#include "core/text.h"
#include "frontends/packages/manifest_reading.h"

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

namespace manifests {

Dependency& Rows::add(std::string_view name, Range where) {
  return add({.name = registry_name(list_.registry, name), .where = where});
}

Dependency& Rows::add(Dependency row) {
  if (list_.rows.size() >= kRows) {
    if (list_.readable)
      add_problem(list_.problems, row.where, cat("more than ", kRows, " dependencies"));
    list_.readable = false;
    return spare_ = std::move(row);
  }
  list_.rows.push_back(std::move(row));
  return list_.rows.back();
}

void Rows::needs(std::uint32_t by, std::string key) {
  if (needs_.size() < kNeeds) needs_.emplace_back(by, std::move(key));
}

void Rows::take_problems(const Document& document) {
  list_.readable = list_.readable && document.complete;
  for (const Problem& problem : document.problems)
    add_problem(list_.problems, problem.where, problem.message);
}

DependencyList Rows::finish() {
  for (const auto& [by, key] : needs_)
    if (const auto row = find(key); row && by < list_.rows.size())
      list_.rows[by].needs.push_back(*row);
  return std::move(list_);
}

bool is_version(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  if (text.empty() || text.front() < '0' || text.front() > '9') return false;
  return text.find_first_of("*<>=~^, |[]()") == text.npos &&
         text.find(".x") == text.npos && text.find(".+") == text.npos;
}

void set_version(Dependency& row, std::string_view written) {
  written = trim(written);
  std::string_view bare = written;
  while (!bare.empty() && bare.front() == '=') bare.remove_prefix(1);
  bare = trim(bare);
  const bool closed = bare.size() > 2 && bare.front() == '[' && bare.back() == ']' &&
                      bare.find(',') == bare.npos;
  if (closed) bare = bare.substr(1, bare.size() - 2);
  const bool exact = is_version(bare);
  row.version = exact ? bare : written;
  row.known = exact ? VersionKnown::Exact
              : written.empty() || written == "*" || written == "latest" ? VersionKnown::None
                                                                         : VersionKnown::Range;
}

}  // namespace manifests
}  // namespace fnlint
