// Finds the project root above each path that the user names, and groups paths by root.

#include "app/configuration/targets.h"

#include "app/configuration/configuration.h"
#include "app/files/paths.h"
#include "core/text.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <utility>

namespace fnlint {

namespace {

struct Named {
  std::string path = {};  // absolute, without symbolic links
  bool is_folder = false;
  std::string root = {};
};

// "; did you mean 'template.yaml'?" for a path whose folder has a name like it.
std::string neighbour(const std::string& path) {
  const std::string folder(folder_of(path));
  const std::unique_ptr<DIR, int (*)(DIR*)> handle(::opendir(folder.empty() ? "." : folder.c_str()),
                                                   ::closedir);
  if (!handle) return {};
  std::vector<std::string> names;
  while (const dirent* const row = ::readdir(handle.get()))
    if (row->d_name[0] != '.') names.emplace_back(row->d_name);
  std::ranges::sort(names);
  const std::string_view close =
      nearest(file_name_of(path), std::vector<std::string_view>(names.begin(), names.end()));
  return close.empty() ? std::string{} : cat("; did you mean '", close, "'?");
}

// Who owns a folder above may have been anyone: what counts there is the user's own, the system's,
// or of the owner of what is linted.
bool counts(const std::string& path, uid_t owner) {
  struct stat status = {};
  return ::lstat(path.c_str(), &status) == 0 &&  // a link that leads nowhere is there all the same
         (status.st_uid == owner || status.st_uid == ::geteuid() || status.st_uid == 0);
}

// The nearest folder with a name in it, from `start` up to `last`; empty: none.
std::string nearest_with(const std::string& start, std::string_view name,
                         const std::string& last = "/") {
  struct stat status = {};
  if (::stat(start.c_str(), &status) != 0) return {};
  for (std::string folder = start; !folder.empty(); folder = folder_of(folder)) {
    if (counts(join_path(folder, name), status.st_uid)) return folder;
    if (folder == last || folder == "/") break;
  }
  return {};
}

// Nothing above a repository decides how it is linted; nor, where there is no repository, what lies
// above both the named folder and the current one. Where neither is, it is the last of these.
std::string root_of(const std::string& folder, const std::string& working_directory,
                    const std::string& otherwise) {
  const std::string repository = repository_of(folder);
  const bool is_here = is_below(folder, working_directory);
  const std::string& last = !repository.empty() ? repository : is_here ? working_directory : folder;
  std::string configured;
  for (const std::string_view name : kConfigurationFiles)
    if (std::string found = nearest_with(folder, name, last); found.size() > configured.size())
      configured = std::move(found);
  if (!configured.empty()) return configured;
  return repository.empty() ? otherwise : repository;
}

Result<Named> named(const std::string& path, const std::string& working_directory) {
  if (path.empty()) return Error{"an empty path names nothing; the current folder is '.'"};
  const std::string full = path.starts_with('/') ? path : cat(working_directory, '/', path);
  const std::unique_ptr<char, void (*)(void*)> real(::realpath(full.c_str(), nullptr), std::free);
  struct stat status = {};
  if (!real || ::stat(real.get(), &status) != 0) {
    if (errno == ENOENT) return Error{cat("no such file or folder: ", path, neighbour(full))};
    return Error{cat("cannot read ", path, ": ", std::strerror(errno))};
  }
  Named result{.path = real.get(), .is_folder = S_ISDIR(status.st_mode)};
  const int wanted = result.is_folder ? R_OK | X_OK : R_OK;
  if (!result.is_folder && !S_ISREG(status.st_mode))
    return Error{cat("cannot read ", path, ": it is neither a file nor a folder")};
  if (::access(real.get(), wanted) != 0)
    return Error{cat("cannot read ", path, ": ", std::strerror(errno))};
  const std::string folder = result.is_folder ? result.path : std::string(folder_of(result.path));
  result.root = root_of(folder, working_directory, folder);
  return result;
}

}  // namespace

std::string repository_of(const std::string& folder) { return nearest_with(folder, ".git"); }

std::string top_of(const std::string& folder) {
  const std::string repository = repository_of(folder);
  return repository.empty() ? folder : repository;
}

Result<std::vector<Target>> targets_of(const std::vector<std::string>& paths,
                                       const std::string& working_directory) {
  const bool is_given = std::ranges::all_of(
      paths, [](const std::string& path) { return path.starts_with('/'); });
  if (working_directory.empty() && (paths.empty() || !is_given))
    return Error{"the current folder cannot be found: it was removed, or cannot be read"};
  std::vector<Named> all;
  for (const std::string& path : paths.empty() ? std::vector<std::string>{"."} : paths) {
    Result<Named> one = named(path, working_directory);
    if (!one) return Error{one.error()};
    all.push_back(std::move(one.value()));
  }
  std::map<std::string, Target> targets;
  for (const Named& one : all) {
    std::string root = one.root;
    for (const Named& other : all)
      if (other.is_folder && is_below(one.path, other.path) && other.root.size() < root.size())
        root = other.root;
    Target& target = targets[root];
    target.root = root;
    (one.is_folder ? target.folders : target.files).push_back(relative_path(one.path, root));
  }
  std::vector<Target> result;
  for (auto& [root, target] : targets) result.push_back(std::move(target));
  return result;
}

Result<Target> target_of_text(const std::string& path, std::string text,
                              const std::string& working_directory) {
  if (path.empty() || path.ends_with('/') || path.find('\0') != std::string::npos)
    return Error{cat('\'', path, "' is no path of a file")};
  const std::string full =
      normal_path(path.starts_with('/') ? path : cat(working_directory, '/', path));
  struct stat status = {};
  if (::stat(full.c_str(), &status) == 0 && !S_ISREG(status.st_mode))
    return Error{cat(path, " is no file")};
  std::string above = full;  // what there is of it
  while (real_path(above).empty() && above.size() > 1) above = folder_of(above);
  const std::string there = real_path(above);
  if (above != full && (::stat(there.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)))
    return Error{cat(path, ": there is a file where it needs a folder")};
  const std::string file = join_path(there, relative_path(full, above));
  const std::string folder = above == full ? std::string(folder_of(there)) : there;
  // Where nothing says what the project is, it is what is worked on.
  Target target{.root = root_of(folder, working_directory,
                                is_below(folder, working_directory) ? working_directory : folder)};
  target.files = {relative_path(file, target.root)};
  target.told = target.files;
  target.overlays.emplace(target.files.front(), std::move(text));
  return target;
}

Target told_of_named(Target target) {
  if (!target.overlays.empty()) return target;
  target.told = std::exchange(target.folders, {""});
  target.told.insert(target.told.end(), target.files.begin(), target.files.end());
  target.files.clear();
  return target;
}

}  // namespace fnlint
