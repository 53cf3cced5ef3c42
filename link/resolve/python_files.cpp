#include "core/ignore_files.h"
#include "core/limits.h"
#include "core/text.h"
#include "link/resolve/handler_files.h"
#include "link/resolve/library_names.h"
#include "tables/models.h"
#include "tables/tables.h"

#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

// Which file a module of Python is, and what is a library.
namespace fnlint {

namespace {

std::string normal_name(std::string_view name) {  // as distributions are compared: PEP 503
  std::string result = lower(name);
  std::replace(result.begin(), result.end(), '-', '_');
  std::replace(result.begin(), result.end(), '.', '_');
  return result;
}

bool is_known_library(std::string_view package) {
  for (const HeavyImport& row : heavy_imports())
    if (row.ecosystem == Ecosystem::Python && row.module.starts_with(package) &&
        (row.module.size() == package.size() || row.module[package.size()] == '.'))
      return true;
  // No module can be called: a row of that very name is of a builtin.
  return find_library_model(Language::Python, package) == nullptr &&
         knows_library(Language::Python, package);
}

// The files of Python modules, as the runtime's sys.path finds them.
class PythonFiles : public LanguageFiles {
 public:
  explicit PythonFiles(const FileSystem& files) : files_(files) {}
  HandlerFile find_handler(const HandlerQuery& query) override;
  ImportPath resolve(const ImportQuery& query) override;

 private:
  // "pkg/mod" below a folder: its .py file or its package's __init__.py; empty when there is none.
  [[nodiscard]] std::string module_file(std::string_view folder, std::string_view module) const;
  // A third-party package that was installed into the folder.
  bool is_vendored(const std::string& folder, std::string_view package);
  bool binds(const std::string& package, std::string_view name);
  [[nodiscard]] std::optional<ImportPath> below(std::string_view folder, std::string_view module,
                                                std::string_view name);
  const FileSystem& files_;
  IgnoredPaths made_{files_, kGitIgnore};  // by a build: what is kept out of the repository
  std::map<std::string, std::set<std::string>> installed_;  // by folder: names of distributions
  std::map<std::string, std::string> packages_;             // texts of __init__.py
};

std::string PythonFiles::module_file(std::string_view folder, std::string_view module) const {
  const std::string base = module.empty() ? std::string(folder) : join_path(folder, module);
  if (!module.empty()) {
    const std::string file = cat(base, ".py");
    if (files_.kind(file) == EntryKind::File) return file;
  }
  const std::string package = join_path(base, "__init__.py");
  return files_.kind(package) == EntryKind::File ? package : std::string();
}

bool PythonFiles::is_vendored(const std::string& folder, std::string_view package) {
  const auto [row, added] = installed_.try_emplace(folder);
  if (added) {
    for (const Entry& entry : files_.list(folder)) {
      const bool is_metadata =
          entry.name.ends_with(".dist-info") || entry.name.ends_with(".egg-info");
      if (entry.kind == EntryKind::Folder && is_metadata)
        row->second.insert(
            normal_name(std::string_view(entry.name).substr(0, entry.name.find('-'))));
    }
  }
  return row->second.contains(normal_name(package)) || is_known_library(package);
}

// Whether a package has something else of a module's name, which its users then get: what it makes
// itself, or takes out of that module, `from .logger import logger`. What is taken out of another
// module is no more there once that of the name is loaded. Source: Python language reference, "The
// import statement" and "Submodules".
bool PythonFiles::binds(const std::string& package, std::string_view name) {
  const auto [row, added] = packages_.try_emplace(package);
  if (added)
    if (Result<std::string> text = files_.read(package, kSourceBytes); text)
      row->second = std::move(text.value());
  const std::string word = RE2::QuoteMeta(name);
  const RE2 makes(cat("(?m)^(?:(?:(?:async\\s+)?def|class)\\s+", word, "\\s*[(:]|", word,
                      "\\s*(?::[^=\\n]*)?=[^=])"));
  if (RE2::PartialMatch(row->second, makes)) return true;
  const RE2 takes(cat("(?m)^from\\s+[.\\w]*\\.", word, "\\s+import\\s+(\\([^)]*\\)|[^\\n#;]*)"));
  const RE2 bound(cat("(?:^|[\\s(,])(?:\\w+\\s+as\\s+)?", word, "\\s*(?:[,)#\\n]|$)"));
  re2::StringPiece rest(row->second);
  std::string names;
  while (RE2::FindAndConsume(&rest, takes, &names))
    if (RE2::PartialMatch(names, bound)) return true;
  return false;
}

std::optional<ImportPath> PythonFiles::below(std::string_view folder, std::string_view module,
                                             std::string_view name) {
  const std::string path = replace_all(module, ".", "/");
  const std::string file = module_file(folder, path);
  if (!name.empty() && name != "*") {
    const std::string inner = path.empty() ? std::string(name) : cat(path, '/', name);
    const std::string submodule = module_file(folder, inner);
    const bool is_package = file.ends_with("/__init__.py");
    if (!submodule.empty() && !(is_package && binds(file, name)))
      return ImportPath{submodule, true, {}};
    // Of a package that is ignored as a whole and is there all the same, nothing is left to a
    // build.
    if (!file.empty() && !made_.covers(file) && made_.covers(cat(join_path(folder, inner), ".py")))
      return ImportPath{};
  }
  if (!file.empty()) return ImportPath{file, name.empty(), {}};
  return std::nullopt;
}

HandlerFile PythonFiles::find_handler(const HandlerQuery& query) {
  HandlerFile found;
  const HandlerParts parts = split_handler(query.handler, HandlerDot::Last);
  if (parts.symbol.empty() || query.handler.find("::") != std::string_view::npos) {
    lacks_form(found, query.handler, "file.function");
    return found;
  }
  found.symbol = parts.symbol;
  const std::string module = replace_all(parts.module, ".", "/");
  found.path = module_file(query.root, module);
  // The one file of an archive, which has another name there.
  if (const auto& names = query.code.entry_points; found.path.empty() && names.size() == 1)
    if (std::string only = join_path(query.root, names.front());
        extension_of(only) == ".py" && files_.kind(only) == EntryKind::File)
      found.path = std::move(only);
  if (!found.path.empty()) return found;
  found.lack = ResolutionFailure::File;
  found.looked_for = cat(module, ".py");
  found.reason = cat("no file '", module, ".py' in ", folder_words(query.root));
  return found;
}

ImportPath PythonFiles::resolve(const ImportQuery& query) {
  const UnitRoots& roots = query.roots;
  const std::string_view from = query.from, module = query.module(), name = query.name();
  if (module.starts_with('.')) {
    std::string folder(folder_of(from));
    std::size_t dots = module.find_first_not_of('.');
    if (dots == std::string_view::npos) dots = module.size();
    for (std::size_t i = 1; i < dots; ++i) folder = std::string(folder_of(folder));
    const std::optional<ImportPath> found = below(folder, module.substr(dots), name);
    return found ? *found : ImportPath{};
  }
  const std::string library =
      name.empty() || name == "*" ? std::string(module) : cat(module, '.', name);
  const std::string_view package = module.substr(0, module.find('.'));
  std::vector<std::string> folders{roots.code};
  folders.insert(folders.end(), roots.layers.begin(), roots.layers.end());
  const std::string beside(folder_of(from));
  if (std::find(folders.begin(), folders.end(), beside) == folders.end()) folders.push_back(beside);
  for (const std::string& folder : folders) {
    const bool there = files_.kind(join_path(folder, package)) == EntryKind::Folder ||
                       files_.kind(join_path(folder, cat(package, ".py"))) == EntryKind::File;
    if (!there || is_vendored(folder, package)) continue;
    if (const std::optional<ImportPath> found = below(folder, module, name)) return *found;
    const std::string path = join_path(folder, replace_all(module, ".", "/"));
    if (files_.kind(path) == EntryKind::Folder) return {{}, true, cat("<folder>", path)};
  }
  return {{}, false, library};
}

}  // namespace

std::unique_ptr<LanguageFiles> python_files(BuildFacts& builds) {
  return std::make_unique<PythonFiles>(builds.files());
}

}  // namespace fnlint
