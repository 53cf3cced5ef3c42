#include "core/text.h"
#include "frontends/packages/manifest_reading.h"

#include <array>

// package.json and npm's lock files: what is asked for, what is installed, and who needs whom.
namespace fnlint {

using namespace manifests;

namespace {

struct Section {
  const char* key;
  DependencyUse use;
};
constexpr std::array kSections{Section{"dependencies", DependencyUse::Runtime},
                               Section{"devDependencies", DependencyUse::Development},
                               Section{"optionalDependencies", DependencyUse::Optional},
                               Section{"peerDependencies", DependencyUse::Provided}};

bool is_elsewhere(std::string_view version) {
  for (const std::string_view start :
       {"file:", "link:", "portal:", "workspace:", "catalog:", "git", "http", "github:", "ssh:"})
    if (version.starts_with(start)) return true;
  return version.find('/') != version.npos && !version.starts_with("npm:");
}

std::string_view name_in_path(std::string_view path) {
  constexpr std::string_view kFolder = "node_modules/";
  const std::size_t at = path.rfind(kFolder);
  return at == path.npos ? std::string_view{} : path.substr(at + kFolder.size());
}

// What the package at `path` gets when it asks for `name`: in its own node_modules, or the nearest
// above.
void needs_from(Rows& rows, const std::map<std::string, std::uint32_t, std::less<>>& places,
                std::string_view path, std::string_view name, std::uint32_t by) {
  for (std::string_view at = path;;) {
    const std::string tried = cat(at, at.empty() ? "" : "/", "node_modules/", name);
    if (const auto found = places.find(tried); found != places.end()) {
      rows.list().rows[by].needs.push_back(found->second);
      return;
    }
    if (at.empty()) return;
    const std::size_t cut = at.rfind("node_modules/");
    at = cut == at.npos || cut == 0 ? std::string_view{} : at.substr(0, cut - 1);
  }
}

class PackageLock {
 public:
  explicit PackageLock(const Document& document) : root_(document) { rows_.take_problems(document); }

  DependencyList read() {
    rows_.list().complete = true;
    if (root_["packages"])
      read_packages();
    else
      read_nested(root_["dependencies"], "", 0);
    std::size_t needs = 0;
    for (const auto& [by, path, place] : asking_)
      for (const char* key : {"dependencies", "optionalDependencies", "requires"})
        for (const MapEntry& entry : place[key].entries())
          if ((key[0] == 'r' || !nested_) && ++needs < kNeeds)
            needs_from(rows_, places_, path, entry.key, by);
    return rows_.finish();
  }

 private:
  struct Asking {
    std::uint32_t by = 0;
    std::string path = {};
    Place place = {};
  };

  void add(std::string path, const Place& place, Range where) {
    std::string_view name = name_in_path(path);
    if (name.empty()) return;
    Dependency& row = rows_.add(name, where);
    row.version = place["version"].text();
    row.known = VersionKnown::Locked;
    row.elsewhere = place["link"].is_true();
    if (place["dev"].is_true() || place["devOptional"].is_true())
      row.use = DependencyUse::Development;
    else if (place["optional"].is_true())
      row.use = DependencyUse::Optional;
    for (const char* key : {"os", "cpu"})
      for (const NodeId item : place[key].items())
        row.condition += cat(row.condition.empty() ? "" : " ", place.at(item).text());
    for (const NodeId item : place["libc"].items())
      row.condition += cat(row.condition.empty() ? "" : " ", place.at(item).text());
    row.path = path;
    row.direct = direct_.contains(name) && path.rfind("node_modules/") == 0;
    places_.emplace(path, rows_.last());
    asking_.push_back({rows_.last(), std::move(path), place});
  }

  void read_packages() {  // versions 2 and 3
    for (const Section& section : kSections)
      for (const MapEntry& entry : root_["packages"][""][section.key].entries())
        direct_.emplace(entry.key, section.use);
    for (const MapEntry& entry : root_["packages"].entries())
      add(entry.key, root_.at(entry.value), entry.key_range);
  }

  // Version 1; a document's depth is bounded.
  void read_nested(const Place& dependencies, const std::string& above, std::size_t depth) {
    nested_ = true;
    if (depth > kNestingDepth) return;
    for (const MapEntry& entry : dependencies.entries()) {
      const Place place = root_.at(entry.value);
      std::string path = cat(above, above.empty() ? "" : "/", "node_modules/", entry.key);
      add(path, place, entry.key_range);
      read_nested(place["dependencies"], path, depth + 1);
    }
  }

  Place root_;
  Rows rows_{Registry::Npm, true};
  bool nested_ = false;
  std::map<std::string, DependencyUse, std::less<>> direct_;
  std::map<std::string, std::uint32_t, std::less<>> places_;
  std::vector<Asking> asking_;
};

}  // namespace

DependencyList read_package_json(std::string_view text) {
  const Document document = read_json(text);
  const Place root(document);
  Rows rows(Registry::Npm, false);
  rows.take_problems(document);
  for (const Section& section : kSections)
    for (const MapEntry& entry : root[section.key].entries()) {
      Dependency& row = rows.add(entry.key, entry.key_range);
      std::string_view version = root.at(entry.value).text();
      row.use = section.use;
      row.direct = true;
      row.elsewhere = is_elsewhere(version);
      if (version.starts_with("npm:")) {  // another package, installed under this name
        row.asked.emplace_back(version);
        const std::size_t at = version.rfind('@');
        version = at == version.npos || at <= 4 ? std::string_view{} : version.substr(at + 1);
      }
      set_version(row, version);
    }
  Place spaces = root["workspaces"];
  if (spaces["packages"]) spaces = spaces["packages"];
  for (const NodeId item : spaces.items())
    rows.list().workspaces.emplace_back(root.at(item).text());
  return rows.finish();
}

DependencyList read_package_lock(std::string_view text) {
  const Document document = read_json(text);
  return PackageLock(document).read();
}

}  // namespace fnlint
