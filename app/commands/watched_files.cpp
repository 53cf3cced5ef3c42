// Takes the state of all relevant files by their metadata, and compares two such states.

#include "app/commands/watched_files.h"

#include "app/configuration/configuration.h"
#include "app/configuration/exclusion.h"
#include "app/files/discovery.h"
#include "app/files/disk_file_system.h"
#include "app/files/paths.h"
#include "core/ignore_files.h"
#include "core/text.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>

namespace fnlint {

namespace {

std::optional<FileState> state_of(const std::string& path) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
  return FileState{status.st_ino, static_cast<std::uint64_t>(status.st_size), status.st_mtim.tv_sec,
                   status.st_mtim.tv_nsec};
}

// Editors keep what they write for themselves in hidden files.
bool is_watched_file(std::string_view name) {
  return (!name.starts_with('.') && !name.ends_with('~')) || name == kGitIgnore ||
         name.starts_with(".fnlint");
}

// One root, whose ignore files count in all folders of it.
class Walk {
 public:
  Walk(std::string root, bool reads_ignore_files, WatchedFiles& found)
      : root_(std::move(root)),
        top_(top_of(root_)),
        reads_ignore_files_(reads_ignore_files),
        found_(found) {}
  void folder(const std::string& start) {
    open_.push_back(start);
    while (!open_.empty()) {
      const std::string here = std::move(open_.back());
      open_.pop_back();
      if (found_.folders.insert(join_path(root_, here)).second) entries_of(here);
    }
  }

 private:
  void entries_of(const std::string& here);
  bool is_ignored(const std::string& path, bool is_folder) {
    return reads_ignore_files_ &&
           (by_git_.ignores(path, is_folder) ||
            by_own_.ignores(relative_path(join_path(root_, path), top_), is_folder));
  }

  const std::string root_, top_;
  const bool reads_ignore_files_;
  WatchedFiles& found_;
  const DiskFileSystem disk_{root_}, above_{top_};
  IgnoredPaths by_git_{disk_, kGitIgnore}, by_own_{above_, kIgnoreFile};
  std::vector<std::string> open_ = {};  // relative to the root
};

void Walk::entries_of(const std::string& here) {
  std::error_code none;
  const std::string absolute = join_path(root_, here);
  for (std::filesystem::directory_iterator at(absolute, none), end; !none && at != end;
       at.increment(none)) {
    const std::string name = at->path().filename().string();
    const std::string path = join_path(here, name);
    std::error_code unknown;
    const bool is_folder =
        at->symlink_status(unknown).type() == std::filesystem::file_type::directory;
    if (is_folder ? !is_searched_folder(name) : !is_watched_file(name)) continue;
    if (is_ignored(path, is_folder)) continue;
    if (is_folder)
      open_.push_back(path);
    else if (const auto state = state_of(at->path().string()))
      found_.files.emplace(at->path().string(), *state);
  }
}

// A file in an archive changes with it.
void add_file(std::string path, WatchedFiles& found) {
  for (; path.size() > 1; path = folder_of(path)) {
    if (const auto state = state_of(path)) {
      found.files.emplace(path, *state);
      found.folders.emplace(folder_of(path));
      return;
    }
    std::error_code none;
    if (std::filesystem::is_directory(path, none)) return;
  }
}

}  // namespace

WatchedFiles watched_files(std::span<const Target> targets, const Workspaces& workspaces,
                           const WatchOptions& options) {
  std::map<std::string, std::set<std::string>> folders;  // by root
  for (const Target& target : targets) {
    folders[target.root].insert(target.folders.begin(), target.folders.end());
    for (const std::string& file : target.files) folders[target.root].emplace(folder_of(file));
  }
  for (const auto& [root, workspace] : workspaces)
    if (const auto& reach = workspace.reach())
      folders[root].insert(reach->folders.begin(), reach->folders.end());
  WatchedFiles found;
  for (const auto& [root, starts] : folders) {
    Walk walk(root, options.reads_ignore_files, found);
    for (const std::string& start : starts) walk.folder(start);
    const std::string top = top_of(root);
    for (std::string above = root; above.size() > top.size();) {
      above = folder_of(above);
      add_file(join_path(above, kIgnoreFile), found);
    }
    found.folders.insert(root);
    for (const std::string_view name : kConfigurationFiles) add_file(join_path(root, name), found);
  }
  for (const auto& [root, workspace] : workspaces)
    if (const auto& reach = workspace.reach())
      for (const std::string& file : reach->files) add_file(join_path(root, file), found);
  for (const std::string& path : options.also) add_file(path, found);
  for (const std::string& path : options.own) found.files.erase(path);
  return found;
}

void look_again(const std::string& path, WatchedFiles& found) {
  const auto row = found.files.find(path);
  const auto state = state_of(path);
  if (row != found.files.end() && state) row->second = *state;
}

// Of a folder that was not looked at before, nobody knows what is new in it.
bool has_changed(const WatchedFiles& before, const WatchedFiles& now) {
  const auto is_other = [&now](const auto& row) {
    const auto found = now.files.find(row.first);
    return found == now.files.end() || found->second != row.second;
  };
  const auto is_new = [&before](const auto& row) {
    if (before.files.contains(row.first)) return false;
    std::string_view folder = folder_of(row.first);
    while (folder.size() > 1 && !before.folders.contains(std::string(folder)))
      folder = folder_of(folder);
    return before.folders.contains(std::string(folder));
  };
  return std::ranges::any_of(before.files, is_other) || std::ranges::any_of(now.files, is_new);
}

}  // namespace fnlint
