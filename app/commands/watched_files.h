// Which files can change the result of a run, and whether one of them did.
#pragma once

#include "app/configuration/targets.h"
#include "app/run/workspace.h"

#include <compare>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace fnlint {

// How a file was when it was looked at.
struct FileState {
  std::uint64_t inode = 0, bytes = 0;
  std::int64_t seconds = 0, nanoseconds = 0;  // of the last change
  friend bool operator==(const FileState&, const FileState&) = default;
};

// The files that a run depends on, by absolute paths, and the folders where others may come to be.
struct WatchedFiles {
  std::map<std::string, FileState> files = {};
  std::set<std::string> folders = {};
};

// What is watched besides what the targets say.
struct WatchOptions {
  std::vector<std::string> also = {};  // files, absolute, as all here are
  std::set<std::string> own = {};      // what a run itself writes, which is not watched
  bool reads_ignore_files = true;
};

// What lies in the folders of the targets and of the last runs in the workspaces, but for ignored
// and hidden folders and installed packages; what these runs have read, wherever that lies.
WatchedFiles watched_files(std::span<const Target> targets, const Workspaces& workspaces,
                           const WatchOptions& options);

// How one of the files is now.
void look_again(const std::string& path, WatchedFiles& found);

// Whether a run would find something else than before.
bool has_changed(const WatchedFiles& before, const WatchedFiles& now);

}  // namespace fnlint
