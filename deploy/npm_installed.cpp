// Follows dependencies through the manifests in node_modules, by Node's own rules of lookup.

#include "deploy/npm_installed.h"

#include "core/json.h"
#include "core/limits.h"
#include "core/text.h"

#include <vector>

namespace fnlint {

namespace {

using nlohmann::json;

constexpr std::size_t kPackages = 20'000;

json manifest_of(const FileSystem& files, const std::string& folder) {
  const Result<std::string> text = files.read(join_path(folder, "package.json"), kSourceBytes);
  return text ? parse_json(text.value()) : json();
}

// npm installs what a package's peers are along with it.
std::vector<std::string> needs_of(const json& manifest) {
  std::vector<std::string> names;
  for (const char* key : {"dependencies", "optionalDependencies", "peerDependencies"})
    if (const auto row = manifest.find(key); row != manifest.end() && row->is_object())
      for (const auto& entry : row->items()) names.push_back(entry.key());
  return names;
}

}  // namespace

// As Node.js looks for it: beside the package, then in the folders above.
std::string RuntimeModules::found(const std::string& folder, std::string_view package,
                                  const std::string& name) const {
  for (std::string_view at = package;; at = folder_of(at)) {
    std::string there = join_path(join_path(at, "node_modules"), name);
    if (files_.kind(there) == EntryKind::Folder) return there;
    if (at.size() <= folder.size()) return {};
  }
}

bool RuntimeModules::follow(const std::string& folder) {
  const json manifest = manifest_of(files_, folder);
  if (!manifest.is_object()) return false;
  followed_.insert(join_path(folder, "node_modules"));
  std::vector<std::string> open;
  const auto take = [&](const std::string& from, const json& of) {
    for (const std::string& name : needs_of(of))
      if (std::string there = found(folder, from, name);
          !there.empty() && needed_.size() < kPackages && needed_.insert(there).second)
        open.push_back(std::move(there));
  };
  take(folder, manifest);
  while (!open.empty()) {
    const std::string package = std::move(open.back());
    open.pop_back();
    if (const json inner = manifest_of(files_, package); inner.is_object()) take(package, inner);
  }
  return true;
}

bool RuntimeModules::takes(std::string_view package) const {
  if (needed_.contains(package)) return true;
  constexpr std::string_view kModules = "node_modules";
  for (std::size_t at = package.find(kModules); at != package.npos;
       at = package.find(kModules, at + 1))
    if (followed_.contains(package.substr(0, at + kModules.size()))) return false;
  return true;
}

}  // namespace fnlint
