#pragma once

#include "core/text.h"
#include "link/resolve/candidates.h"
#include "link/resolve/generated_modules.h"
#include "link/resolve/handler_files.h"
#include "link/resolve/languages.h"
#include "link/resolve/linked_packages.h"
#include "tables/known.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Which file a module of JavaScript or TypeScript is: beside the importer, by tsconfig.json, in a
// workspace.
namespace fnlint {

[[nodiscard]] inline bool is_javascript_source(std::string_view path) {
  return is_one_of(known::javascript_sources(), extension_of(path));
}

// What tsconfig.json says about a folder of sources.
struct TypeScriptProject {
  std::string folder = {};
  // Relative to the run's root, which an empty one is itself.
  std::optional<std::string> base_url = {};
  std::string out_dir = {}, root_dir = {};
  std::vector<std::pair<std::string, std::vector<std::string>>> paths =
      {};  // pattern to replacements
};

// The files of JavaScript and TypeScript modules, as Node and bundlers find them.
class JavaScriptFiles : public LanguageFiles {
 public:
  explicit JavaScriptFiles(BuildFacts& builds)
      : files_(builds.files()), builds_(builds), generated_(builds), linked_(builds) {}
  // The source behind a module path without or with a (compiled) extension; a TypeScript source
  // wins over its output.
  [[nodiscard]] std::string module_file(std::string_view base) const;
  // The same, or a JSON file, which is loaded like one where no source is.
  [[nodiscard]] std::string loaded_file(std::string_view base) const;
  HandlerFile find_handler(const HandlerQuery& query) override;
  ImportPath resolve(const ImportQuery& query) override;
  // Of the nearest tsconfig.json at or above the folder; null: none.
  const TypeScriptProject* typescript_project(std::string_view folder);

 private:
  // Of a package of a workspace whose root is above the file that imports it.
  std::string workspace_file(std::string_view from, std::string_view module);
  // The packages of the workspace whose root a folder is, by name; none: it is no root.
  const std::map<std::string, std::string>& workspace(const std::string& root);
  std::string workspace_path(std::string_view from, std::string_view module);
  // Of what such a package is asked for: the package itself, or a module below it.
  std::string file_in_package(const std::string& folder, std::string_view package,
                              std::string_view module);
  // Of a package that the importing one is given by its place, or its name.
  ImportPath linked_file(std::string_view from, std::string_view module, bool whole);
  ImportPath generated(std::string_view path, std::string_view name);
  // What a folder with a package.json leads to; empty: it has none, or nothing is there.
  std::string package_file(const std::string& folder);
  // What the nearest tsconfig.json leads a module's name to; empty: nowhere.
  std::string aliased_file(std::string_view from, std::string_view module);
  // src/index.ts of "lib/index.js"; empty: there is none.
  std::string source_of_main(const std::string& folder, std::string_view main);
  PathCandidate guessed_source(const HandlerQuery& query, const HandlerParts& parts);
  std::vector<std::string> from_name_of_output(std::string_view compiled);
  std::vector<std::string> from_end_of_path(std::string_view compiled);
  // Below a folder, by their names without extensions.
  using ByName = std::map<std::string, std::vector<std::string>>;
  const ByName& sources_below(const std::string& folder);
  const std::vector<std::string>& sources_named(const std::string& folder, const std::string& stem);
  [[nodiscard]] TypeScriptProject read_typescript_project(const std::string& path, int depth) const;
  const FileSystem& files_;
  BuildFacts& builds_;
  GeneratedModules generated_;
  LinkedPackages linked_;
  std::map<std::string, std::optional<TypeScriptProject>> projects_;  // by folder
  std::map<std::string, std::map<std::string, std::string>> workspaces_;  // by root: name to folder
  std::map<std::string, ByName> sources_;                                 // by folder
};

}  // namespace fnlint
