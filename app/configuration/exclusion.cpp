// Asks configurations, ignore files and the command line in turn whether a path is left out.

#include "app/configuration/exclusion.h"

#include "app/files/discovery.h"
#include "app/files/disk_file_system.h"
#include "app/files/paths.h"
#include "core/text.h"

#include <algorithm>

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
      : ignored_(files, kGitIgnore), reads_ignore_files_(reads_ignore_files) {}
  bool leads_to(std::string_view path, bool is_folder) {
    for (std::size_t at = path.find('/'); at != std::string_view::npos; at = path.find('/', at + 1))
      if (!enters(path.substr(0, at), true)) return false;
    return path.empty() || enters(path, is_folder);
  }

 private:
  bool enters(std::string_view path, bool is_folder) {
    return (!is_folder || is_searched_folder(file_name_of(path))) &&
           !(reads_ignore_files_ && ignored_.ignores(path, is_folder));
  }

  IgnoredPaths ignored_;
  bool reads_ignore_files_;
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
      top_(top_of(target.root)),
      reads_ignore_files_(!line.no_ignore) {
  const std::string above = cat(working_directory, '/');
  for (std::string_view glob : line.exclude) {
    if (glob.starts_with(above)) glob.remove_prefix(working_directory.size());
    here_.push_back({Glob(glob), std::string(glob), working_directory});
  }
  // An editor hands over each file that it has open; the current folder is only taken for granted.
  if (line.force_exclude || line.paths.empty() || !target.told.empty()) return;
  named_.insert(target.folders.begin(), target.folders.end());
  named_.insert(target.files.begin(), target.files.end());
}

bool Exclusion::is_root_ignored() {
  if (!reads_ignore_files_ || is_named("")) return false;
  for (std::string_view at = root_; at.size() > top_.size(); at = folder_of(at))
    if (ignored_.ignores(relative_path(at, top_), true)) return true;
  return false;
}

bool Exclusion::matches(std::string_view path, bool is_folder) {
  if (path.empty()) return is_root_ignored();
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
  if (const auto known = folders_.find(folder); known != folders_.end()) return known->second;
  const bool is_below_another = !folder.empty() && !is_named(folder);
  const bool covered =
      (is_below_another && covers_folder(folder_of(folder))) || matches(folder, true);
  folders_.emplace(folder, covered);
  return covered;
}

bool Exclusion::covers(std::string_view file) {
  return (!is_named(file) && covers_folder(folder_of(file))) || matches(file, false);
}

bool Exclusion::is_ignored(std::string_view path, bool is_folder) {
  const std::string absolute = join_path(root_, path);
  return is_below(absolute, top_) && ignored_.ignores(relative_path(absolute, top_), is_folder);
}

Target without_excluded(Target target, Exclusion& exclusion, bool reads_ignore_files) {
  std::erase_if(target.folders, [&](const auto& each) { return exclusion.covers_folder(each); });
  std::erase_if(target.files, [&](const auto& each) { return exclusion.covers(each); });
  const DiskFileSystem disk(target.root);
  leave_out_ignored(disk, target.folders, target.files, reads_ignore_files);
  return target;
}

}  // namespace fnlint
