// Tells packages in node_modules that are needed at run time from those for development.
#pragma once

#include "core/files.h"

#include <set>
#include <string>
#include <string_view>

namespace fnlint {

// Which packages of node_modules folders the manifests beside them need at run time: what is left
// where a tool takes out those for development, as `npm ls --omit=dev` tells them apart.
class RuntimeModules {
 public:
  explicit RuntimeModules(const FileSystem& files) : files_(files) {}

  // A folder with a package.json and a node_modules; false where the manifest cannot be read.
  bool follow(const std::string& folder);
  // A package's folder; what no manifest that was followed speaks of is taken.
  [[nodiscard]] bool takes(std::string_view package) const;

 private:
  [[nodiscard]] std::string found(const std::string& folder, std::string_view package,
                                  const std::string& name) const;

  const FileSystem& files_;
  std::set<std::string, std::less<>> followed_, needed_;
};

}  // namespace fnlint
