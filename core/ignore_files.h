// Which paths a project leaves out, by `.gitignore` and other ignore files in its folders.
#pragma once

#include "core/files.h"
#include "core/glob.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

inline constexpr std::string_view kGitIgnore = ".gitignore";

// Ignore files as texts, each with those of the folders above it.
class IgnoreFiles {
 public:
  // The files that count in one folder. The default counts none.
  using Level = std::size_t;

  // Adds the file of `folder`, which is relative to the root, to those above it.
  Level add(Level above, std::string_view folder, std::string_view text);

  // Only the path itself counts: a caller does not search a folder that is ignored.
  [[nodiscard]] bool ignores(Level level, std::string_view path, bool is_folder) const;

 private:
  struct Line {
    Glob glob;
    bool negated = false;
  };
  struct File {
    Level above = 0;
    std::size_t depth = 0;  // of its folder
    std::vector<Line> lines = {};
  };
  std::vector<File> files_ = {};  // level n is file n - 1
};

// What the ignore files of one name say of the paths of a file system, which outlives this. Each is
// read when a path below it is first asked about, and goes before those of the folders above it.
class IgnoredPaths {
 public:
  IgnoredPaths(const FileSystem& files, std::string_view name) : files_(files), name_(name) {}

  // Of what is in the folder, the files above it say nothing.
  void forget_above(std::string_view folder) { level_below(0, folder); }
  // Only the path itself counts, and not what is above it.
  bool ignores(std::string_view path, bool is_folder);
  // A file's path, or a folder above it: one that is ignored is not looked into.
  bool covers(std::string_view file);

 private:
  IgnoreFiles::Level level(std::string_view folder);
  IgnoreFiles::Level level_below(IgnoreFiles::Level above, std::string_view folder);

  const FileSystem& files_;
  const std::string name_;
  IgnoreFiles ignored_ = {};
  std::map<std::string, IgnoreFiles::Level, std::less<>> levels_ = {};  // by folder
};

}  // namespace fnlint
