// Resolves modules as Node.js and TypeScript do: extensions, index files, paths of tsconfig.json,
// packages of a workspace.

#include "link/resolve/javascript_files.h"

#include "core/glob.h"
#include "core/json.h"
#include "core/limits.h"
#include "core/text.h"
#include "frontends/documents/document.h"
#include "link/resolve/output_folders.h"
#include "link/resolve/program_files.h"
#include "tables/packages.h"

#include <algorithm>
#include <span>

namespace fnlint {

namespace {

using nlohmann::json;

constexpr int kExtends = 8;
constexpr std::size_t kConfigurationBytes = 1U << 20U;
constexpr std::size_t kJsonModuleBytes = 256U << 10U;  // larger ones are data, not settings
constexpr std::size_t kWorkspaceFolders = 2000;  // that are looked at for packages
constexpr std::size_t kWorkspaceDepth = 8;

// The text without what tsconfig.json allows beyond JSON: comments, and commas at the end.
std::string plain_json(std::string_view text) {
  std::string clean;
  std::size_t comma = std::string::npos;  // the last thing that was taken, blanks aside
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!in_text && c == '/' && i + 1 < text.size() && (text[i + 1] == '/' || text[i + 1] == '*')) {
      const bool line = text[i + 1] == '/';
      const std::size_t end = text.find(line ? "\n" : "*/", i + 2);
      if (end == std::string_view::npos) break;
      i = line ? end - 1 : end + 1;
      continue;
    }
    const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!in_text && (c == '}' || c == ']') && comma != std::string::npos) clean[comma] = ' ';
    if (in_text || !blank) comma = !in_text && c == ',' ? clean.size() : std::string::npos;
    if (in_text && c == '\\' && i + 1 < text.size()) clean += text[i++];
    if (c == '"') in_text = !in_text;
    clean += text[i];
  }
  return clean;
}

json read_json(const FileSystem& files, const std::string& path) {
  const Result<std::string> text = files.read(path, kConfigurationBytes);
  if (!text) return json(json::value_t::discarded);
  return parse_json(plain_json(text.value()));
}

std::string text_at(const json& object, std::string_view key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string text_at(const json* object, std::string_view key) {
  return object == nullptr ? std::string() : text_at(*object, key);
}

std::string_view source_extension(std::string_view compiled) {
  if (compiled == ".js") return ".ts";
  if (compiled == ".mjs") return ".mts";
  if (compiled == ".cjs") return ".cts";
  if (compiled == ".jsx") return ".tsx";
  return {};
}

// The patterns of the packages of a workspace whose root this folder is, as npm, yarn, lerna and
// pnpm are told them.
std::vector<std::string> workspace_patterns(BuildFacts& builds, const std::string& root) {
  const FileSystem& files = builds.files();
  std::vector<std::string> patterns;
  const auto add = [&](std::string_view text) {
    if (!text.starts_with('!')) patterns.push_back(normal_path(text));
  };
  const auto add_all = [&](const json& list) {
    if (list.is_array())
      for (const json& one : list)
        if (one.is_string()) add(one.get<std::string>());
  };
  if (const json* manifest = builds.package(root)) {
    const json workspaces = manifest->value("workspaces", json());
    add_all(workspaces.is_object() ? workspaces.value("packages", json()) : workspaces);
  }
  if (const json document = read_json(files, join_path(root, "lerna.json")); document.is_object())
    add_all(document.value("packages", json()));
  if (const Result<std::string> text =
          files.read(join_path(root, "pnpm-workspace.yaml"), kConfigurationBytes)) {
    const Document document = read_yaml(text.value());
    const NodeId packages =
        document.roots.empty() ? NodeId{} : document.find(document.roots.front(), "packages");
    if (packages.exists())
      for (const NodeId one : document.items_of(document[packages])) add(document[one].text);
  }
  return patterns;
}

// The folders of a workspace: those that fit a pattern, segment by segment; "**" spans any number.
struct WorkspaceSearch {
  const FileSystem& files;
  std::size_t left = kWorkspaceFolders;
  std::vector<std::string> found = {};

  void fitting(const std::string& folder, std::span<const std::string_view> segments,
               std::size_t depth = 0) {
    if (left == 0 || depth > kWorkspaceDepth) return;
    --left;
    if (segments.empty()) {
      found.push_back(folder);
      return;
    }
    const bool any_depth = segments.front() == "**";
    if (any_depth) fitting(folder, segments.subspan(1), depth);
    if (segments.front().find('*') == std::string_view::npos) {
      fitting(join_path(folder, segments.front()), segments.subspan(1), depth + 1);
      return;
    }
    for (const Entry& entry : files.list(folder)) {
      if (entry.kind != EntryKind::Folder || entry.link || entry.name.starts_with('.')) continue;
      if (entry.name == "node_modules" || !matches_name(segments.front(), entry.name)) continue;
      fitting(join_path(folder, entry.name), any_depth ? segments : segments.subspan(1), depth + 1);
    }
  }
};

// The package that a module's name begins with: "@shop/billing" of "@shop/billing/card".
std::string_view package_of(std::string_view module) {
  std::size_t end = module.find('/');
  if (module.starts_with('@') && end != std::string_view::npos) end = module.find('/', end + 1);
  return module.substr(0, end);
}

}  // namespace

std::string JavaScriptFiles::module_file(std::string_view base) const {
  const auto is_file = [&](const std::string& path) {
    return files_.kind(path) == EntryKind::File;
  };
  const std::string_view extension = extension_of(base);
  if (const std::string_view source = source_extension(extension); !source.empty()) {
    const std::string stem(base.substr(0, base.size() - extension.size()));
    if (is_file(cat(stem, source))) return cat(stem, source);
    if (extension == ".js" && is_file(cat(stem, ".tsx"))) return cat(stem, ".tsx");
  }
  if (is_javascript_source(base) && is_file(std::string(base))) return std::string(base);
  for (const std::string_view one : known::javascript_sources())
    if (is_file(cat(base, one))) return cat(base, one);
  for (const std::string_view one : known::javascript_sources()) {
    const std::string index = join_path(base, cat("index", one));
    if (is_file(index)) return index;
  }
  return {};
}

std::string JavaScriptFiles::loaded_file(std::string_view base) const {
  if (std::string source = module_file(base); !source.empty()) return source;
  for (const std::string& path : {std::string(base), cat(base, ".json")}) {
    if (!path.ends_with(".json") || files_.kind(path) != EntryKind::File) continue;
    const std::vector<Entry> beside = files_.list(folder_of(path));
    const auto found = std::ranges::find(beside, path.substr(path.rfind('/') + 1), &Entry::name);
    if (found != beside.end() && found->bytes <= kJsonModuleBytes) return path;
  }
  return {};
}

TypeScriptProject JavaScriptFiles::read_typescript_project(const std::string& path,
                                                           int depth) const {
  TypeScriptProject project;
  const json document = read_json(files_, path);
  if (!document.is_object()) return project;
  const std::string folder(folder_of(path));
  if (const std::string parent = text_at(document, "extends");
      parent.starts_with('.') && depth < kExtends) {
    std::string file = join_path(folder, parent);
    if (!file.ends_with(".json")) file += ".json";
    project = read_typescript_project(file, depth + 1);
  }
  project.folder = folder;
  const auto options = document.find("compilerOptions");
  if (options == document.end() || !options->is_object()) return project;
  if (const std::string base = text_at(*options, "baseUrl"); !base.empty())
    project.base_url = join_path(folder, base);
  if (const std::string out = text_at(*options, "outDir"); !out.empty())
    project.out_dir = join_path(folder, out);
  if (const std::string root = text_at(*options, "rootDir"); !root.empty())
    project.root_dir = join_path(folder, root);
  const auto paths = options->find("paths");
  if (paths == options->end() || !paths->is_object()) return project;
  project.paths.clear();
  const std::string base = project.base_url.value_or(folder);
  for (const auto& [pattern, replacements] : paths->items()) {
    std::vector<std::string> targets;
    if (replacements.is_array())
      for (const json& one : replacements)
        if (one.is_string()) targets.push_back(join_path(base, one.get<std::string>()));
    project.paths.emplace_back(pattern, std::move(targets));
  }
  return project;
}

const TypeScriptProject* JavaScriptFiles::typescript_project(std::string_view folder) {
  for (std::string at(folder);; at = std::string(folder_of(at))) {
    const auto [row, added] = projects_.try_emplace(at);
    const std::string path = join_path(at, "tsconfig.json");
    if (added && files_.kind(path) == EntryKind::File)
      row->second = read_typescript_project(path, 0);
    if (row->second) return &*row->second;
    if (at.empty()) return nullptr;
  }
}

const std::map<std::string, std::string>& JavaScriptFiles::workspace(const std::string& root) {
  const auto [row, is_new] = workspaces_.try_emplace(root);
  if (!is_new) return row->second;
  WorkspaceSearch search{files_};
  for (const std::string& pattern : workspace_patterns(builds_, root))
    search.fitting(root, split(pattern, '/'));
  for (const std::string& folder : search.found) {
    const json* manifest = builds_.package(folder);
    if (const std::string name = text_at(manifest, "name"); !name.empty())
      row->second.emplace(name, folder);
  }
  return row->second;
}

std::string JavaScriptFiles::source_of_main(const std::string& folder, std::string_view main) {
  const std::optional<std::string_view> built = below_javascript_output(main);
  if (!built) return {};
  const std::string source = module_file(join_path(folder, cat("src/", *built)));
  return extension_of(source) == ".ts" || extension_of(source) == ".tsx" ? source : std::string();
}

std::string JavaScriptFiles::package_file(const std::string& folder) {
  if (files_.kind(join_path(folder, "package.json")) != EntryKind::File) return {};
  std::string main = text_at(builds_.package(folder), "main");
  if (!main.empty()) main = normal_path(main);
  // What a build has made of sources that are there as well is read in these.
  if (std::string source = source_of_main(folder, main); !source.empty()) return source;
  for (const std::string& base :
       {main.empty() ? std::string("index") : main, std::string("src/index"), std::string("index"),
        std::string("lib/index")})
    if (std::string file = module_file(join_path(folder, base)); !file.empty()) return file;
  return {};
}

std::string JavaScriptFiles::file_in_package(const std::string& folder, std::string_view package,
                                             std::string_view module) {
  if (module == package) return package_file(folder);
  const std::string_view rest = module.substr(package.size() + 1);
  for (const std::string& base : {std::string(rest), cat("src/", rest)})
    if (std::string file = loaded_file(join_path(folder, base)); !file.empty()) return file;
  return {};
}

// A workspace's root links its packages into its own node_modules, which all files below it see; the
// nearest goes before.
std::string JavaScriptFiles::workspace_file(std::string_view from, std::string_view module) {
  const std::string_view package = package_of(module);
  for (std::string at(folder_of(from));; at = std::string(folder_of(at))) {
    const std::map<std::string, std::string>& packages = workspace(at);
    if (const auto found = packages.find(std::string(package)); found != packages.end()) {
      if (std::string file = file_in_package(found->second, package, module); !file.empty())
        return file;
    }
    if (at.empty()) return {};
  }
}

ImportPath JavaScriptFiles::linked_file(std::string_view from, std::string_view module,
                                        bool whole) {
  const std::string_view package = package_of(module);
  if (package.empty() || from.find("node_modules/") != std::string_view::npos) return {};
  const std::optional<LinkedPackage> linked = linked_.find(from, std::string(package));
  if (!linked) return {};
  std::string file = file_in_package(linked->folder, package, module);
  if (file.empty() || file.find("node_modules/") != std::string::npos) return {};
  return {.file = std::move(file), .whole = whole, .published = linked->published};
}

// Where a module of such a package would lie; empty: it is none, or the package as a whole.
std::string JavaScriptFiles::workspace_path(std::string_view from, std::string_view module) {
  const std::string_view package = package_of(module);
  if (module == package) return {};
  for (std::string at(folder_of(from));; at = std::string(folder_of(at))) {
    const std::map<std::string, std::string>& packages = workspace(at);
    if (const auto found = packages.find(std::string(package)); found != packages.end())
      return join_path(found->second, module.substr(package.size() + 1));
    if (at.empty()) return {};
  }
}

// What a generator makes there stands for a library; nothing: none does.
ImportPath JavaScriptFiles::generated(std::string_view path, std::string_view name) {
  const std::string library = generated_.library_of(path);
  if (library.empty()) return {};
  const bool whole = name.empty() || name == "*";
  return {{}, whole, whole || name == "default" ? library : cat(library, '.', name)};
}

std::string JavaScriptFiles::aliased_file(std::string_view from, std::string_view module) {
  const TypeScriptProject* project = typescript_project(folder_of(from));
  if (project == nullptr) return {};
  for (const auto& [pattern, targets] : project->paths) {
    const std::size_t star = pattern.find('*');
    const bool any = star != std::string::npos;
    const std::string_view head = std::string_view(pattern).substr(0, star);
    const std::string_view tail =
        any ? std::string_view(pattern).substr(star + 1) : std::string_view{};
    const bool fits = any ? module.size() >= head.size() + tail.size() &&
                                module.starts_with(head) && module.ends_with(tail)
                          : module == pattern;
    if (!fits) continue;
    const std::string_view middle =
        any ? module.substr(head.size(), module.size() - head.size() - tail.size())
            : std::string_view{};
    for (const std::string& target : targets)
      if (std::string file = loaded_file(replace_all(target, "*", middle)); !file.empty())
        return file;
  }
  const bool is_path = module.starts_with('@') || module.starts_with('/');
  return !project->base_url || is_path ? std::string()
                                       : loaded_file(join_path(*project->base_url, module));
}

ImportPath JavaScriptFiles::resolve(const ImportQuery& query) {
  const UnitRoots& roots = query.roots;
  const std::string_view from = query.from, name = query.name();
  std::string_view module = query.module();
  const bool whole = name.empty() || name == "*";
  const auto project_file = [&](const std::string& file) {
    return file.find("node_modules/") == std::string::npos ? ImportPath{file, whole, {}}
                                                           : ImportPath{};
  };
  if (module.starts_with("./") || module.starts_with("../") || module == "." || module == "..") {
    const std::string path = join_path(folder_of(from), module);
    std::string file = loaded_file(path);
    if (file.empty()) file = package_file(path);
    return file.empty() ? generated(path, name) : project_file(file);
  }
  if (module.starts_with("/opt/")) {
    for (const std::string& layer : roots.layers) {
      std::string_view rest = module.substr(5);
      // What stands beside the layer's modules lies there as well.
      const std::string_view root = file_name_of(layer) == "nodejs" ? folder_of(layer) : layer;
      for (const std::string& base :
           {join_path(root, rest), join_path(layer, rest),
            join_path(layer, rest.starts_with("nodejs/") ? rest.substr(7) : rest)})
        if (const std::string file = loaded_file(base); !file.empty()) return project_file(file);
      if (rest.starts_with("nodejs/"))
        for (const std::string& source : sources_of_made(rest.substr(7)))
          if (const std::string file = loaded_file(join_path(layer, source)); !file.empty())
            return project_file(file);
    }
    // A layer that a build makes, from sources that the project knows by the same name.
    const std::string file = aliased_file(from, module);
    return file.empty() ? ImportPath{} : project_file(file);
  }
  if (const std::string file = aliased_file(from, module); !file.empty()) return project_file(file);
  if (const std::string file = workspace_file(from, module); !file.empty()) return project_file(file);
  if (const std::string path = workspace_path(from, module); !path.empty())
    if (ImportPath made = generated(path, name); !made.library.empty()) return made;
  if (ImportPath linked = linked_file(from, module, whole); !linked.file.empty()) return linked;
  // The runtime's NODE_PATH ends with /var/task: `require("source/store.js")`, `require("lib")`.
  // Builtins and what is installed go before; without a manifest a bare name may be installed.
  const std::string package(package_of(module));
  const bool is_required = (query.row.flags & kRequire) != 0 && !module.starts_with("node:") &&
                           !is_standard_module(Registry::Npm, package) &&
                           !linked_.is_named(from, package).value_or(module == package);
  if (is_required)
    if (const std::string file = loaded_file(join_path(roots.code, module)); !file.empty())
      return project_file(file);
  if (module.starts_with("node:")) module.remove_prefix(5);
  const bool is_module = whole || name == "default";
  return {{}, whole, is_module ? std::string(module) : cat(module, '.', name)};
}

ProgramFiles::ProgramFiles(BuildFacts& builds)
    : finder_(std::make_unique<JavaScriptFiles>(builds)) {}
ProgramFiles::~ProgramFiles() = default;

const std::string& ProgramFiles::find(std::string_view from, std::string_view module) {
  const auto [known, is_new] = known_.try_emplace(cat(folder_of(from), "\n", module));
  if (!is_new) return known->second;
  const UnitRoots roots;
  CodeFacts facts;
  facts.text = module;
  facts.strings.push_back({0, static_cast<std::uint32_t>(module.size())});
  const Import row{.module = StringId{0}};
  return known->second = finder_->resolve({roots, from, facts, row}).file;
}

std::unique_ptr<LanguageFiles> javascript_files(BuildFacts& builds) {
  return std::make_unique<JavaScriptFiles>(builds);
}

}  // namespace fnlint
