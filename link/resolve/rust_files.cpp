#include "core/limits.h"
#include "core/text.h"
#include "link/resolve/executables.h"
#include "link/resolve/library_names.h"
#include "link/resolve/source_index.h"
#include "tables/known.h"

#include <algorithm>
#include <set>
#include <utility>

// Which files a program of Rust has, by its Cargo.toml.
namespace fnlint {

namespace {

constexpr std::string_view kManifests[] = {".toml"};

bool holds_no_rust(std::string_view folder) {
  const std::string_view name = file_name_of(folder);
  return name == "target" || name == "examples" || name == "benches" || name == "tests" ||
         name == "fuzz";
}

// What Cargo.toml says, as far as it decides which files belong together.
struct Manifest {
  struct Table {
    std::string name = {};
    std::map<std::string, std::string, std::less<>> entries = {};
  };
  std::vector<Table> tables = {};

  [[nodiscard]] std::string text(std::string_view table, std::string_view key) const {
    for (const Table& one : tables)
      if (one.name == table)
        if (const auto found = one.entries.find(key); found != one.entries.end())
          return found->second;
    return {};
  }
  [[nodiscard]] bool has(std::string_view table) const {
    return std::ranges::find(tables, table, &Table::name) != tables.end();
  }
};

std::string toml_text(std::string_view text) {
  text = trim(text);
  if (text.size() >= 2 && (text.front() == '"' || text.front() == '\''))
    return std::string(text.substr(1, text.find(text.front(), 1) - 1));
  return std::string(text);
}

// Tables and their entries, one a line; lists may go on over lines.
Manifest read_cargo(BuildFacts& builds, const std::string& path) {
  Manifest manifest;
  const std::string* text = builds.text(path);
  if (text == nullptr) return manifest;
  std::string key;
  for (std::string_view line : split(*text, '\n')) {
    line = trim(line);
    if (line.empty() || line.front() == '#') continue;
    if (!key.empty()) {
      manifest.tables.back().entries[key] += line;
      if (line.find(']') != std::string_view::npos) key.clear();
      continue;
    }
    if (line.front() == '[') {
      const std::size_t begin = line.find_first_not_of('['), end = line.find(']');
      if (begin < end)
        manifest.tables.push_back({std::string(line.substr(begin, end - begin)), {}});
      continue;
    }
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || manifest.tables.empty()) continue;
    const std::string name(trim(line.substr(0, equals)));
    const std::string_view value = trim(line.substr(equals + 1));
    const bool is_list = value.starts_with('[');
    manifest.tables.back().entries[name] =
        is_list || value.starts_with('{') ? std::string(value) : toml_text(value);
    if (is_list && value.find(']') == std::string_view::npos) key = name;
  }
  return manifest;
}

// The quoted parts of a list, or what follows `path =` in an inline table.
std::vector<std::string> quoted_in(std::string_view list) {
  std::vector<std::string> found;
  for (std::size_t at = list.find('"'); at != std::string_view::npos; at = list.find('"', at)) {
    const std::size_t end = list.find('"', at + 1);
    if (end == std::string_view::npos) break;
    found.emplace_back(list.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  return found;
}
std::string path_in(std::string_view table) {
  std::size_t at = table.find("path");
  if (at == std::string_view::npos || !table.starts_with('{')) return {};
  at = table.find('=', at);
  const std::vector<std::string> quoted =
      at == std::string_view::npos ? std::vector<std::string>{} : quoted_in(table.substr(at));
  return quoted.empty() ? std::string() : quoted.front();
}

std::string crate_name(std::string_view package) { return replace_all(package, "-", "_"); }

// The files of Rust crates and their modules, as Cargo and rustc find them.
class RustFiles : public LanguageFiles {
 public:
  explicit RustFiles(BuildFacts& builds) : files_(builds.files()), builds_(builds) {}
  HandlerFile find_handler(const HandlerQuery& query) override;
  ImportPath resolve(const ImportQuery& query) override;

 private:
  struct Package {
    std::string folder = {}, name = {};
    std::string library = {};  // lib.rs
    std::vector<Executable> programs = {};
    bool serves = false;                               // it depends on the runtime's client
    std::map<std::string, std::string> siblings = {};  // crate name to folder
  };
  const Package& package(const std::string& folder);
  const std::vector<std::string>& packages_below(const std::string& folder);
  ChosenExecutable of_whole_project(const HandlerQuery& query);
  std::optional<std::string> package_above(std::string_view folder) const;
  void add_programs(const Manifest& manifest, Package& found) const;
  void add_siblings(const Manifest& manifest, Package& found);
  // The file that a path of modules leads to from a crate's root file; what is left of it.
  ImportPath descend(const std::string& root, const std::vector<std::string_view>& path) const;
  [[nodiscard]] std::string root_of(std::string_view from, const Package& package) const;
  ImportPath by_path(std::string_view from, std::string_view path);
  bool declares(const std::string& file, std::string_view name);
  [[nodiscard]] bool is_file(const std::string& path) const {
    return files_.kind(path) == EntryKind::File;
  }

  const FileSystem& files_;
  BuildFacts& builds_;
  std::map<std::string, Package> packages_;
  std::map<std::string, std::vector<std::string>> below_;  // folders of packages
  std::map<std::string, Declarations> read_;
  std::vector<Executable> programs_, serving_;  // of the whole project
  bool has_programs_ = false;
};

std::optional<std::string> RustFiles::package_above(std::string_view folder) const {
  return nearest_above(folder,
                       [&](const std::string& at) { return is_file(join_path(at, "Cargo.toml")); });
}

void RustFiles::add_programs(const Manifest& manifest, Package& found) const {
  const auto add = [&](std::string_view name, const std::string& file) {
    if (!is_file(file)) return;
    for (Executable& one : found.programs)
      if (one.file == file) {
        one.name = name;
        return;
      }
    found.programs.push_back({std::string(name), file, std::string(folder_of(file))});
  };
  add(found.name, join_path(found.folder, "src/main.rs"));
  const std::string bin = join_path(found.folder, "src/bin");
  for (const Entry& entry : files_.list(bin)) {
    const std::string path = join_path(bin, entry.name);
    if (entry.kind == EntryKind::Folder)
      add(entry.name, join_path(path, "main.rs"));
    else if (entry.name.ends_with(".rs"))
      add(std::string_view(entry.name).substr(0, entry.name.size() - 3), path);
  }
  for (const Manifest::Table& table : manifest.tables) {
    if (table.name != "bin") continue;
    const auto name = table.entries.find("name"), path = table.entries.find("path");
    if (name != table.entries.end() && path != table.entries.end())
      add(name->second, join_path(found.folder, path->second));
    else if (name != table.entries.end() && found.programs.size() == 1 &&
             !is_file(join_path(bin, cat(name->second, ".rs"))))
      found.programs.front().name = name->second;
  }
}

// Crates of the same repository that it depends on.
void RustFiles::add_siblings(const Manifest& manifest, Package& found) {
  const auto top = nearest_above(found.folder, [&](const std::string& at) {
    const std::string file = join_path(at, "Cargo.toml");
    return is_file(file) && read_cargo(builds_, file).has("workspace");
  });
  const Manifest workspace = top ? read_cargo(builds_, join_path(*top, "Cargo.toml")) : Manifest{};
  for (const Manifest::Table& table : manifest.tables) {
    const bool is_list = table.name == "dependencies";
    if (!is_list && !table.name.starts_with("dependencies.")) continue;
    for (const auto& [key, value] : table.entries) {
      const std::string_view name =
          is_list ? std::string_view(key) : std::string_view(table.name).substr(13);
      const std::string plain(name.substr(0, name.find('.')));
      std::string path = is_list ? path_in(value) : key == "path" ? value : std::string();
      std::string folder = found.folder;
      const bool inherited =
          value.find("workspace") != std::string::npos || key.ends_with("workspace");
      if (path.empty() && inherited && top) {
        path = path_in(workspace.text("workspace.dependencies", plain));
        folder = *top;
      }
      if (!path.empty()) found.siblings[crate_name(plain)] = join_path(folder, path);
    }
  }
}

const RustFiles::Package& RustFiles::package(const std::string& folder) {
  const auto [row, added] = packages_.try_emplace(folder);
  Package& found = row->second;
  if (!added) return found;
  const Manifest manifest = read_cargo(builds_, join_path(folder, "Cargo.toml"));
  found.folder = folder;
  found.name = manifest.text("package", "name");
  const std::string library = manifest.text("lib", "path");
  found.library = join_path(folder, library.empty() ? "src/lib.rs" : library);
  if (!is_file(found.library)) found.library.clear();
  if (manifest.has("package")) add_programs(manifest, found);
  // "bootstrap" of many packages: what it is called says nothing of which it is.
  for (Executable& program : found.programs)
    if (is_one_of(known::plain_program_names(), lower(program.name))) program.name = found.name;
  add_siblings(manifest, found);
  for (const std::string_view client : known::rust_runtime_crates())
    found.serves = found.serves || !manifest.text("dependencies", client).empty() ||
                   !manifest.text("dependencies", cat(client, ".workspace")).empty() ||
                   manifest.has(cat("dependencies.", client));
  return found;
}

const std::vector<std::string>& RustFiles::packages_below(const std::string& folder) {
  const auto [row, added] = below_.try_emplace(folder);
  if (added)
    for (const std::string& file : files_below(files_, folder, kManifests, holds_no_rust))
      if (file_name_of(file) == "Cargo.toml") row->second.emplace_back(folder_of(file));
  return row->second;
}

HandlerFile RustFiles::find_handler(const HandlerQuery& query) {
  HandlerFile found;
  const std::string start = existing_folder(files_, query.root);
  const std::string project = package_above(start).value_or(start);
  const auto top = nearest_above(project, [&](const std::string& at) {
    const std::string file = join_path(at, "Cargo.toml");
    return is_file(file) && read_cargo(builds_, file).has("workspace");
  });
  std::vector<Executable> all;
  std::set<std::string> seen;
  // The nearest package, those below the code's folder, those of its workspace.
  for (const std::string& folder : {project, start, top.value_or(project)}) {
    std::vector<std::string> packages{folder};
    if (all.empty()) {
      const std::vector<std::string>& below = packages_below(folder);
      packages.insert(packages.end(), below.begin(), below.end());
    }
    for (const std::string& one : packages)
      if (seen.insert(one).second)
        all.insert(all.end(), package(one).programs.begin(), package(one).programs.end());
    const ChosenExecutable chosen = choose_executable(builds_, query, all);
    if (chosen.thing == nullptr) continue;
    take_executable(chosen, all, query, "program", found);
    found.root = package_above(chosen.thing->folder).value_or(project);
    return found;
  }
  if (query.code.kind == CodeKind::Unknown)
    if (const ChosenExecutable chosen = of_whole_project(query); chosen.thing != nullptr) {
      take_executable(chosen, {}, query, "program", found);
      found.root = package_above(chosen.thing->folder).value_or("");
      return found;
    }
  take_executable({}, all, query, "program of Rust", found);
  return found;
}

// What a build is still to make, and puts anywhere: by the scripts that pack it and by names, of
// all programs of the project; else the only one that the runtime can call.
ChosenExecutable RustFiles::of_whole_project(const HandlerQuery& query) {
  if (!std::exchange(has_programs_, true))
    for (const std::string& folder : packages_below(""))
      for (const Executable& one : package(folder).programs) {
        programs_.push_back(one);
        if (package(folder).serves) serving_.push_back(one);
      }
  ChosenExecutable chosen;
  if (programs_.size() > 1) chosen = choose_executable(builds_, query, programs_);
  if (chosen.thing == nullptr) chosen = choose_executable(builds_, query, serving_);
  if (chosen.thing == nullptr)
    chosen = packed_executable(builds_, programs_, query.code.path);
  if (chosen.guess.score <= guesses::only_program().score)
    chosen.guess = guess_by(guesses::only_serving_program());
  return chosen;
}

// The root file of the crate that a file is of.
std::string RustFiles::root_of(std::string_view from, const Package& one) const {
  for (const Executable& program : one.programs)
    if (program.file == from) return program.file;
  for (const Executable& program : one.programs)  // src/bin/name/main.rs has its own modules
    if (file_name_of(program.file) == "main.rs" && lies_below(from, program.folder) &&
        program.folder != join_path(one.folder, "src"))
      return program.file;
  // A module is of the library, where there is one that names it; else of the program.
  if (!one.library.empty()) return one.library;
  return one.programs.empty() ? std::string(from) : one.programs.front().file;
}

ImportPath RustFiles::descend(const std::string& root,
                              const std::vector<std::string_view>& path) const {
  std::string file = root;
  std::string folder(folder_of(root));
  std::size_t done = 0;
  for (; done < path.size(); ++done) {
    const std::string base = join_path(folder, path[done]);
    const std::string plain = cat(base, ".rs"), inner = join_path(base, "mod.rs");
    if (!is_file(plain) && !is_file(inner)) break;
    file = is_file(plain) ? plain : inner;
    folder = base;
  }
  std::string symbol;
  for (std::size_t i = done; i < path.size(); ++i)
    symbol += cat(symbol.empty() ? "" : ".", path[i]);
  return {file, symbol.empty(), {}, symbol};
}

// "crate.util.put", "super.put", "self.inner.put", "shared.put", "util.put". No file: a library's.
ImportPath RustFiles::by_path(std::string_view from, std::string_view text) {
  const std::optional<std::string> at = package_above(folder_of(from));
  if (!at) return {};
  const Package& mine = package(*at);
  const std::string root = root_of(from, mine);
  std::vector<std::string_view> path = split(text, '.');
  // The modules around the file, from the crate's root.
  std::vector<std::string_view> around;
  const std::string_view base = folder_of(root);
  if (from != root && lies_below(from, base)) {
    std::string_view rest = from.substr(base.empty() ? 0 : base.size() + 1);
    rest.remove_suffix(rest.ends_with("/mod.rs") ? 7 : 3);
    around = split(rest, '/');
  }
  if (path.front() == "crate") {
    path.erase(path.begin());
    return descend(root, path);
  }
  if (path.front() == "self" || path.front() == "super") {
    std::vector<std::string_view> whole = around;
    while (!path.empty() && (path.front() == "self" || path.front() == "super")) {
      if (path.front() == "super" && !whole.empty()) whole.pop_back();
      path.erase(path.begin());
    }
    whole.insert(whole.end(), path.begin(), path.end());
    return descend(root, whole);
  }
  const std::string first(path.front());
  std::vector<std::string_view> rest(path.begin() + 1, path.end());
  if (const auto sibling = mine.siblings.find(first); sibling != mine.siblings.end())
    if (const Package& other = package(sibling->second); !other.library.empty())
      return descend(other.library, rest);
  if (first == crate_name(mine.name) && !mine.library.empty() && root != mine.library)
    return descend(mine.library, rest);
  // A module beside or below the file's own.
  std::vector<std::string_view> whole = around;
  whole.insert(whole.end(), path.begin(), path.end());
  const ImportPath found = descend(root, whole);
  const std::size_t left = found.symbol.empty() ? 0 : split(found.symbol, '.').size();
  return left < path.size() ? found : ImportPath{};
}

bool RustFiles::declares(const std::string& file, std::string_view name) {
  const auto [row, added] = read_.try_emplace(file);
  if (added)
    if (const Result<std::string> text = files_.read(file, kSourceBytes))
      row->second = scan_declarations(text.value(), SourceDialect::Rust);
  return std::ranges::find(row->second.names, name, &Declared::name) != row->second.names.end();
}

ImportPath RustFiles::resolve(const ImportQuery& query) {
  const std::string_view module = query.module(), name = query.name();
  if ((query.row.flags & kImplicit) != 0) {
    for (const Import& row : query.facts.imports) {
      if ((row.flags & kStar) == 0) continue;
      const std::string_view star = query.facts.string(row.module);
      const ImportPath found = by_path(query.from, star);
      if (!found.file.empty() && found.whole && declares(found.file, name))
        return {found.file, false, {}, {}};
      if (const std::string path = cat(star, '.', name); knows_library(Language::Rust, path))
        return {{}, false, path, {}};
    }
    return {{}, false, std::string(name), {}};
  }
  const bool is_module = name.empty() || name == "*";
  const std::string path = is_module ? std::string(module) : cat(module, '.', name);
  ImportPath found = by_path(query.from, path);
  if (!found.file.empty()) return found;
  return {{}, name.empty(), path, {}};
}

}  // namespace

std::unique_ptr<LanguageFiles> rust_files(BuildFacts& builds) {
  return std::make_unique<RustFiles>(builds);
}

}  // namespace fnlint
