#pragma once

#include "model/package.h"
#include "model/project.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Questions that the checks of packages share.

// The functions of a project by the package that they share; in the order of the functions.
struct PackageUsers {
  const Package* package = nullptr;
  std::vector<const LambdaFunction*> functions = {};
};
std::vector<PackageUsers> package_users(const Project& project);

// Where a finding about a function's whole package stands.
Span code_place(const Project& project, const LambdaFunction& function);
std::string megabytes(std::uint64_t bytes);
// "x86_64" or "arm64"; empty: not known.
std::string architecture_of(const Project& project, const LambdaFunction& function);
// The registry whose packages a runtime's code imports.
std::optional<Registry> registry_of_runtime(const LambdaFunction& function);
// What an import names: "google" of "google.cloud", "@aws-sdk/client-s3" of a path below it.
std::string package_of_import(Registry registry, std::string_view module);
// Whether a name of a table means a package; a last '*' stands for any end.
bool is_named(std::string_view pattern, std::string_view name);
// Whether a package brings the module that an import names; nothing where that is not known.
std::optional<bool> brings(Registry registry, std::string_view package, std::string_view module);
// The package of an import that the function's bundle leaves out and nothing brings: no layer, not
// the runtime. Empty: there is none.
std::string_view left_out_package(const Project& project, const LambdaFunction& function,
                                  std::string_view import);
// Whether the function's code imports what the package brings.
bool imports_package(const LambdaFunction& function, Registry registry, std::string_view package);

}  // namespace fnlint
