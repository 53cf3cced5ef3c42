// Walks a folder or an archive's directory, and sorts what is packaged into installed packages,
// modules, parts worth telling, and files that have to be opened later.

#include "deploy/content.h"

#include "core/limits.h"
#include "core/text.h"
#include "deploy/layer_places.h"
#include "deploy/npm_installed.h"
#include "deploy/secret_files.h"
#include "tables/known.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

namespace fnlint {

namespace {

constexpr std::size_t kShown = 8;
constexpr std::size_t kParts = 60;  // folders whose sizes are told
constexpr std::size_t kCandidates = 4000;
constexpr std::size_t kTexts = 300;
constexpr std::size_t kNameDepth = 64;  // folders below each other

// Where in a layer a runtime finds packages, by what its path begins with. '*' is one name.
struct PackagesOfLayer {
  Registry registry{};
  std::string_view path = {};
};
constexpr std::array kPackagesOfLayers{
    PackagesOfLayer{Registry::Npm, "nodejs/node_modules"},
    PackagesOfLayer{Registry::Npm, "nodejs/*/node_modules"},  // of one version: "node22"
    PackagesOfLayer{Registry::Python, "python"},              // and "python/lib/*/site-packages"
};

bool begins_with(std::string_view path, std::string_view pattern) {
  const std::vector<std::string_view> names = split(path, '/'), wanted = split(pattern, '/');
  return names.size() > wanted.size() &&
         std::ranges::equal(std::span(names).first(wanted.size()), wanted,
                            [](auto name, auto want) { return want == "*" || name == want; });
}

bool is_on_layer_path(Registry registry, std::string_view path) {
  return std::ranges::any_of(kPackagesOfLayers, [&](const PackagesOfLayer& row) {
    return row.registry == registry && begins_with(path, row.path);
  });
}

std::string_view label_of(UnneededKind kind) {
  switch (kind) {
    case UnneededKind::Repository: return "repository data";
    case UnneededKind::Environment: return "tools' folders";
    case UnneededKind::Cache: return "caches";
    case UnneededKind::Tests: return "tests";
    case UnneededKind::Documents: return "documents";
    case UnneededKind::SourceMaps: return "source maps";
  }
  return {};
}

std::string_view first_part(std::string_view path) { return path.substr(0, path.find('/')); }

// The folder that a file's size is told with: of the first level, or a package in a folder of
// packages; else the file itself.
std::string_view part_of(std::string_view path) {
  std::size_t end = path.find('/');
  for (std::size_t begin = 0; end != path.npos; end = path.find('/', begin)) {
    const std::string_view name = path.substr(begin, end - begin);
    const bool holds_packages = name == "node_modules" || name == "site-packages" ||
                                name == "python" || name == "nodejs" || name == "lib" ||
                                name.starts_with('@') || name.starts_with("python3.");
    if (!holds_packages) return path.substr(0, end);
    begin = end + 1;
  }
  return path;
}

// What a path says about an installed package: node_modules/x, x-1.0.dist-info.
std::optional<PackagedDependency> installed_at(std::string_view path, std::string_view name,
                                               bool is_folder) {
  if (!is_folder) return std::nullopt;
  if (name.ends_with(".dist-info") || name.ends_with(".egg-info")) {
    const std::string_view bare = name.substr(0, name.rfind('.'));
    const std::size_t dash = bare.find('-');
    std::string normal;
    for (const char c : lower(bare.substr(0, dash)))
      normal += c == '_' || c == '.' ? '-' : c;
    std::string_view version = dash == bare.npos ? std::string_view{} : bare.substr(dash + 1);
    version = version.substr(0, version.find('-'));
    return PackagedDependency{.registry = Registry::Python,
                              .name = normal,
                              .version = std::string(version),
                              .installed = true};
  }
  constexpr std::string_view kModules = "node_modules/";
  const std::size_t at = path.rfind(kModules);
  if (at == path.npos || (at > 0 && path[at - 1] != '/') || name.starts_with('.'))
    return std::nullopt;
  const std::string_view inner = path.substr(at + kModules.size());
  const bool scoped = inner.starts_with('@');
  const auto slashes = std::ranges::count(inner, '/');
  if (slashes != (scoped ? 1 : 0)) return std::nullopt;
  return PackagedDependency{
      .registry = Registry::Npm, .name = std::string(inner), .installed = true};
}

bool may_be_native(std::string_view path, std::string_view name) {
  if (name == "bootstrap" || name.ends_with(".so") || name.ends_with(".node")) return true;
  if (name.find(".so.") != name.npos) return true;
  const bool bare = name.find('.') == name.npos;
  return bare && (path.find('/') == path.npos || path.starts_with("bin/"));
}

// The module that an extension module of one platform is a faster form of: Python passes over one
// of another platform, whose name says so, and loads the source beside it. "x__mypyc" is a part of
// "x".
std::string replaced_module(std::string_view path) {
  const std::string_view name = file_name_of(path);
  const std::size_t tag = name.find(".cpython-");
  if (tag == name.npos || !name.ends_with(".so")) return {};
  std::string_view stem = name.substr(0, tag);
  if (stem.ends_with("__mypyc")) stem.remove_suffix(7);
  return cat(path.substr(0, path.size() - name.size()), stem, ".py");
}

// Takes entries one after another, whatever they come from.
class Taking {
 public:
  Taking(const ContentQuestion& question, Content& content)
      : question_(question), content_(content) {}

  // Whether what lies below a folder is one installed package's.
  [[nodiscard]] static bool is_installed(std::string_view path) {
    return path.find("node_modules/") != path.npos || path.find("site-packages/") != path.npos;
  }

  // A folder; the row of `unneeded` that it is, if it is one.
  std::optional<std::size_t> folder(std::string_view path, std::string_view name) {
    if (auto row = installed_at(path, name, true)) {
      row->off_path = question_.layer && !is_on_layer_path(row->registry, path);
      content_.installed.push_back(std::move(*row));
    }
    module(path, name, true);
    if (is_installed(path) || keeps(path)) return std::nullopt;
    for (const UnneededName& row : unneeded_names())
      if (row.folder && row.name == name) {
        content_.unneeded.push_back({std::string(path), std::string(label_of(row.kind)), 0});
        return content_.unneeded.size() - 1;
      }
    return std::nullopt;
  }

  void file(std::string_view path, std::string_view name, std::uint64_t bytes,
            std::optional<std::size_t> unneeded, std::uint64_t entry) {
    content_.size.bytes += bytes;
    const auto part = parts_.find(first_part(path));
    if (part != parts_.end())
      part->second += bytes;
    else
      parts_.emplace(first_part(path), bytes);
    const std::string_view folder = part_of(path);
    if (const auto found = folders_.find(folder); found != folders_.end())
      found->second += bytes;
    else
      folders_.emplace(folder, bytes);
    if (unneeded) {
      content_.unneeded[*unneeded].bytes += bytes;
      return;
    }
    module(path, name, false);
    const bool installed = is_installed(path);
    if (!installed && bytes <= kSecretFileBytes && content_.texts.size() < kTexts &&
        may_hold_secret(path))
      content_.texts.push_back({std::string(path), false, entry});
    if (!installed && !keeps(path))
      for (const UnneededName& row : unneeded_names())
        if (!row.folder && matches_name(row.name, name)) {
          content_.unneeded.push_back({std::string(path), std::string(label_of(row.kind)), bytes});
          break;
        }
    if (name.ends_with(".py")) sources_.emplace(path);
    if (may_be_native(path, name) && content_.candidates.size() < kCandidates)
      content_.candidates.push_back({std::string(path), installed, entry});
  }

  void finish() {
    ContentSize& size = content_.size;
    size.largest.assign(parts_.begin(), parts_.end());
    std::ranges::sort(size.largest, [](const auto& a, const auto& b) {
      return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    if (size.largest.size() > kShown) size.largest.resize(kShown);
    for (const auto& [path, bytes] : folders_)
      if (bytes > 0) content_.parts.push_back({path, bytes});
    std::ranges::stable_sort(content_.parts, std::ranges::greater{}, &MeasuredPart::bytes);
    if (content_.parts.size() > kParts) content_.parts.resize(kParts);
    std::erase_if(content_.unneeded, [](const UnneededPart& part) { return part.bytes == 0; });
    std::erase_if(content_.candidates,
                  [&](const auto& one) { return sources_.contains(replaced_module(one.path)); });
    for (const std::string& name : misplaced_)
      if (!placed_.contains(name)) content_.misplaced.push_back(name);
    std::ranges::sort(content_.modules);
    const auto same = std::ranges::unique(content_.modules);
    content_.modules.erase(same.begin(), same.end());
  }

 private:
  [[nodiscard]] bool keeps(std::string_view path) const {
    return !question_.kept.empty() &&
           (question_.kept == path || question_.kept.starts_with(cat(path, '/')));
  }
  // First names on the runtime's path.
  void module(std::string_view path, std::string_view name, bool is_folder) {
    if (question_.layer) {
      place(path, name, is_folder);
      for (const std::string_view start : known::layer_paths())
        if (path.starts_with(start)) path.remove_prefix(start.size());
      if (const std::size_t site = path.find("site-packages/"); site != path.npos)
        path.remove_prefix(site + 14);
    }
    if (!question_.layer && is_one_of(known::vendored_folders(), first_part(path)) &&
        path.find('/') != path.npos)
      path.remove_prefix(path.find('/') + 1);  // such a folder is put on the path by the code
    if (path.find('/') != path.npos) return;
    const std::size_t dot = name.find('.');
    if (is_folder ? dot == name.npos : name.ends_with(".py") || name.ends_with(".so"))
      content_.modules.emplace_back(name.substr(0, dot));
  }

  // What is a module of a layer by its name: where a runtime looks, or elsewhere. "" is the name of
  // what is none.
  void place(std::string_view path, std::string_view name, bool is_folder) {
    const LayerPlace at = layer_place(path);
    if (at.inner.empty()) return;
    const std::string_view first = at.inner.starts_with('@') ? at.inner : first_part(at.inner);
    const bool whole =
        first == at.inner && (!first.starts_with('@') || first.find('/') != first.npos);
    if (!whole || (first.starts_with('@') && std::ranges::count(first, '/') != 1)) return;
    const std::size_t dot = name.find('.');
    if (is_folder ? !first.starts_with('.') && !name.ends_with("-info") : name.ends_with(".py"))
      (at.found ? placed_ : misplaced_).emplace(is_folder ? first : name.substr(0, dot));
  }

  const ContentQuestion& question_;
  Content& content_;
  std::set<std::string, std::less<>> placed_, misplaced_;
  std::map<std::string, std::uint64_t, std::less<>> parts_, folders_;
  std::set<std::string, std::less<>> sources_;
};

// What a tool that takes development packages out of node_modules leaves there.
class LeftModules {
 public:
  LeftModules(const FileSystem& files, const ContentQuestion& question)
      : modules_(files), question_(question) {}

  void look(const std::string& inner, const std::vector<Entry>& listed) {
    if (!question_.code.drops_development || Taking::is_installed(cat(inner, '/'))) return;
    const auto has = [&](std::string_view name) {
      return std::ranges::find(listed, name, &Entry::name) != listed.end();
    };
    if (has("package.json") && has("node_modules"))
      modules_.follow(join_path(question_.path, inner));
  }
  [[nodiscard]] bool has(const std::string& path, std::string_view name) const {
    if (!question_.code.drops_development) return true;
    // pnpm's own store: what of it is for development is not told apart.
    if (name == ".pnpm") return false;
    return !installed_at(path, name, true) || modules_.takes(join_path(question_.path, path));
  }

 private:
  RuntimeModules modules_;
  const ContentQuestion& question_;
};

struct Open {
  std::string inner = {};
  PackageFilter::Above above = {};
  std::optional<std::size_t> unneeded = {};
  std::size_t depth = 0;
};

}  // namespace

Content content_of_folder(const FileSystem& files, const ContentQuestion& question) {
  Content content;
  Taking taking(question, content);
  const PackageFilter filter(question.left_out, question.code);
  LeftModules modules(files, question);
  std::vector<Open> open{{}};
  std::size_t entries = 0;
  while (!open.empty()) {
    const Open at = std::move(open.back());
    open.pop_back();
    const std::vector<Entry> listed = files.list(join_path(question.path, at.inner));
    // A build installs anew what a manifest names, without tools.
    const bool installs =
        question.installs_anew &&
        std::ranges::find(listed, "package.json", &Entry::name) != listed.end();
    modules.look(at.inner, listed);
    for (const Entry& entry : listed) {
      if (++entries > kArchiveEntries) {
        content.size.reason = "has too many files to measure";
        return content;
      }
      if (installs && entry.name == "node_modules") continue;
      const std::string path = at.inner.empty() ? entry.name : cat(at.inner, '/', entry.name);
      PackageFilter::Above above = at.above;
      const bool is_folder = entry.kind == EntryKind::Folder;
      if (is_folder && !modules.has(path, entry.name)) continue;
      const PackageFilter::Verdict verdict = filter.judge(path, entry.name, is_folder, above);
      if (is_folder && verdict.enter && !entry.link && at.depth < kNameDepth) {
        auto unneeded = at.unneeded;
        if (!unneeded && verdict.packaged) unneeded = taking.folder(path, entry.name);
        open.push_back({path, std::move(above), unneeded, at.depth + 1});
      }
      if (entry.kind == EntryKind::File && verdict.packaged)
        taking.file(path, entry.name, entry.bytes, at.unneeded, 0);
    }
  }
  content.size.source = SizeSource::Folder;
  taking.finish();
  return content;
}

Content content_of_zip(const FileSystem& files, const ContentQuestion& question) {
  Content content;
  ZipArchive archive = open_zip(files, question.path);
  content.size.zipped = archive.bytes;
  if (!archive.problem.empty()) {
    content.size.reason = std::move(archive.problem);
    return content;
  }
  content.archive = std::move(archive.listing);
  Taking taking(question, content);
  std::map<std::string, std::optional<std::size_t>, std::less<>> folders;  // that were met
  std::uint64_t row = 0;
  for (const ArchiveEntry& entry : content.archive.entries) {
    const std::string_view path = entry.name;
    std::optional<std::size_t> unneeded;
    std::size_t depth = 0;
    for (std::size_t at = path.find('/'); at != path.npos && depth < kNameDepth;
         at = path.find('/', at + 1), ++depth) {
      const std::string_view folder = path.substr(0, at);
      auto known = folders.find(folder);
      if (known == folders.end()) {
        auto own = unneeded;
        if (!own) own = taking.folder(folder, file_name_of(folder));
        known = folders.emplace(folder, own).first;
      }
      unneeded = known->second;
    }
    if (entry.mode != 0 && !entry.link) {
      constexpr std::uint16_t kRead = 04, kExecute = 01;
      if ((entry.mode & (path.ends_with('/') ? kExecute : kRead)) == 0)
        content.unreadable.emplace_back(path);
      else if ((entry.mode & kExecute) == 0 && path == "bootstrap")
        content.no_program.emplace_back(path);
    }
    if (!path.ends_with('/')) taking.file(path, file_name_of(path), entry.bytes, unneeded, row);
    ++row;
  }
  content.size.source = SizeSource::Zip;
  taking.finish();
  return content;
}

}  // namespace fnlint
