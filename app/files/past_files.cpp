// Serves files from git objects, except for those that equal the disk's or that git does not know.

#include "app/files/past_files.h"

#include "app/files/paths.h"
#include "core/text.h"

#include <algorithm>

namespace fnlint {

namespace {

// Every folder above a path, the nearest first; not "".
template <class Test>
bool any_folder_above(std::string_view path, const Test& test) {
  for (std::string_view at = folder_of(path); !at.empty(); at = folder_of(at))
    if (test(at)) return true;
  return false;
}

}  // namespace

Result<PastFiles> PastFiles::of(const Git& git, const std::vector<GitFile>& files,
                                const DiskFileSystem& disk) {
  PastFiles past(disk);
  Result<std::vector<std::string>> ignored = git.ignored();
  if (!ignored) return Error{ignored.error()};
  past.of_disk_ = {ignored.value().begin(), ignored.value().end()};
  std::vector<std::string> there, wanted;
  for (const GitFile& file : files) {
    if (file.kind == GitFile::Kind::Submodule) {
      past.of_disk_.insert(file.path);
      continue;
    }
    past.files_.emplace(file.path, File{.object = file.object, .kind = file.kind});
    const bool may_be_same = file.kind == GitFile::Kind::File &&
                             file.path.find('\n') == std::string::npos &&
                             disk.kind(file.path) == EntryKind::File;
    if (may_be_same) there.push_back(file.path);
  }
  const Result<std::vector<std::string>> objects = git.objects_of(there);
  if (!objects) return Error{objects.error()};
  for (std::size_t i = 0; i < there.size(); ++i) {
    File& file = past.files_.find(there[i])->second;
    file.on_disk = file.object == objects.value()[i];
  }
  for (const auto& [path, file] : past.files_)
    if (!file.on_disk) wanted.push_back(file.object);
  Result<std::map<std::string, std::string>> contents = git.contents(wanted);
  if (!contents) return Error{contents.error()};
  for (auto& [path, file] : past.files_) {
    const auto found = contents.value().find(file.object);
    file.known = !file.on_disk && found != contents.value().end();
    if (!file.known) continue;
    file.content = file.kind == GitFile::Kind::Link
                       ? normal_path(join_path(folder_of(path), found->second))
                       : found->second;
  }
  return past;
}

// Paths pass through one link.
std::string PastFiles::through_link(std::string_view path) const {
  const auto linked = [&](std::string_view at) -> const File* {
    const auto found = files_.find(at);
    return found != files_.end() && found->second.kind == GitFile::Kind::Link ? &found->second
                                                                              : nullptr;
  };
  if (const File* const link = linked(path)) return link->content;
  std::string there(path);
  any_folder_above(path, [&](std::string_view at) {
    const File* const link = linked(at);
    if (link != nullptr) there = join_path(link->content, path.substr(at.size() + 1));
    return link != nullptr;
  });
  return there;
}

bool PastFiles::is_of_disk(std::string_view path) const {
  const auto is_one = [&](std::string_view at) { return of_disk_.contains(at); };
  return is_one(path) || any_folder_above(path, is_one);
}

bool PastFiles::is_read_there(std::string_view path) const {
  const auto found = files_.find(path);
  return is_of_disk(path) || (found != files_.end() && found->second.on_disk);
}

bool PastFiles::has_below(std::string_view folder) const {
  if (folder.empty()) return true;
  const std::string begin = cat(folder, '/');
  const auto file = files_.lower_bound(begin);
  if (file != files_.end() && file->first.starts_with(begin)) return true;
  const auto other = of_disk_.lower_bound(begin);
  return other != of_disk_.end() && other->starts_with(begin);
}

EntryKind PastFiles::kind_there(const std::string& path) const {
  if (is_of_disk(path)) return disk_->kind(path);
  const auto found = files_.find(path);
  if (found != files_.end())
    return found->second.kind == GitFile::Kind::File ? EntryKind::File : EntryKind::Missing;
  return has_below(path) ? EntryKind::Folder : EntryKind::Missing;
}

EntryKind PastFiles::kind(std::string_view path) const { return kind_there(through_link(path)); }

std::vector<Entry> PastFiles::list(std::string_view folder) const {
  const std::string there = through_link(folder);
  if (is_of_disk(there)) return disk_->list(there);
  const std::string begin = there.empty() ? std::string() : cat(there, '/');
  std::set<std::string, std::less<>> names;
  const auto take = [&](std::string_view path) {
    const std::string_view inner = path.substr(begin.size());
    names.emplace(inner.substr(0, inner.find('/')));
  };
  for (auto at = files_.lower_bound(begin); at != files_.end() && at->first.starts_with(begin);
       ++at)
    take(at->first);
  for (auto at = of_disk_.lower_bound(begin); at != of_disk_.end() && at->starts_with(begin); ++at)
    take(*at);
  std::vector<Entry> entries;
  for (const std::string& name : names) {
    const std::string path = cat(begin, name);
    const auto found = files_.find(path);
    const bool is_here = found != files_.end() && !found->second.on_disk;
    Entry entry{.name = name, .kind = kind(path)};
    if (entry.kind == EntryKind::Missing) continue;
    entry.link = found != files_.end() && found->second.kind == GitFile::Kind::Link;
    if (is_here && !entry.link) entry.bytes = found->second.content.size();
    entries.push_back(std::move(entry));
  }
  // The sizes of what is the same there.
  for (const Entry& other : disk_->list(there)) {
    const auto entry = std::ranges::lower_bound(entries, other.name, {}, &Entry::name);
    const auto found = files_.find(cat(begin, other.name));
    const bool is_same = found == files_.end() || found->second.on_disk;
    if (entry != entries.end() && entry->name == other.name && is_same) entry->bytes = other.bytes;
  }
  return entries;
}

Result<std::string> PastFiles::read(std::string_view path, std::size_t limit) const {
  const std::string there = through_link(path);
  if (is_read_there(there)) return disk_->read(there, limit);
  const auto found = files_.find(there);
  if (found == files_.end() || found->second.kind != GitFile::Kind::File)
    return Error{"does not exist"};
  if (!found->second.known) return Error{"is too large to be asked of git, or is not there"};
  if (found->second.content.size() > limit) return Error{cat("is larger than ", size_words(limit))};
  return found->second.content;
}

Result<std::string> PastFiles::read_start(std::string_view path, std::size_t bytes) const {
  const std::string there = through_link(path);
  return is_read_there(there) ? disk_->read_start(there, bytes)
                              : FileSystem::read_start(path, bytes);
}

Result<std::string> PastFiles::read_part(std::string_view path, std::uint64_t offset,
                                         std::uint64_t bytes) const {
  const std::string there = through_link(path);
  return is_read_there(there) ? disk_->read_part(there, offset, bytes)
                              : FileSystem::read_part(path, offset, bytes);
}

std::string PastFiles::resolved(std::string_view path) const {
  std::string there = through_link(path);
  return kind_there(there) == EntryKind::Missing ? std::string() : there;
}

}  // namespace fnlint
