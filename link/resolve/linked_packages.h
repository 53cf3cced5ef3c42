// Packages of the same repository that are imported under a published name.
#pragma once

#include "link/resolve/build_facts.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// A package of the project that another one of it depends on.
struct LinkedPackage {
  std::string folder = {};
  bool published = false;  // by its name: what is installed may be another version of it
};

// Where the packages lie that a package.json names as dependencies, outside of workspaces: where
// its `file:` or `link:` says, or, of a scope, the only folder of the project whose package has
// that name. Such names belong to somebody, so that nobody else publishes under them.
class LinkedPackages {
 public:
  explicit LinkedPackages(BuildFacts& builds) : builds_(builds) {}
  // Of a file that imports it; nothing: its package does not depend on one of the project.
  std::optional<LinkedPackage> find(std::string_view from, const std::string& package);
  // Whether a package.json that the file sees names it, wherever it lies; nothing: it sees none.
  std::optional<bool> is_named(std::string_view from, const std::string& package);

 private:
  using Versions = std::map<std::string, std::string>;  // by name
  const Versions* dependencies(const std::string& folder);
  const std::map<std::string, std::vector<std::string>>& named();
  BuildFacts& builds_;
  std::map<std::string, std::optional<Versions>> dependencies_ = {};           // by folder
  std::optional<std::map<std::string, std::vector<std::string>>> named_ = {};  // folders, by name
};

}  // namespace fnlint
