#include "core/limits.h"
#include "core/text.h"
#include "link/resolve/executables.h"
#include "link/resolve/library_names.h"
#include "link/resolve/source_index.h"
#include "tables/known.h"

#include <algorithm>
#include <array>
#include <utility>

// Which files a package of Go has, with what build constraints leave out.
namespace fnlint {

namespace {

constexpr std::string_view kGoSources[] = {".go"};

// Whoever imports this hands a handler to the runtime.
constexpr std::string_view kRuntimeLibrary = "\"github.com/aws/aws-lambda-go/lambda\"";

bool is_true_tag(std::string_view tag) {
  return is_one_of(known::go_true_tags(), tag) || tag.starts_with("go1.");
}

// "// +build linux,arm64 darwin", as before Go 1.17: spaces are or, commas are and.
bool holds_as_before(std::string_view options) {
  return std::ranges::any_of(split(options, ' '), [](std::string_view option) {
    return !option.empty() && std::ranges::all_of(split(option, ','), [](std::string_view tag) {
      const bool negated = tag.starts_with('!');
      return is_true_tag(tag.substr(negated ? 1 : 0)) != negated;
    });
  });
}

// "//go:build linux && (amd64 || arm64)", by its grammar: or, and, not, parentheses, words.
class BuildConstraint {
 public:
  explicit BuildConstraint(std::string_view text) : text_(text) {}
  bool holds() { return either(); }

 private:
  void skip_spaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }
  bool takes(std::string_view sign) {
    skip_spaces();
    if (!text_.substr(at_).starts_with(sign)) return false;
    at_ += sign.size();
    return true;
  }
  bool either() {
    bool holds = both();
    while (takes("||")) holds = both() || holds;
    return holds;
  }
  bool both() {
    bool holds = one();
    while (takes("&&")) holds = one() && holds;
    return holds;
  }
  bool one() {
    if (++depth_ > 64) return true;
    bool holds = true;
    if (takes("!")) {
      holds = !one();
    } else if (takes("(")) {
      holds = either();
      takes(")");
    } else {
      skip_spaces();
      const std::size_t from = at_;
      at_ = std::min(text_.find_first_of(" \t()!&|", at_), text_.size());
      const std::string_view tag = text_.substr(from, at_ - from);
      holds = is_true_tag(tag);
      if (at_ == from) at_ = text_.size();
    }
    --depth_;
    return holds;
  }
  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

// Whether the platform's build of a package has the file.
bool is_built(std::string_view name, std::string_view text) {
  if (name.ends_with("_test.go") || name.starts_with('_')) return false;
  std::string_view stem = name.substr(0, name.size() - 3);
  for (int i = 0; i < 2; ++i) {
    const std::size_t bar = stem.rfind('_');
    if (bar == std::string_view::npos) break;
    if (is_one_of(known::go_other_systems(), stem.substr(bar + 1))) return false;
    stem = stem.substr(0, bar);
  }
  bool holds = true;  // every older line must hold; a newer one goes before them
  for (std::string_view line : split(text.substr(0, 4096), '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with("//go:build ")) return BuildConstraint(line.substr(11)).holds();
    if (line.starts_with("// +build ")) holds = holds && holds_as_before(line.substr(10));
    if (line.starts_with("package ")) break;
  }
  return holds;
}

// What go.mod says of a folder.
struct GoModule {
  std::string folder = {}, path = {};
  std::vector<std::pair<std::string, std::string>> replaced = {};  // module path to folder
};

// A library's path without its major version: "github.com/stripe/stripe-go/v76/charge",
// "gopkg.in/yaml.v3".
std::string without_version(std::string_view module) {
  const auto is_version = [](std::string_view part) {
    return part.size() > 1 && part[0] == 'v' &&
           part.find_first_not_of("0123456789", 1) == std::string_view::npos;
  };
  std::string path;
  for (std::string_view part : split(module, '/')) {
    if (is_version(part)) continue;
    const std::size_t dot = part.rfind('.');
    if (dot != std::string_view::npos && is_version(part.substr(dot + 1)))
      part = part.substr(0, dot);
    if (!path.empty()) path += '/';
    path += part;
  }
  return path;
}

// The files of Go packages: a package is a folder below a module, whose go.mod gives its path.
class GoFiles : public LanguageFiles {
 public:
  explicit GoFiles(BuildFacts& builds) : files_(builds.files()), builds_(builds) {}
  HandlerFile find_handler(const HandlerQuery& query) override;
  ImportPath resolve(const ImportQuery& query) override;
  std::vector<std::string> companions(std::string_view file) override;

 private:
  struct Package {
    std::vector<std::string> files = {};
    std::map<std::string, std::string, std::less<>> declared = {};  // name to file
    std::string name = {}, main = {}, first = {};  // file with func main; with an init, or any
    std::vector<std::string> mains = {};           // all with one: several are built each by itself
    bool serves = false;                           // hands a handler to the runtime
  };
  const Package& package(const std::string& folder);
  const GoModule* module_above(std::string_view folder);
  const std::vector<Executable>& programs(const std::string& folder);
  ChosenExecutable only_that_serves(const std::vector<Executable>& all);
  ChosenExecutable of_whole_project(const HandlerQuery& query);
  std::optional<std::string> folder_of_import(std::string_view from, std::string_view path);
  std::optional<std::string> folder_beside(std::string_view from, std::string_view path);
  std::optional<std::string> folder_by_end(std::string_view from, std::string_view path);
  const std::string& pinned(std::string_view folder);
  void read_workspace(const std::string& folder, GoModule& module);

  const FileSystem& files_;
  BuildFacts& builds_;
  std::map<std::string, Package> packages_;
  std::map<std::string, std::optional<GoModule>> modules_;
  std::map<std::string, std::vector<Executable>> programs_;
  std::map<std::string, std::string> pinned_;
  std::vector<Executable> serving_;  // of the whole project
  bool has_serving_ = false;
};

std::optional<std::string> module_path(BuildFacts& builds, const std::string& file) {
  const std::string* text = builds.text(file);
  if (text == nullptr) return std::nullopt;
  for (const std::string_view line : split(*text, '\n'))
    if (trim(line).starts_with("module ")) {
      std::string_view path = trim(trim(line).substr(7));
      path = trim(path.substr(0, path.find("//")));
      if (path.size() > 1 && path.front() == '"') path = path.substr(1, path.size() - 2);
      return std::string(path);
    }
  return std::string();
}

// "replace a/b => ../b", in or out of a group.
void add_replaced(std::string_view text, const std::string& folder, GoModule& module) {
  for (std::string_view line : split(text, '\n')) {
    line = trim(line.substr(0, line.find("//")));
    const std::size_t arrow = line.find("=>");
    if (arrow == std::string_view::npos) continue;
    std::string_view left = trim(line.substr(0, arrow)), right = trim(line.substr(arrow + 2));
    if (left.starts_with("replace ")) left = trim(left.substr(8));
    left = left.substr(0, left.find(' '));
    if (right.starts_with("./") || right.starts_with("../"))
      module.replaced.emplace_back(left, join_path(folder, right));
  }
}

// go.work: the modules beside this one.
void GoFiles::read_workspace(const std::string& folder, GoModule& module) {
  const auto found = nearest_above(folder, [&](const std::string& at) {
    return files_.kind(join_path(at, "go.work")) == EntryKind::File;
  });
  if (!found) return;
  const std::string* text = builds_.text(join_path(*found, "go.work"));
  if (text == nullptr) return;
  for (std::string_view line : split(*text, '\n')) {
    line = trim(line.substr(0, line.find("//")));
    if (line.starts_with("use ")) line = trim(line.substr(4));
    if (!line.starts_with('.')) continue;
    const std::string used = join_path(*found, line);
    if (const auto path = module_path(builds_, join_path(used, "go.mod")); path && used != folder)
      module.replaced.emplace_back(*path, used);
  }
}

const GoModule* GoFiles::module_above(std::string_view folder) {
  const auto at = nearest_above(folder, [&](const std::string& one) {
    return files_.kind(join_path(one, "go.mod")) == EntryKind::File;
  });
  if (!at) return nullptr;
  const auto [row, added] = modules_.try_emplace(*at);
  if (added) {
    const std::string file = join_path(*at, "go.mod");
    GoModule module{*at, module_path(builds_, file).value_or(""), {}};
    if (const std::string* text = builds_.text(file)) add_replaced(*text, *at, module);
    read_workspace(*at, module);
    row->second = std::move(module);
  }
  return &*row->second;
}

const GoFiles::Package& GoFiles::package(const std::string& folder) {
  const auto [row, added] = packages_.try_emplace(folder);
  Package& found = row->second;
  if (!added) return found;
  bool deploys = false;
  for (const Entry& entry : files_.list(folder)) {
    if (entry.kind != EntryKind::File || extension_of(entry.name) != ".go") continue;
    const std::string file = join_path(folder, entry.name);
    const Result<std::string> text = files_.read(file, kSourceBytes);
    if (!text || !is_built(entry.name, text.value())) continue;
    const Declarations declarations = scan_declarations(text.value(), SourceDialect::Go);
    if (found.name.empty()) found.name = declarations.package;
    if (declarations.package != found.name && declarations.package != "main") continue;
    found.files.push_back(file);
    found.serves = found.serves || text.value().find(kRuntimeLibrary) != std::string::npos;
    for (const std::string_view one : known::go_deployment_imports())
      deploys = deploys || text.value().find(one) != std::string::npos;
    for (const Declared& one : declarations.names) {
      if (one.name == "main" && declarations.package == "main" && !one.is_type)
        found.mains.push_back(found.main = file);
      else if (one.name == "init")
        found.first = file;
      else
        found.declared.try_emplace(one.name, file);
    }
  }
  if (deploys) {
    found.main.clear();
    found.mains.clear();
  }
  if (found.first.empty() && !found.files.empty()) found.first = found.files.front();
  return found;
}

// The main packages below a folder.
const std::vector<Executable>& GoFiles::programs(const std::string& folder) {
  const auto [row, added] = programs_.try_emplace(folder);
  if (!added) return row->second;
  std::vector<std::string> folders;
  for (const std::string& file :
       files_below(files_, folder, kGoSources, [](std::string_view) { return false; }))
    if (const std::string_view at = folder_of(file); folders.empty() || folders.back() != at)
      folders.emplace_back(at);
  std::ranges::sort(folders);
  folders.erase(std::unique(folders.begin(), folders.end()), folders.end());
  for (const std::string& at : folders)
    if (const Package& one = package(at); one.mains.size() > 1) {
      for (const std::string& file : one.mains) {  // go build -o bin/graphql handlers/graphql.go
        const std::string_view name = file_name_of(file);
        row->second.push_back({std::string(name.substr(0, name.rfind('.'))), file, at});
      }
    } else if (!one.main.empty()) {
      std::string_view name = file_name_of(at);
      if (name == "src" || name == "lambda" || name == "main") name = file_name_of(folder_of(at));
      row->second.push_back({std::string(name), one.main, at});
    }
  return row->second;
}

// Of several programs, servers and tools among them, the one that is a function's.
ChosenExecutable GoFiles::only_that_serves(const std::vector<Executable>& all) {
  const auto serving = [&] {
    std::vector<const Executable*> found;
    for (const Executable& one : all)
      if (package(one.folder).serves) found.push_back(&one);
    return found;
  };
  return likeliest<const Executable*>({{&guesses::only_serving_program(), {}, serving}})
      .value_or(ChosenExecutable{});
}

HandlerFile GoFiles::find_handler(const HandlerQuery& query) {
  HandlerFile found;
  const std::string root(query.root), start = existing_folder(files_, query.root);
  const GoModule* module = module_above(start);
  found.root = module != nullptr ? module->folder : start;
  if (root.ends_with(".go") &&
      files_.kind(root) == EntryKind::Missing) {  // no build makes that: it is not the project's
    take_executable({}, {}, query, "main package of Go", found);
    return found;
  }
  if (query.code.kind == CodeKind::Folder || query.code.kind == CodeKind::Image) {
    const Package& here = package(root);
    const Executable* named =
        here.serves ? nullptr : named_executable(programs(root), query.handler);
    if (named != nullptr && named->folder != root) {
      take_executable({named, guess_by(guesses::program_name(), named->name)}, programs(root), query,
                      "main package", found);
      if (const GoModule* inner = module_above(named->folder)) found.root = inner->folder;
      return found;
    }
    if (here.mains.size() == 1 && query.code.build_method != "makefile") {
      take_executable({programs(root).empty() ? nullptr : &programs(root).front()}, programs(root),
                      query, "main package", found);
      found.path = here.main;
      return found;
    }
  }
  // Below the code's own folder, else anywhere in the module that a build makes it from.
  for (const std::string& folder : {root, *found.root}) {
    const std::vector<Executable>& all = programs(folder);
    if (all.empty()) continue;
    ChosenExecutable chosen = choose_executable(builds_, query, all);
    if (chosen.thing == nullptr) chosen = only_that_serves(all);
    take_executable(chosen, all, query, "main package", found);
    if (chosen.thing == nullptr) continue;
    if (const GoModule* inner = module_above(chosen.thing->folder)) found.root = inner->folder;
    return found;
  }
  // What a build is still to make, and puts beside the project of another program, or of none.
  if (query.code.kind == CodeKind::Unknown)
    if (const ChosenExecutable chosen = of_whole_project(query); chosen.thing != nullptr) {
      take_executable(chosen, {}, query, "main package", found);
      const GoModule* inner = module_above(chosen.thing->folder);
      found.root = inner != nullptr ? inner->folder : chosen.thing->folder;
      return found;
    }
  if (found.reason.empty()) take_executable({}, {}, query, "main package of Go", found);
  return found;
}

// By names and scripts, of all programs that hand a handler to the runtime: else the only one.
ChosenExecutable GoFiles::of_whole_project(const HandlerQuery& query) {
  if (!std::exchange(has_serving_, true))
    for (const Executable& one : programs(""))
      if (package(one.folder).serves) serving_.push_back(one);
  ChosenExecutable chosen = choose_executable(builds_, query, serving_);
  if (chosen.guess.score <= guesses::only_program().score)
    chosen.guess = guess_by(guesses::only_serving_program());
  return chosen;
}

std::optional<std::string> GoFiles::folder_of_import(std::string_view from, std::string_view path) {
  const GoModule* module = module_above(folder_of(from));
  if (module == nullptr) return std::nullopt;
  const auto below = [&](std::string_view start,
                         const std::string& folder) -> std::optional<std::string> {
    if (start.empty() || !path.starts_with(start)) return std::nullopt;
    const std::string_view rest = path.substr(start.size());
    if (!rest.empty() && rest.front() != '/') return std::nullopt;
    return join_path(folder, rest.empty() ? "." : rest.substr(1));
  };
  for (const auto& [start, folder] : module->replaced)
    if (std::optional<std::string> found = below(start, folder)) return found;
  return below(module->path, module->folder);
}

// Modules of one repository are called by their folders in it: beside "host/team/shop/orders",
// which lies in "orders", "host/team/shop/kit" is "kit". A build takes the published version of it,
// which may be another.
std::optional<std::string> GoFiles::folder_beside(std::string_view from, std::string_view path) {
  const GoModule* module = module_above(folder_of(from));
  if (module == nullptr) return std::nullopt;
  std::string_view base = module->path, root = module->folder;
  const auto last = [](std::string_view text) { return text.substr(text.rfind('/') + 1); };
  const auto cut = [&](std::string_view text) {
    return text.substr(0, text.size() - std::min(text.size(), last(text).size() + 1));
  };
  while (!root.empty() && root != "." && last(base) == last(root)) {
    base = cut(base);
    root = cut(root);
  }
  if (base.empty() || base.size() == module->path.size() || !path.starts_with(cat(base, '/')))
    return std::nullopt;
  std::string folder = join_path(root, path.substr(base.size() + 1));
  if (files_.kind(folder) != EntryKind::Folder) return std::nullopt;
  const GoModule* other = module_above(folder);
  const bool is_its_own = other != nullptr && other->folder != module->folder &&
                          (path == other->path || path.starts_with(cat(other->path, '/')));
  return is_its_own ? std::optional(std::move(folder)) : std::nullopt;
}

// What the tools before modules (dep, glide, govendor, godep) say of the libraries that a project
// without a module takes.
const std::string& GoFiles::pinned(std::string_view folder) {
  constexpr std::array<std::string_view, 6> kNames{"Gopkg.toml",         "Gopkg.lock",
                                                   "glide.yaml",         "glide.lock",
                                                   "vendor/vendor.json", "Godeps/Godeps.json"};
  const auto [row, added] = pinned_.try_emplace(std::string(folder));
  if (!added) return row->second;
  for (std::string at(folder);; at = std::string(folder_of(at))) {
    for (const std::string_view name : kNames) {
      const std::string file = join_path(at, name);
      if (files_.kind(file) != EntryKind::File) continue;
      if (const Result<std::string> text = files_.read(file, kSourceBytes))
        row->second += text.value();
    }
    if (at.empty()) return row->second;
  }
}

// Without a module, GOPATH says where a package lies: "host/team/shop/kit" of the repository
// "host/team/shop" is "kit" there, wherever it was cloned to. A library that is not the project's
// may have a folder of that name, too.
std::optional<std::string> GoFiles::folder_by_end(std::string_view from, std::string_view path) {
  const std::string_view start = folder_of(from);
  const std::vector<std::string_view> parts = split(path, '/');
  constexpr std::size_t kFewest = 3;
  const bool has_host = parts.front().find('.') != std::string_view::npos;
  if (module_above(start) != nullptr || !has_host || parts.size() < kFewest ||
      knows_library(Language::Go, without_version(path)))
    return std::nullopt;
  // Of these hosts a repository is the two that follow.
  const bool is_forge =
      parts[0] == "github.com" || parts[0] == "gitlab.com" || parts[0] == "bitbucket.org";
  std::string_view repository = path;
  if (is_forge) {
    const std::size_t length = parts[0].size() + parts[1].size() + parts[2].size() + 2;
    repository = path.substr(0, length);
  }
  if (pinned(start).find(repository) != std::string::npos) return std::nullopt;
  std::string_view end = path;
  for (std::size_t left_out = 0; !end.empty(); ++left_out) {
    const bool may_be_own = left_out == 0 || left_out >= (is_forge ? kFewest : 1);
    const auto at =
        !may_be_own ? std::nullopt : nearest_above(start, [&](const std::string& above) {
          const std::string folder = join_path(above, end);
          return files_.kind(folder) == EntryKind::Folder && !package(folder).files.empty();
        });
    if (at) return join_path(*at, end);
    const std::size_t slash = end.find('/');
    end = slash == end.npos ? std::string_view() : end.substr(slash + 1);
  }
  return std::nullopt;
}

ImportPath GoFiles::resolve(const ImportQuery& query) {
  const std::string_view module = query.module(), name = query.name();
  const bool implicit = (query.row.flags & kImplicit) != 0;
  std::vector<std::string> folders;
  bool is_beside = false;
  if (implicit) {
    folders.emplace_back(folder_of(query.from));
    for (const Import& row : query.facts.imports)  // import . "x/y"
      if ((row.flags & kStar) != 0)
        if (const auto at = folder_of_import(query.from, query.facts.string(row.module)))
          folders.push_back(*at);
  } else if (const auto at = folder_of_import(query.from, module)) {
    folders.push_back(*at);
  } else if (const auto beside = folder_beside(query.from, module)) {
    folders.push_back(*beside);
    is_beside = true;
  } else if (const auto by_end = folder_by_end(query.from, module)) {
    folders.push_back(*by_end);
    is_beside = true;
  }
  for (std::string& folder : folders) {
    if (folder == ".") folder.clear();
    const Package& found = package(folder);
    if (name.empty()) {
      if (!found.first.empty()) return {.file = found.first, .whole = true, .aside = is_beside};
      continue;
    }
    const auto file = found.declared.find(name);
    if (file != found.declared.end()) return {.file = file->second, .aside = is_beside};
  }
  if (implicit) {
    for (const Import& row : query.facts.imports)
      if ((row.flags & kStar) != 0)
        if (const std::string path =
                cat(without_version(query.facts.string(row.module)), '.', name);
            knows_library(Language::Go, path))
          return {{}, false, path, {}};
    return {{}, false, std::string(name), {}};
  }
  if (!folders.empty()) return {};
  const std::string path = without_version(module);
  return {{}, name.empty(), name.empty() ? path : cat(path, '.', name), {}};
}

// Methods may stand in any file of their type's package, and every file's init runs. Tests do not
// count, nor do, of several files with a main, the others.
std::vector<std::string> GoFiles::companions(std::string_view file) {
  const Package& whole = package(std::string(folder_of(file)));
  std::vector<std::string> others;
  for (const std::string& one : whole.files)
    if (one != file && others.size() < kCollectionItems &&
        (whole.mains.size() < 2 || std::ranges::find(whole.mains, one) == whole.mains.end()))
      others.push_back(one);
  return others;
}

}  // namespace

std::unique_ptr<LanguageFiles> go_files(BuildFacts& builds) {
  return std::make_unique<GoFiles>(builds);
}

}  // namespace fnlint
