// Manifests and lock files of all registries, behind one type of reader.
#pragma once

#include "model/dependencies.h"

#include <span>
#include <string>
#include <string_view>

namespace fnlint {

// Manifests and lock files: text to the dependencies that it names, each at its place. Nothing is
// looked up: what a file takes in is named in DependencyList::includes.
struct ManifestForm {
  std::string_view name = {};  // of the file; "*.csproj": any of that extension
  Registry registry{};
  bool lock = false;
  DependencyList (*read)(std::string_view text) = nullptr;
};
std::span<const ManifestForm> manifest_forms();
// By the file's name; null: no manifest. requirements-dev.txt and its kin are requirements.
const ManifestForm* manifest_form(std::string_view file_name);

DependencyList read_package_json(std::string_view text);
DependencyList read_package_lock(std::string_view text);  // npm-shrinkwrap.json too
DependencyList read_yarn_lock(std::string_view text);     // of every version of Yarn
DependencyList read_pnpm_lock(std::string_view text);
DependencyList read_requirements(std::string_view text);
DependencyList read_pyproject(std::string_view text);
DependencyList read_pipfile(std::string_view text);
DependencyList read_pipfile_lock(std::string_view text);
DependencyList read_python_lock(std::string_view text);  // poetry.lock, uv.lock
DependencyList read_pom(std::string_view text);
DependencyList read_gradle_lock(std::string_view text);
DependencyList read_gradle_build(std::string_view text);
DependencyList read_go_mod(std::string_view text);
DependencyList read_go_sum(std::string_view text);
DependencyList read_cargo_manifest(std::string_view text);
DependencyList read_cargo_lock(std::string_view text);
DependencyList read_gemfile(std::string_view text);
DependencyList read_gemfile_lock(std::string_view text);
DependencyList read_nuget_lock(std::string_view text);
DependencyList read_csproj(std::string_view text);
DependencyList read_packages_config(std::string_view text);

// A name as its registry compares names: "Foo_Bar" of Python is "foo-bar".
std::string registry_name(Registry registry, std::string_view name);

// One requirement as Python's packages write it (PEP 508): 'requests[socks]>=2; python_version<"3"'.
Dependency read_requirement(std::string_view text);

// Marks what is needed, at any remove, by the rows that `is_root` accepts.
std::vector<bool> needed_rows(const DependencyList& list, const std::vector<bool>& roots);

}  // namespace fnlint
