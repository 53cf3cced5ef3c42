// Keeps what each package depends on, and indexes the project's packages by name.

#include "link/resolve/linked_packages.h"

#include "core/text.h"
#include "link/resolve/source_index.h"

namespace fnlint {

using nlohmann::json;

// No rows: the folder is not that of a package.
const LinkedPackages::Versions* LinkedPackages::dependencies(const std::string& folder) {
  const auto [row, is_new] = dependencies_.try_emplace(folder);
  if (is_new) {
    if (const json* manifest = builds_.package(folder)) {
      row->second.emplace();
      for (const char* const kind : {"dependencies", "devDependencies", "peerDependencies"})
        if (const auto list = manifest->find(kind); list != manifest->end() && list->is_object())
          for (const auto& [name, version] : list->items())
            if (version.is_string()) row->second->emplace(name, version.get<std::string>());
    }
  }
  return row->second ? &*row->second : nullptr;
}

const std::map<std::string, std::vector<std::string>>& LinkedPackages::named() {
  if (named_) return *named_;
  named_.emplace();
  const auto is_manifest = [](std::string_view name) { return name == "package.json"; };
  const auto none = [](std::string_view) { return false; };
  for (const std::string& path : files_called(builds_.files(), "", is_manifest, none)) {
    const std::string folder(folder_of(path));
    if (const json* manifest = builds_.package(folder))
      if (const auto name = manifest->find("name"); name != manifest->end() && name->is_string())
        (*named_)[name->get<std::string>()].push_back(folder);
  }
  return *named_;
}

std::optional<bool> LinkedPackages::is_named(std::string_view from, const std::string& package) {
  std::optional<bool> named;
  for (std::string at(folder_of(from));; at = std::string(folder_of(at))) {
    const Versions* const all = dependencies(at);
    if (all != nullptr && all->contains(package)) return true;
    if (all != nullptr) named = false;
    if (at.empty()) return named;
  }
}

std::optional<LinkedPackage> LinkedPackages::find(std::string_view from,
                                                  const std::string& package) {
  for (std::string at(folder_of(from));; at = std::string(folder_of(at))) {
    const Versions* const all = dependencies(at);
    const auto version = all != nullptr ? all->find(package) : Versions::const_iterator{};
    if (all != nullptr && version != all->end()) {
      for (const std::string_view how : {"file:", "link:", "portal:"})
        if (version->second.starts_with(how))
          return LinkedPackage{join_path(at, std::string_view(version->second).substr(how.size()))};
      if (version->second.starts_with("./") || version->second.starts_with("../"))
        return LinkedPackage{join_path(at, version->second)};
      if (!package.starts_with('@')) return std::nullopt;
      const auto found = named().find(package);
      if (found == named().end() || found->second.size() != 1) return std::nullopt;
      return LinkedPackage{found->second.front(), true};
    }
    if (at.empty()) return std::nullopt;
  }
}

}  // namespace fnlint
