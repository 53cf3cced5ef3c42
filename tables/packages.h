// Published packages: the modules they bring, what they need, their sizes, and what builds do with
// them.
#pragma once

#include "model/dependencies.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace fnlint {

// What is known of a published package.
struct PackageFact {
  Registry registry = {};
  std::string_view name = {};  // as its registry compares names; "@types/*": all that begin so
  std::span<const std::string_view> modules = {};  // that it brings; empty: the one of its name
  std::span<const std::string_view> needs = {};    // other packages, whatever extras are chosen
  bool needs_known = false;                        // `needs` is all of them
  bool tool = false;     // tests, formats, checks, builds or deploys: nothing that a handler needs
  bool declares = false;  // types alone: small, and nothing loads them
  bool by_name = false;  // loaded by others without an import: drivers, plugins, engines
  std::string_view client = {};          // of a whole SDK: the package of one client, as an example
  std::optional<std::int64_t> kib = {};  // unpacked, without what it needs
  bool recalled = false;                 // the size is general knowledge, not measured
};
// The row of a package; null: not known.
const PackageFact* find_package(Registry registry, std::string_view name);
// Packages that bring a module by its first name: "yaml" -> pyyaml.
std::vector<const PackageFact*> packages_of_module(Registry registry, std::string_view module);

// A module of the language's own library, in any of its versions.
bool is_standard_module(Registry registry, std::string_view module);

// A package that a managed runtime has already.
struct RuntimePackage {
  Registry registry = {};
  std::string_view name = {};  // a last '*' stands for any end
  std::string_view since = {}, until = {};  // versions of the runtime
  bool sdk = false;
  bool inline_only = false;  // only where the code stands in the template
};
std::span<const RuntimePackage> runtime_packages();

// What a deploying tool's build does with a folder, by how the runtime's name begins.
struct BuildRule {
  std::string_view runtime = {};
  std::string_view manifest = {};                   // whose packages it installs
  std::span<const std::string_view> leaves_out = {};  // names at any depth
  bool packs = false;     // only what the manifest's package would hold: npm pack
  bool compiles = false;  // the sources are not what is deployed
  bool calls = false;     // a handler of the tool's own calls what the template names
};
const BuildRule* find_build_rule(std::string_view runtime);

// What does not belong into a package.
enum class UnneededKind : std::uint8_t { Repository, Environment, Cache, Tests, Documents, SourceMaps };
struct UnneededName {
  UnneededKind kind = {};
  std::string_view name = {};  // of a folder or file; "*" as in a shell
  bool folder = false;
};
std::span<const UnneededName> unneeded_names();

// An SDK of AWS whose support has ended.
struct RetiredSdk {
  Registry registry = {};
  std::span<const std::string_view> names = {};    // of its packages; a last '*' stands for any end
  std::span<const std::string_view> imports = {};  // of its modules, likewise
  std::span<const std::string_view> but = {};  // beginnings of modules that are of something else
  std::int32_t ended = 0;                      // days since 1970
  std::string_view words = {}, instead = {};
};
std::span<const RetiredSdk> retired_sdks();

// Images of languages that have no program which calls a handler, and words of what brings one.
std::span<const std::string_view> bare_images();
std::span<const std::string_view> client_words();

// Folders whose names say nothing of what lies there, and those of tests.
std::span<const std::string_view> plain_folder_names();
std::span<const std::string_view> test_folder_names();
std::span<const std::string_view> aside_folder_names();  // of tests, examples, archives

}  // namespace fnlint
