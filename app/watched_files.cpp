#include "app/watched_files.h"

#include "app/configuration.h"
#include "app/discovery.h"
#include "app/disk_file_system.h"
#include "app/ignore_files.h"
#include "app/paths.h"
#include "core/limits.h"
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
  Walk(std::string root, WatchedFiles& found) : root_(std::move(root)), found_(found) {}
  void folder(const std::string& start) {
    open_.push_back({start, ignored_above(start)});
    while (!open_.empty()) {
      const Folder here = std::move(open_.back());
      open_.pop_back();
      if (found_.folders.insert(join_path(root_, here.path)).second) entries_of(here);
    }
  }

 private:
  struct Folder {
    std::string path = {};  // relative to the root
    IgnoreFiles::Level ignored = 0;
  };
  IgnoreFiles::Level add_ignore_file(IgnoreFiles::Level above, const std::string& folder) {
    const DiskFileSystem disk(root_);
    const Result<std::string> text = disk.read(join_path(folder, kGitIgnore), kSourceBytes);
    return text ? ignored_.add(above, folder, text.value()) : above;
  }
  IgnoreFiles::Level ignored_above(const std::string& folder) {
    if (folder.empty()) return 0;
    const std::string above(folder_of(folder));
    return add_ignore_file(ignored_above(above), above);
  }
  void entries_of(const Folder& here);

  const std::string root_;
  WatchedFiles& found_;
  IgnoreFiles ignored_ = {};
  std::vector<Folder> open_ = {};
};

void Walk::entries_of(const Folder& here) {
  const IgnoreFiles::Level level = add_ignore_file(here.ignored, here.path);
  std::error_code none;
  const std::string absolute = join_path(root_, here.path);
  for (std::filesystem::directory_iterator at(absolute, none), end; !none && at != end;
       at.increment(none)) {
    const std::string name = at->path().filename().string();
    const std::string path = join_path(here.path, name);
    std::error_code unknown;
    const bool is_folder =
        at->symlink_status(unknown).type() == std::filesystem::file_type::directory;
    if (is_folder ? !is_searched_folder(name) : !is_watched_file(name)) continue;
    if (ignored_.ignores(level, path, is_folder)) continue;
    if (is_folder)
      open_.push_back({path, level});
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

WatchedFiles watched_files(std::span<const Target> targets, const std::vector<ProjectRun>& runs,
                           const std::vector<std::string>& also, const std::set<std::string>& own) {
  std::map<std::string, std::set<std::string>> folders;  // by root
  for (const Target& target : targets) {
    folders[target.root].insert(target.folders.begin(), target.folders.end());
    for (const std::string& file : target.files) folders[target.root].emplace(folder_of(file));
  }
  for (const ProjectRun& each : runs)
    folders[each.target.root].insert(each.run.folders.begin(), each.run.folders.end());
  WatchedFiles found;
  for (const auto& [root, starts] : folders) {
    Walk walk(root, found);
    for (const std::string& start : starts) walk.folder(start);
    found.folders.insert(root);
    for (const std::string_view name : kConfigurationFiles) add_file(join_path(root, name), found);
  }
  for (const ProjectRun& each : runs)
    for (std::uint32_t i = 0; i < each.run.files.size(); ++i)
      add_file(join_path(each.target.root, each.run.files.path(FileId{i})), found);
  for (const std::string& path : also) add_file(path, found);
  for (const std::string& path : own) found.files.erase(path);
  return found;
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
