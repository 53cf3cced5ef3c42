#pragma once

#include "core/files.h"
#include "link/code.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Where the modules of one code unit are looked for.
struct UnitRoots {
  Language language{};
  std::string code = {};                 // the function's own folder
  std::vector<std::string> layers = {};  // folders of layer content, in order
  friend auto operator<=>(const UnitRoots&, const UnitRoots&) = default;
};

// Where one import leads, by file.
struct ImportPath {
  std::string file = {};     // of the project; empty: none
  bool whole = false;        // the module itself, not a symbol of it
  std::string library = {};  // otherwise: the library path
};

// The files of Python modules, as the runtime's sys.path finds them.
class PythonFiles {
 public:
  explicit PythonFiles(const FileSystem& files) : files_(files) {}
  // "pkg/mod" below a folder: its .py file or its package's __init__.py; empty when there is none.
  [[nodiscard]] std::string module_file(std::string_view folder, std::string_view module) const;
  ImportPath resolve(const UnitRoots& roots, std::string_view from, std::string_view module,
                     std::string_view name);
  // A third-party package that was installed into the folder.
  bool is_vendored(const std::string& folder, std::string_view package);

 private:
  [[nodiscard]] std::optional<ImportPath> below(std::string_view folder, std::string_view module,
                                                std::string_view name) const;
  const FileSystem& files_;
  std::map<std::string, std::set<std::string>> installed_;  // by folder: names of distributions
};

// What tsconfig.json says about a folder of sources.
struct TypeScriptProject {
  std::string folder = {};
  std::string base_url = {}, out_dir = {}, root_dir = {};  // relative to the run's root
  std::vector<std::pair<std::string, std::vector<std::string>>> paths =
      {};  // pattern to replacements
};

// The files of JavaScript and TypeScript modules, as Node and bundlers find them.
class JavaScriptFiles {
 public:
  explicit JavaScriptFiles(const FileSystem& files) : files_(files) {}
  // The source behind a module path without or with a (compiled) extension; a TypeScript source
  // wins over its output.
  [[nodiscard]] std::string module_file(std::string_view base) const;
  ImportPath resolve(const UnitRoots& roots, std::string_view from, std::string_view module,
                     std::string_view name);
  // Of the nearest tsconfig.json at or above the folder; null: none.
  const TypeScriptProject* typescript_project(std::string_view folder);

 private:
  std::string workspace_file(std::string_view module);
  void read_workspaces();
  [[nodiscard]] TypeScriptProject read_typescript_project(const std::string& path, int depth) const;
  const FileSystem& files_;
  std::map<std::string, std::optional<TypeScriptProject>> projects_;  // by folder
  std::map<std::string, std::string> workspaces_;                     // package name to folder
  bool workspaces_read_ = false;
};

// The dialect by a file's extension; nothing for files that are no source.
std::optional<SourceDialect> dialect_of(std::string_view path);

}  // namespace fnlint
