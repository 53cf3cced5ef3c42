#include "app/exclusion.h"

#include "app/discovery.h"
#include "app/disk_file_system.h"
#include "app/paths.h"
#include "core/limits.h"
#include "core/text.h"

#include <algorithm>
#include <map>

namespace fnlint {

namespace {

// The path as seen from the pattern's folder.
std::string seen_from(const PlacedGlob& glob, const std::string& root, std::string_view path) {
  return glob.base == root ? std::string(path) : relative_path(join_path(root, path), glob.base);
}

// What .gitignore files and the names of folders say of any path below the root.
class Reach {
 public:
  Reach(const FileSystem& files, bool reads_ignore_files)
      : files_(files), reads_ignore_files_(reads_ignore_files) {}
  bool leads_to(std::string_view path, bool is_folder) {
    for (std::size_t at = path.find('/'); at != std::string_view::npos; at = path.find('/', at + 1))
      if (!enters(path.substr(0, at), true)) return false;
    return path.empty() || enters(path, is_folder);
  }

 private:
  bool enters(std::string_view path, bool is_folder) {
    return (!is_folder || is_searched_folder(file_name_of(path))) &&
           !ignored_.ignores(level(folder_of(path)), path, is_folder);
  }
  IgnoreFiles::Level level(std::string_view folder) {
    if (!reads_ignore_files_) return 0;
    if (const auto known = levels_.find(folder); known != levels_.end()) return known->second;
    IgnoreFiles::Level above = folder.empty() ? 0 : level(folder_of(folder));
    if (const auto text = files_.read(join_path(folder, kGitIgnore), kSourceBytes))
      above = ignored_.add(above, folder, text.value());
    levels_.emplace(folder, above);
    return above;
  }

  const FileSystem& files_;
  bool reads_ignore_files_;
  IgnoreFiles ignored_ = {};
  std::map<std::string, IgnoreFiles::Level, std::less<>> levels_ = {};
};

// Takes out what a search from the root would not reach.
void leave_out_ignored(const FileSystem& files, std::vector<std::string>& folders,
                       std::vector<std::string>& named, bool reads_ignore_files) {
  Reach reach(files, reads_ignore_files);
  std::erase_if(folders, [&](const auto& each) { return !reach.leads_to(each, true); });
  std::erase_if(named, [&](const auto& each) { return !reach.leads_to(each, false); });
}

}  // namespace

bool covers(const PlacedGlob& glob, const std::string& root, std::string_view path) {
  return glob.glob.covers(seen_from(glob, root, path));
}

Exclusion::Exclusion(const Target& target, Configurations& configurations, const CommandLine& line,
                     const std::string& working_directory)
    : configurations_(configurations),
      root_(target.root),
      top_(repository_of(target.root)),
      reads_ignore_files_(!line.no_ignore) {
  if (top_.empty()) top_ = root_;
  const std::string above = cat(working_directory, '/');
  for (std::string_view glob : line.exclude) {
    if (glob.starts_with(above)) glob.remove_prefix(working_directory.size());
    here_.push_back({Glob(glob), std::string(glob), working_directory});
  }
  // An editor hands over each file that it has open.
  if (line.force_exclude || !target.overlays.empty()) return;
  named_.insert(target.folders.begin(), target.folders.end());
  named_.insert(target.files.begin(), target.files.end());
}

bool Exclusion::matches(std::string_view path, bool is_folder) {
  if (path.empty()) return false;
  const auto any = [&](const std::vector<PlacedGlob>& globs) {
    return std::ranges::any_of(globs, [&](const PlacedGlob& glob) {
      return glob.glob.matches(seen_from(glob, root_, path), is_folder);
    });
  };
  if (any(here_)) return true;
  if (is_named(path)) return false;
  for (const InEffect* each = &configurations_.of(path); each != nullptr; each = each->above)
    if (any(each->content.exclude)) return true;
  return reads_ignore_files_ && is_ignored(path, is_folder);
}

bool Exclusion::covers_folder(std::string_view folder) {
  if (folder.empty()) return false;
  if (const auto known = folders_.find(folder); known != folders_.end()) return known->second;
  const bool covered =
      (!is_named(folder) && covers_folder(folder_of(folder))) || matches(folder, true);
  folders_.emplace(folder, covered);
  return covered;
}

bool Exclusion::covers(std::string_view file) {
  return (!is_named(file) && covers_folder(folder_of(file))) || matches(file, false);
}

bool Exclusion::is_ignored(std::string_view path, bool is_folder) {
  const std::string absolute = join_path(root_, path);
  return ignored_.ignores(ignored_in(std::string(folder_of(absolute))),
                          relative_path(absolute, top_), is_folder);
}

// A file of the folder goes before those of the folders above it.
IgnoreFiles::Level Exclusion::ignored_in(const std::string& folder) {
  if (!is_below(folder, top_)) return 0;
  if (const auto known = levels_.find(folder); known != levels_.end()) return known->second;
  const IgnoreFiles::Level above = folder == top_ ? 0 : ignored_in(std::string(folder_of(folder)));
  const Result<std::string> text = DiskFileSystem{folder}.read(kIgnoreFile, kSourceBytes);
  const IgnoreFiles::Level level =
      text ? ignored_.add(above, relative_path(folder, top_), text.value()) : above;
  levels_.emplace(folder, level);
  return level;
}

Target without_excluded(Target target, Exclusion& exclusion, bool reads_ignore_files) {
  std::erase_if(target.folders, [&](const auto& each) { return exclusion.covers_folder(each); });
  std::erase_if(target.files, [&](const auto& each) { return exclusion.covers(each); });
  const DiskFileSystem disk(target.root);
  leave_out_ignored(disk, target.folders, target.files, reads_ignore_files);
  return target;
}

}  // namespace fnlint
