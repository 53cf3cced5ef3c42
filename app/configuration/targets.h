// What is to be linted: project roots, and the parts of them that were named.
#pragma once

#include "app/files/discovery.h"
#include "app/files/overlay_files.h"
#include "core/result.h"

#include <string>
#include <vector>

namespace fnlint {

// What one run is about: a root and the named folders and files below it.
struct Target {
  std::string root = {};                  // absolute
  std::vector<std::string> folders = {};  // relative to the root; "" is the root itself
  std::vector<std::string> files = {};
  // Files and folders alone of which findings are told; empty: all.
  std::vector<std::string> told = {};
  Overlays overlays = {};  // what is told is told of these alone
};

// The paths of a command line, by the root that each belongs to: the nearest folder above it,
// itself included, that holds .git or .fnlint.yaml, else the path itself (of a file: its folder).
// Where there is no .git above, a .fnlint.yaml is looked for no higher than in the current folder.
// What lies in a named folder belongs to that one's root. An error names the path that cannot be
// read.
Result<std::vector<Target>> targets_of(const std::vector<std::string>& paths,
                                       const std::string& working_directory);

// One file, which need not be there, with other contents than the disk has: its project is linted,
// and told of is it alone.
Result<Target> target_of_text(const std::string& path, std::string text,
                              const std::string& working_directory);

// The same about all of its root, but that findings are told of what was named alone.
Target told_of_named(Target target);

// The nearest folder above a place, itself included, that holds .git; empty when there is none.
std::string repository_of(const std::string& folder);
// The same, or where there is none the folder itself: nothing above it has a say.
std::string top_of(const std::string& folder);

}  // namespace fnlint
