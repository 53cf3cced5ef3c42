// Dependencies that a package will have once it is built, with versions and sizes.
#pragma once

#include "core/files.h"
#include "frontends/packages/manifests.h"
#include "model/package.h"
#include "model/resources.h"

#include <functional>
#include <map>
#include <set>
#include <optional>
#include <string>
#include <string_view>

namespace fnlint {

// Hands a file that was read to the run, which keeps its text and gives it an id.
using KeepFile = std::function<FileId(const std::string& path, std::string text)>;

// The manifests and lock files of a run, each read once.
class Manifests {
 public:
  Manifests(const FileSystem& files, KeepFile keep) : files_(files), keep_(std::move(keep)) {}

  struct File {
    FileId id = {};
    DependencyList list = {};
  };
  // Null: there is no such file, or it is no manifest. `form`: of a file that a manifest takes in,
  // whatever its name.
  const File* read(const std::string& path, const ManifestForm* form = nullptr);
  // Names that the manifests of a folder speak of.
  const std::set<std::string>& listed(const std::string& folder, Registry registry);
  // The same of a folder and of those above it.
  const std::set<std::string>& mentioned(const std::string& folder, Registry registry);
  // The version of a package that the nearest manifest asks for which names it, in the folder or
  // above it; empty: none does.
  std::string asked_version(std::string folder, Registry registry, std::string_view name);
  // A script in the folder or above it that installs packages; empty: none.
  const std::string& installer(const std::string& folder, Registry registry);
  // A script in the folder or above it that copies or packs what has that name; empty: none.
  const std::string& copier(const std::string& folder, const std::string& name);
  [[nodiscard]] const FileSystem& files() const { return files_; }

 private:
  using IsMeant = std::function<bool(std::string_view text)>;
  std::string script_of(const std::string& folder, const IsMeant& is_meant) const;

  const FileSystem& files_;
  KeepFile keep_;
  std::map<std::string, File> read_;
  std::map<std::pair<std::string, Registry>, std::set<std::string>> listed_, mentioned_;
  std::map<std::pair<std::string, Registry>, std::string> installers_;
  std::map<std::pair<std::string, std::string>, std::string> copiers_;  // by folder and name
};

// Whose packages a runtime loads: "python3.13" those of pip.
std::optional<Registry> registry_of(std::string_view runtime);

// What the manifests of a folder bring into its package. `installs`: the manifest that a deploying
// tool's build installs; empty: any that lies there may be.
struct DependencyQuestion {
  std::string folder = {};
  Registry registry{};
  std::string installs = {};
  bool surely = false;  // a deploying tool installs what they name
};
void add_dependencies(Manifests& manifests, const DependencyQuestion& question, Package& package);

// What is listed but not there, with its size as far as the table knows. `takes`: whether
// the package takes it, where it is installed.
using TakesDependency = std::function<bool(const PackagedDependency& row)>;
std::vector<MeasuredPart> planned_parts(const Package& package, const TakesDependency& takes);

}  // namespace fnlint
