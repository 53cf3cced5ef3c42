// Paths that the user does not want to be linted.
#pragma once

#include "app/configuration/command_line.h"
#include "app/configuration/configurations.h"
#include "app/configuration/targets.h"
#include "app/files/disk_file_system.h"
#include "core/glob.h"
#include "core/ignore_files.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

inline constexpr std::string_view kIgnoreFile = ".fnlintignore";

// Whether a pattern matches a path, relative to the root, or a folder above it.
bool covers(const PlacedGlob& glob, const std::string& root, std::string_view path);

// What the user leaves out: by the configurations and .fnlintignore files of the path's folder and
// those above it, and by the command line, relative to the working directory. A path that the
// command line names is not left out by the files, unless it says --force-exclude.
class Exclusion {
 public:
  Exclusion(const Target& target, Configurations& configurations, const CommandLine& line,
            const std::string& working_directory);
  Exclusion(const Exclusion&) = delete;
  Exclusion& operator=(const Exclusion&) = delete;

  // The path itself, relative to the root; what is above it is not asked.
  bool matches(std::string_view path, bool is_folder);
  // The file, or a folder that it is in.
  bool covers(std::string_view file);
  bool covers_folder(std::string_view folder);

 private:
  bool is_root_ignored();  // by a .fnlintignore above it
  bool is_ignored(std::string_view path, bool is_folder);
  [[nodiscard]] bool is_named(std::string_view path) const { return named_.contains(path); }

  Configurations& configurations_;
  std::vector<PlacedGlob> here_ = {};
  std::string root_, top_;  // ignore files are looked for up to the top
  bool reads_ignore_files_ = true;
  std::set<std::string, std::less<>> named_ = {};
  std::map<std::string, bool, std::less<>> folders_ = {};
  const DiskFileSystem above_{top_};
  IgnoredPaths ignored_{above_, kIgnoreFile};
};

// The target without what is left out of it or ignored, as --force-exclude wants it.
Target without_excluded(Target target, Exclusion& exclusion, bool reads_ignore_files);

}  // namespace fnlint
