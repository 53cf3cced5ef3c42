// Joins manifests, lock files and the table of published packages into the list of what a build
// will install, and looks for scripts that install or copy more.

#include "deploy/dependencies.h"

#include "core/limits.h"
#include "core/text.h"
#include "tables/known.h"
#include "tables/packages.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::size_t kIncludes = 16;       // of requirements files, in all
constexpr std::size_t kScriptBytes = 1U << 16U;
constexpr std::size_t kScripts = 40;        // that are looked into, of one folder
constexpr std::size_t kListed = 20'000;

std::vector<std::string_view> locks_of(Registry registry) {
  switch (registry) {
    case Registry::Python: return {"uv.lock", "poetry.lock", "Pipfile.lock"};
    case Registry::Npm:
      return {"npm-shrinkwrap.json", "package-lock.json", "pnpm-lock.yaml", "yarn.lock"};
    case Registry::RubyGems: return {"Gemfile.lock"};
    case Registry::Maven: return {"gradle.lockfile"};
    case Registry::NuGet: return {"packages.lock.json"};
    default: return {};
  }
}

std::vector<std::string_view> manifests_of(Registry registry) {
  switch (registry) {
    case Registry::Python: return {"requirements.txt", "pyproject.toml", "Pipfile"};
    case Registry::Npm: return {"package.json"};
    case Registry::RubyGems: return {"Gemfile"};
    case Registry::Maven: return {"pom.xml", "build.gradle", "build.gradle.kts"};
    default: return {};
  }
}

bool is_deployed(DependencyUse use) {
  return use == DependencyUse::Runtime || use == DependencyUse::Optional;
}

// For another system than the one that functions run on.
bool is_foreign(const Dependency& row) {
  if (row.condition.empty()) return false;
  for (const std::string_view word : {"darwin", "win32", "android", "freebsd", "Windows", "aix"})
    if (row.condition.find(word) != row.condition.npos &&
        row.condition.find("!=") == row.condition.npos && row.condition.find('!') != 0)
      return row.condition.find("linux") == row.condition.npos;
  return false;
}

bool installs_packages(std::string_view text, Registry registry) {
  const auto has = [&](std::string_view words) { return text.find(words) != text.npos; };
  if (registry == Registry::Python)
    return has("pip") && (has(" -t ") || has("--target") || has("--prefix") || has("-t=") ||
                          has("--python-platform") || has("poetry export"));
  return has("npm ") || has("yarn") || has("pnpm");
}

bool is_of_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

// Whether a line of a script copies or packs, and speaks of that file or folder.
bool copies(std::string_view text, std::string_view name) {
  for (const std::string_view line : split(text, '\n')) {
    if (line.find(name) == line.npos) continue;
    bool named = false, copied = false;
    for (std::size_t at = 0; at < line.size();) {
      std::size_t end = at;
      while (end < line.size() && is_of_word(line[end])) ++end;
      const std::string_view word = line.substr(at, end - at);
      named = named || word == name;
      copied = copied || is_one_of(known::copying_words(), word);
      at = end + 1;
    }
    if (named && copied) return true;
  }
  return false;
}

bool is_script(std::string_view name) {
  return std::ranges::any_of(known::build_script_endings(),
                             [&](std::string_view end) { return name.ends_with(end); });
}

// One registry's manifests and locks of a folder, joined.
class Listing {
 public:
  Listing(Manifests& manifests, const DependencyQuestion& question, Package& package)
      : manifests_(manifests), question_(question), package_(package) {}

  void run() {
    const std::size_t before = package_.named.size();
    list();
    const bool locked = complete_ || constrained_ || has_lock();
    for (std::size_t i = before; i < package_.named.size(); ++i) package_.named[i].locked = locked;
  }

 private:
  void list() {
    if (question_.registry == Registry::NuGet) {
      for (const Entry& entry : manifests_.files().list(question_.folder))
        if (entry.name.ends_with(".csproj")) name_rows(join_path(question_.folder, entry.name));
      return;
    }
    std::vector<std::string_view> names = manifests_of(question_.registry);
    if (!question_.installs.empty()) names = {question_.installs};
    for (const std::string_view name : names) {
      const std::string path = join_path(question_.folder, name);
      if (package_.has_manifest || manifests_.read(path) == nullptr) continue;
      name_rows(path);
      // pip takes no notice of other tools' locks.
      const bool pip = name == "requirements.txt";
      if (!pip && lock_rows()) continue;
      list_named(pip && complete_);
    }
    if (!package_.has_manifest && question_.installs.empty()) lock_rows();
  }
  // Of any tool, in the folder or, where a workspace shares one, above it.
  [[nodiscard]] bool has_lock() const {
    for (std::string folder = question_.folder;; folder = std::string(folder_of(folder))) {
      const auto is_there = [&](std::string_view name) {
        return manifests_.files().kind(join_path(folder, name)) == EntryKind::File;
      };
      if (std::ranges::any_of(locks_of(question_.registry), is_there) ||
          std::ranges::any_of(known::unread_locks(), is_there))
        return true;
      if (folder.empty() || question_.registry != Registry::Npm) return false;
    }
  }

  void name_rows(const std::string& path, const ManifestForm* form = nullptr) {
    if (form == nullptr) form = manifest_form(file_name_of(path));
    const Manifests::File* file = manifests_.read(path, form);
    if (file == nullptr || ++read_ > kIncludes || !seen_.insert(path).second) {
      if (file == nullptr) package_.complete = false;
      return;
    }
    package_.has_manifest = true;
    complete_ = complete_ && file->list.complete;
    package_.complete = package_.complete && file->list.readable;
    for (const Dependency& row : file->list.rows) {
      const bool peer = row.use == DependencyUse::Provided && question_.registry == Registry::Npm;
      if (row.use == DependencyUse::Development) package_.development.push_back(row.name);
      if (!is_deployed(row.use) && !peer) continue;
      if (row.elsewhere) package_.complete = false;
      package_.named.push_back(
          {.row = row, .registry = question_.registry, .where = {file->id, row.where}});
    }
    for (const IncludedManifest& other : file->list.includes) {
      constrained_ = constrained_ || other.constrains;
      if (!other.constrains) name_rows(join_path(folder_of(path), other.path), form);
    }
  }

  // What is named, with what the table knows that it needs.
  void list_named(bool complete) {
    for (const NamedDependency& one : package_.named) {
      if (is_foreign(one.row)) continue;
      add(one.row.name, one.row.known == VersionKnown::Exact ? one.row.version : "", one.where);
    }
    if (complete) return;
    for (std::size_t at = 0; at < package_.dependencies.size(); ++at) {
      const PackagedDependency row = package_.dependencies[at];
      const PackageFact* fact = find_package(row.registry, row.name);
      if (fact == nullptr || !fact->needs_known) package_.complete = false;
      if (fact == nullptr) continue;
      for (const std::string_view need : fact->needs) add(need, {}, row.where);
    }
  }
  void add(std::string_view name, std::string_view version, Span where) {
    if (package_.dependencies.size() >= kListed || !listed_.emplace(name).second) return;
    package_.dependencies.push_back({.registry = question_.registry,
                                     .name = std::string(name),
                                     .version = std::string(version),
                                     .where = where});
  }

  // The nearest lock, in the folder or, where a workspace shares one, above it.
  bool lock_rows() {
    for (std::string folder = question_.folder;; folder = std::string(folder_of(folder))) {
      for (const std::string_view name : locks_of(question_.registry))
        if (const Manifests::File* file = manifests_.read(join_path(folder, name)))
          return take_lock(*file, folder == question_.folder);
      const bool above = question_.registry == Registry::Npm && !question_.surely;
      if (folder.empty() || !above) return false;
    }
  }
  bool take_lock(const Manifests::File& file, bool beside) {
    const DependencyList& list = file.list;
    if (list.rows.empty() && !beside) return false;
    std::vector<bool> roots(list.rows.size());
    for (std::size_t i = 0; i < roots.size(); ++i) roots[i] = is_root(list, list.rows[i]);
    const std::vector<bool> needed = needed_rows(list, roots);
    for (std::size_t i = 0; i < needed.size(); ++i)
      if (needed[i] && !is_foreign(list.rows[i]))
        add(list.rows[i].name, list.rows[i].version, {file.id, list.rows[i].where});
    package_.complete = package_.complete && list.complete && list.readable;
    // A manifest that has changed since, or a lock that another project shares.
    for (const NamedDependency& one : package_.named)
      if (!listed_.contains(one.row.name) && !is_foreign(one.row)) {
        add(one.row.name, {}, one.where);
        package_.complete = false;
      }
    package_.has_manifest = true;
    return true;
  }
  [[nodiscard]] bool is_root(const DependencyList& list, const Dependency& row) const {
    if (package_.named.empty()) return is_deployed(row.use);
    for (const NamedDependency& one : package_.named) {
      if (one.row.name != row.name) continue;
      if (row.path.empty() && row.asked.empty()) return true;
      if (!row.path.empty()) return row.path == cat("node_modules/", row.name);
      const bool one_row = std::ranges::count(list.rows, row.name, &Dependency::name) == 1;
      return one_row || row.direct ||
             std::ranges::find(row.asked, one.row.version) != row.asked.end();
    }
    return false;
  }

  Manifests& manifests_;
  const DependencyQuestion& question_;
  Package& package_;
  std::set<std::string, std::less<>> listed_;
  std::set<std::string> seen_;
  std::size_t read_ = 0;
  bool complete_ = true, constrained_ = false;
};

}  // namespace

const Manifests::File* Manifests::read(const std::string& path, const ManifestForm* form) {
  if (form == nullptr) form = manifest_form(file_name_of(path));
  if (form == nullptr) return nullptr;
  const auto [row, added] = read_.try_emplace(path);
  File& file = row->second;
  if (added && files_.kind(path) == EntryKind::File) {
    Result<std::string> text = files_.read(path, kTemplateBytes);
    if (text) {
      file.list = form->read(text.value());
      file.id = keep_(files_.resolved(path), std::move(text.value()));
    }
  }
  return file.id.exists() ? &file : nullptr;
}

const std::set<std::string>& Manifests::listed(const std::string& folder, Registry registry) {
  const auto [row, added] = listed_.try_emplace({folder, registry});
  if (!added) return row->second;
  for (const Entry& entry : files_.list(folder)) {
    const ManifestForm* form = manifest_form(entry.name);
    if (entry.kind != EntryKind::File || form == nullptr || form->registry != registry) continue;
    if (const File* file = read(join_path(folder, entry.name)))
      for (const Dependency& one : file->list.rows) row->second.insert(one.name);
  }
  return row->second;
}

const std::set<std::string>& Manifests::mentioned(const std::string& folder, Registry registry) {
  const auto [row, added] = mentioned_.try_emplace({folder, registry});
  if (!added) return row->second;
  std::set<std::string> names = listed(folder, registry);
  if (!folder.empty()) {
    const std::set<std::string> above = mentioned(std::string(folder_of(folder)), registry);
    names.insert(above.begin(), above.end());
  }
  return mentioned_[{folder, registry}] = std::move(names);
}

std::string Manifests::asked_version(std::string folder, Registry registry, std::string_view name) {
  for (;; folder = std::string(folder_of(folder))) {
    for (const Entry& entry : files_.list(folder)) {
      const ManifestForm* form = manifest_form(entry.name);
      if (entry.kind != EntryKind::File || form == nullptr || form->registry != registry) continue;
      const File* const file = read(join_path(folder, entry.name));
      if (file == nullptr || file->list.lock) continue;
      const auto row = std::ranges::find(file->list.rows, name, &Dependency::name);
      if (row != file->list.rows.end()) return row->version;
    }
    if (folder.empty()) return {};
  }
}

// The first script of a folder whose text is meant.
std::string Manifests::script_of(const std::string& folder, const IsMeant& is_meant) const {
  std::size_t looked = 0;
  for (const std::string_view inner : {"", "scripts", "script", "bin", ".github/workflows", "ci", "build"}) {
    const std::string place = inner.empty() ? folder : join_path(folder, inner);
    for (const Entry& entry : files_.list(place)) {
      if (entry.kind != EntryKind::File || !is_script(entry.name)) continue;
      if (++looked > kScripts) return {};
      const std::string path = join_path(place, entry.name);
      const Result<std::string> text = files_.read_start(path, kScriptBytes);
      if (text && is_meant(text.value())) return path;
    }
  }
  return {};
}

const std::string& Manifests::installer(const std::string& folder, Registry registry) {
  const auto [row, added] = installers_.try_emplace({folder, registry});
  if (!added) return row->second;
  std::string found =
      script_of(folder, [&](std::string_view text) { return installs_packages(text, registry); });
  if (found.empty() && !folder.empty()) found = installer(std::string(folder_of(folder)), registry);
  return installers_[{folder, registry}] = found;
}

const std::string& Manifests::copier(const std::string& folder, const std::string& name) {
  const auto [row, added] = copiers_.try_emplace({folder, name});
  if (!added) return row->second;
  std::string found = script_of(folder, [&](std::string_view text) { return copies(text, name); });
  if (found.empty() && !folder.empty()) found = copier(std::string(folder_of(folder)), name);
  return copiers_[{folder, name}] = found;
}

std::optional<Registry> registry_of(std::string_view runtime) {
  constexpr std::pair<std::string_view, Registry> kRuntimes[] = {
      {"python", Registry::Python}, {"nodejs", Registry::Npm},   {"ruby", Registry::RubyGems},
      {"java", Registry::Maven},    {"dotnet", Registry::NuGet},
  };
  for (const auto& [start, registry] : kRuntimes)
    if (runtime.starts_with(start)) return registry;
  return std::nullopt;
}

void add_dependencies(Manifests& manifests, const DependencyQuestion& question, Package& package) {
  package.assumed = !question.surely;
  Listing(manifests, question, package).run();
}

namespace {

// The names that it would have among the modules of a package.
bool lies_among(const Package& package, const PackagedDependency& row, const PackageFact* fact) {
  if (row.registry != Registry::Python) return false;
  const auto has = [&](std::string_view module) {
    return std::ranges::find(package.modules, module) != package.modules.end();
  };
  if (fact != nullptr && !fact->modules.empty()) return std::ranges::any_of(fact->modules, has);
  return has(replace_all(row.name, "-", "_"));
}

}  // namespace

std::vector<MeasuredPart> planned_parts(const Package& package, const TakesDependency& takes) {
  std::vector<MeasuredPart> parts;
  std::set<std::pair<Registry, std::string_view>> counted;  // what lies there was measured
  for (const PackagedDependency& row : package.dependencies)
    if (row.installed) counted.emplace(row.registry, row.name);
  for (const PackagedDependency& row : package.dependencies) {
    if (!counted.emplace(row.registry, row.name).second || !takes(row)) continue;
    const PackageFact* fact = find_package(row.registry, row.name);
    if (fact != nullptr && fact->kib && !lies_among(package, row, fact))
      parts.push_back({row.name, static_cast<std::uint64_t>(*fact->kib) * 1024});
  }
  return parts;
}

}  // namespace fnlint
