// What a project's manifests, scripts, recipes and Dockerfiles say, each read once.
#pragma once

#include "core/files.h"
#include "core/json.h"
#include "frontends/packages/dockerfile.h"
#include "link/resolve/build_commands.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// One table for a run, which all finders ask; read when it is first asked. Not for several threads.
class BuildFacts {
 public:
  explicit BuildFacts(const FileSystem& files) : files_(files) {}
  BuildFacts(const BuildFacts&) = delete;
  BuildFacts& operator=(const BuildFacts&) = delete;
  [[nodiscard]] const FileSystem& files() const { return files_; }

  // A file that a build reads, as it is written; null: it is not there, or is no such file by its
  // size.
  const std::string* text(const std::string& path);
  // The package.json of a folder; null: there is none, or it is no object.
  const nlohmann::json* package(const std::string& folder);
  // Its scripts but for those of tests, by their names.
  const std::map<std::string, std::string>& package_scripts(const std::string& folder);
  // Null: it cannot be read.
  const Dockerfile* docker_file(const std::string& path);
  // What all commands of the project's builds make of what: of Makefiles, Justfiles, shell scripts,
  // magefiles, package.json and CI.
  const std::vector<BuildScript>& scripts();

 private:
  void add_script(const std::string& path, std::string folder);

  const FileSystem& files_;
  std::map<std::string, std::optional<std::string>> texts_ = {};
  std::map<std::string, std::optional<nlohmann::json>> packages_ = {};  // by folder
  std::map<std::string, std::map<std::string, std::string>> package_scripts_ = {};
  std::map<std::string, std::optional<Dockerfile>> docker_files_ = {};
  std::optional<std::vector<BuildScript>> scripts_ = {};
};

}  // namespace fnlint
