#pragma once

#include "core/glob.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// The .gitignore files of a search, each with those of the folders above it.
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

}  // namespace fnlint
