// Which modules of the project's own a function will not find: imports that lead to no file, to one
// outside of the folder that is deployed, or to one whose name is written otherwise.

#include "deploy/lost_modules.h"

#include "core/ignore_files.h"
#include "core/json.h"
#include "core/limits.h"
#include "core/text.h"
#include "deploy/dependencies.h"
#include "deploy/package_filter.h"
#include "model/package.h"
#include "tables/languages.h"
#include "tables/packages.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

namespace fnlint {

namespace {

using nlohmann::json;

bool is_below(std::string_view path, std::string_view folder) {
  return folder.empty() || path == folder ||
         (path.starts_with(folder) && path[folder.size()] == '/');
}

std::string_view name_of_path(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// "orders" of "orders.py" and "orders.test.js".
std::string_view stem_of(std::string_view name) { return name.substr(0, name.find('.', 1)); }

// What a folder has under a module's name, whatever its ending; and in other letters' case.
struct Named {
  std::string path = {}, other_case = {};
};

class Search {
 public:
  explicit Search(const FileSystem& files) : files_(files) {}

  Named named(std::string_view folder, std::string_view name) {
    Named found;
    for (const Entry& entry : entries(folder)) {
      const bool whole = entry.name == name || stem_of(entry.name) == stem_of(name);
      if (whole)
        found.path = join_path(folder, entry.name);
      else if (lower(entry.name) == lower(name) || lower(stem_of(entry.name)) == lower(name))
        found.other_case = join_path(folder, entry.name);
    }
    return found;
  }
  Named named(std::string_view path) { return named(folder_of(path), name_of_path(path)); }

  // Whether files of that path are kept out of the repository: something makes them. A module's
  // ending is not known: "./made" may be made.js.
  bool is_ignored(const std::string& path) {
    constexpr std::array kEndings{"", ".js", ".mjs", ".py", ".rb", ".json", "/index.js"};
    return std::ranges::any_of(
        kEndings, [&](const char* ending) { return ignored_.covers(cat(path, ending)); });
  }

  // Whether a folder below holds it: a search path that the code lengthens may lead there.
  bool is_deeper(std::string_view root, std::string_view name) {
    return std::ranges::any_of(entries(root), [&](const Entry& entry) {
      return entry.kind == EntryKind::Folder &&
             !named(join_path(root, entry.name), name).path.empty();
    });
  }

  // Whether the manifest next above a file, which is deployed with it, makes it an ES module.
  bool makes_modules(std::string_view file, std::string_view root) {
    for (std::string_view folder = folder_of(file);; folder = folder_of(folder)) {
      const auto [row, added] = manifests_.try_emplace(std::string(folder));
      if (added) row->second = kind_said_in(join_path(folder, "package.json"));
      if (row->second) return *row->second;
      if (folder == root || folder.empty()) return false;
    }
  }

 private:
  static constexpr std::size_t kManifestBytes = 1U << 20U;

  // Nothing: there is no such manifest.
  [[nodiscard]] std::optional<bool> kind_said_in(const std::string& path) const {
    if (files_.kind(path) != EntryKind::File) return std::nullopt;
    const Result<std::string> text = files_.read(path, kManifestBytes);
    if (!text) return false;
    const json document = parse_json(text.value());
    return document.is_object() && document.value("type", json()) == "module";
  }

  const std::vector<Entry>& entries(std::string_view folder) {
    const auto [row, added] = lists_.try_emplace(std::string(folder));
    if (added) row->second = files_.list(folder);
    return row->second;
  }

  const FileSystem& files_;
  std::map<std::string, std::vector<Entry>> lists_ = {};
  IgnoredPaths ignored_{files_, kGitIgnore};
  std::map<std::string, std::optional<bool>> manifests_ = {};  // what they say of their modules
};

// Whether a package of that name may bring the module: "acme-tools" brings "acme_tools" or "tools".
bool is_like(std::string_view package, std::string_view module) {
  const std::string name = replace_all(lower(package), "-", "_");
  return name.find(lower(module)) != std::string::npos;
}

// Nothing where that leaves the project.
std::optional<std::string> up(std::string_view folder, std::size_t levels) {
  for (; levels > 0; --levels) {
    if (folder.empty()) return std::nullopt;
    folder = folder_of(folder);
  }
  return std::string(folder);
}

class LostModules {
 public:
  struct Scope {
    const Project& project;
    const LambdaFunction& function;
    const CodeLocation& code;
    Registry registry;
  };
  LostModules(const Scope& scope, Search& search, Manifests& manifests, const PathOf& path_of)
      : scope_(scope),
        filter_({}, scope.code),
        search_(search),
        manifests_(manifests),
        path_of_(path_of) {}

  std::vector<LostModule> all() {
    for (const OwnImport& row : scope_.function.libraries->own)
      if (row.at_init && !row.optional) take_own(row);
    if (scope_.registry == Registry::Python)
      for (const LibraryImport& row : scope_.function.libraries->rows)
        if (row.at_init && !row.optional) take_library(row);
    return std::move(lost_);
  }

 private:
  [[nodiscard]] const std::string& root() const { return scope_.code.path; }
  bool is_python() const { return scope_.registry == Registry::Python; }

  // The path of the importing file, if it is the project's own and deployed in the folder.
  std::string own_file(Span where) const {
    std::string path = path_of_(where.file);
    if (!is_below(path, root()) || path.find("node_modules/") != path.npos) return {};
    const std::string_view inner =
        std::string_view(path).substr(root().empty() ? 0 : root().size() + 1);
    const std::string_view first = inner.substr(0, inner.find('/'));
    const bool installed = std::ranges::any_of(
        scope_.function.package->dependencies,
        [&](const PackagedDependency& one) { return one.installed && is_like(one.name, first); });
    return installed || !packages_of_module(scope_.registry, first).empty() ? std::string() : path;
  }

  void add(const OwnImport& row, LostReason reason, std::string path, bool absolute = false) {
    // Of a folder that is not deployed, the first import is enough.
    if (!said_.insert(path.empty() ? row.module : path).second) return;
    LostModule lost{row.module, std::move(path), reason, absolute, {}, row.where};
    if (reason == LostReason::Nowhere || reason == LostReason::Outside) {
      std::string_view name = lost.path.empty() ? std::string_view(row.module) : lost.path;
      lost.brought = manifests_.copier(root(), std::string(stem_of(name_of_path(name))));
      // A folder is copied as a whole.
      if (const std::string_view above = name_of_path(folder_of(name));
          lost.brought.empty() && !above.empty() && !is_below(root(), folder_of(name)))
        lost.brought = manifests_.copier(root(), std::string(above));
    }
    lost_.push_back(std::move(lost));
  }

  void take_own(const OwnImport& row) {
    const std::string from = own_file(row.where);
    if (from.empty()) return;
    if (row.module.starts_with('.') && is_python() && is_above_root(from, row)) return;
    if (row.path.empty()) return take_nowhere(from, row);
    // A workspace's own packages are installed by their names.
    const bool relative = row.module.starts_with('.');
    if (!relative && !is_python()) return;
    if (!is_below(row.path, root())) {
      if (!is_in_layer(row.path)) add(row, LostReason::Outside, row.path, !relative);
    } else if (!filter_.takes(inner_path(row.path)) && !is_in_layer(row.path)) {
      if (filter_.takes(inner_path(from))) add(row, LostReason::LeftOut, row.path, !relative);
    } else if (relative && needs_ending(from, row)) {
      add(row, LostReason::NoEnding, row.path);
    }
  }

  [[nodiscard]] std::string_view inner_path(std::string_view path) const {
    return path.substr(root().empty() ? 0 : root().size() + 1);
  }

  // What `import` is given in an ES module is an address: no ending is tried, and no index.
  [[nodiscard]] bool needs_ending(std::string_view from, const OwnImport& row) {
    const bool is_module =
        from.ends_with(".mjs") || (from.ends_with(".js") && search_.makes_modules(from, root()));
    return is_module && name_of_path(row.path) != name_of_path(row.module) &&
           (row.path.ends_with(".mjs") || row.path.ends_with(".js"));
  }

  // Lambda loads a handler's file from the root; a relative import needs a package around it.
  bool is_above_root(const std::string& from, const OwnImport& row) {
    const std::size_t dots = std::min(row.module.find_first_not_of('.'), row.module.size());
    const std::string_view folder = folder_of(from);
    std::string_view inner =
        folder.substr(std::min(folder.size(), root().empty() ? 0 : root().size() + 1));
    std::size_t depth = inner.empty() ? 0 : 1;
    for (const char c : inner) depth += c == '/' ? 1 : 0;
    if (depth >= dots) return false;
    add(row, LostReason::AboveRoot, row.path);
    return true;
  }

  void take_nowhere(const std::string& from, const OwnImport& row) {
    std::optional<std::string> path;
    if (is_python()) {
      const std::size_t dots = std::min(row.module.find_first_not_of('.'), row.module.size());
      const std::optional<std::string> base = up(folder_of(from), dots - 1);
      const std::string rest = replace_all(row.module.substr(dots), ".", "/");
      if (!base || rest.empty()) return;  // a name of the package itself
      path = join_path(*base, rest);
    } else {
      path = join_path(folder_of(from), row.module);
    }
    if (path->starts_with("..") || path->empty()) return;
    const Named found = search_.named(*path);
    if (!found.path.empty()) return;
    if (!found.other_case.empty()) return add(row, LostReason::OtherCase, found.other_case);
    if (!search_.is_ignored(*path)) add(row, LostReason::Nowhere, {});
  }

  // What no package of the language is known for, but the project has a folder or file of.
  void take_library(const LibraryImport& row) {
    const std::string_view module = row.module;
    const std::string_view name = module.substr(0, module.find('.'));
    if (name.empty() || own_file(row.where).empty() || is_standard_module(Registry::Python, name) ||
        !packages_of_module(Registry::Python, name).empty() || is_brought(name))
      return;
    const OwnImport own{std::string(module), {}, true, false, row.where};
    const Named here = search_.named(root(), name);
    if (!here.path.empty() || search_.is_deeper(root(), name)) return;
    if (!here.other_case.empty()) return add(own, LostReason::OtherCase, here.other_case, true);
    for (std::string_view folder = root(); !folder.empty();) {
      folder = folder_of(folder);
      const Named found = search_.named(folder, name);
      if (!found.path.empty() && holds_python(found.path) && !is_in_layer(found.path))
        return add(own, LostReason::Outside, found.path, true);
    }
  }
  bool holds_python(std::string_view path) {
    if (path.ends_with(".py")) return true;
    const Named init = search_.named(path, "__init__");
    return init.path.ends_with(".py");
  }
  bool is_brought(std::string_view name) const {
    const auto has = [&](const Package& package) {
      return std::ranges::find(package.modules, name) != package.modules.end() ||
             std::ranges::any_of(package.dependencies, [&](const PackagedDependency& one) {
               return one.registry == Registry::Python && is_like(one.name, name);
             });
    };
    return has(*scope_.function.package) ||
           std::ranges::any_of(scope_.function.layers, [&](const LayerUse& layer) {
             return layer.package && has(*layer.package);
           });
  }
  bool is_in_layer(std::string_view path) const {
    return std::ranges::any_of(scope_.project.stacks.layers, [&](const DeclaredLayer& layer) {
      return !layer.code.path.empty() && is_below(path, layer.code.path);
    });
  }

  const Scope& scope_;
  const PackageFilter filter_;
  Search& search_;
  Manifests& manifests_;
  const PathOf& path_of_;
  std::set<std::string> said_ = {};
  std::vector<LostModule> lost_ = {};
};

// `package.include: [../lib/*.js]`: where that comes to lie is the tool's secret.
bool takes_from_outside(const CodeLocation& code) {
  return std::ranges::any_of(code.patterns, [](const PackagePattern& pattern) {
    return pattern.includes && pattern.glob.find("../") != pattern.glob.npos;
  });
}

// Whether what is deployed is that folder as it lies there, as far as the language's files go.
bool is_deployed_so(const LambdaFunction& function, const CodeLocation& code) {
  return code.kind == CodeKind::Folder && code.reason.empty() && !code.guess &&
         code.package.empty() && code.build_method != "makefile" && function.libraries &&
         !takes_from_outside(code) && !function.libraries->rewritten &&
         function.package != nullptr && !is_bundled(code);
}

}  // namespace

void add_lost_modules(Project& project, const FileSystem& files, const PathOf& path_of) {
  Search search(files);
  Manifests manifests(files, {});
  for (LambdaFunction& function : project.functions) {
    const CodeLocation& code = project.stacks.functions[function.declared].code;
    const std::optional<Registry> registry = registry_of(function.runtime);
    if (!registry || !is_deployed_so(function, code)) continue;
    const LostModules::Scope scope{project, function, code, *registry};
    std::vector<LostModule> lost = LostModules(scope, search, manifests, path_of).all();
    if (!lost.empty())
      function.lost_modules = std::make_shared<const std::vector<LostModule>>(std::move(lost));
  }
}

}  // namespace fnlint
