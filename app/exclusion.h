#pragma once

#include "app/command_line.h"
#include "app/configuration.h"
#include "app/paths.h"
#include "app/targets.h"
#include "core/glob.h"
#include "core/text.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What the user leaves out: by the configuration, relative to the root, and by the command line,
// relative to the working directory.
class Exclusion {
 public:
  Exclusion(const Target& target, const Configuration& configuration, const CommandLine& line,
            const std::string& working_directory)
      : globs_(configuration.exclude), root_(target.root), working_directory_(working_directory) {
    for (std::string_view glob : line.exclude) {
      const std::string above = cat(working_directory, '/');
      if (glob.starts_with(above)) glob.remove_prefix(working_directory.size());
      here_.emplace_back(glob);
    }
  }
  [[nodiscard]] bool matches(std::string_view path, bool is_folder) const {
    if (path.empty()) return false;
    return any(globs_, [&](const Glob& glob) { return glob.matches(path, is_folder); }) ||
           any(here_, [&](const Glob& glob) { return glob.matches(from_here(path), is_folder); });
  }
  [[nodiscard]] bool covers(std::string_view file) const {
    return any(globs_, [&](const Glob& glob) { return glob.covers(file); }) ||
           any(here_, [&](const Glob& glob) { return glob.covers(from_here(file)); });
  }

 private:
  template <class Test>
  static bool any(const std::vector<Glob>& globs, const Test& test) {
    return std::ranges::any_of(globs, test);
  }
  [[nodiscard]] std::string from_here(std::string_view path) const {
    return relative_path(join_path(root_, path), working_directory_);
  }

  std::vector<Glob> globs_;
  std::vector<Glob> here_ = {};
  std::string root_, working_directory_;
};

}  // namespace fnlint
