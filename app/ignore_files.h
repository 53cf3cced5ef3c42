#pragma once

#include "app/glob.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// The .gitignore files from a root down to the folder that is being searched.
class IgnoreFiles {
 public:
  // `folder` holds the ignore file; it is relative to the root, "" for the root itself. Files of
  // folders that do not lead to what is asked about are simply never consulted.
  void add(std::string_view folder, std::string_view text);

  // Only the path itself counts: a caller does not search a folder that is ignored.
  [[nodiscard]] bool ignores(std::string_view path, bool is_folder) const;

 private:
  struct Line {
    Glob glob;
    bool negated = false;
  };
  struct File {
    std::string folder = {};
    std::vector<Line> lines = {};
  };
  std::vector<File> files_ = {};  // outer folders first
};

}  // namespace fnlint
