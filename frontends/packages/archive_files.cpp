// Splits a path at the archive in it, keeps each archive's directory once it was read, and unpacks
// single entries.

#include "frontends/packages/archive_files.h"

#include "core/encoding.h"
#include "core/limits.h"
#include "core/text.h"

#include <algorithm>
#include <utility>

namespace fnlint {

namespace {

constexpr std::string_view kEnding = ".zip";

// A name as a path of the archive; empty where it leads elsewhere, or nowhere.
std::string inner_path(std::string_view name) {
  if (name.empty() || name.starts_with('/') || name.ends_with('/') ||
      name.find('\0') != name.npos)
    return {};
  std::string path = normal_path(name);
  return path == "." || path == ".." || path.starts_with("../") ? std::string() : path;
}

// Whoever reads here reads text: this is where files in UTF-16 become UTF-8, once for all.
Result<std::string> decoded(Result<std::string> text) {
  if (text) text.value() = as_utf8(std::move(text.value()));
  return text;
}

}  // namespace

std::size_t ArchiveFiles::Archive::first(std::string_view name) const {
  return static_cast<std::size_t>(
      std::ranges::lower_bound(entries, name, {}, &ArchiveEntry::name) - entries.begin());
}

const ArchiveEntry* ArchiveFiles::Archive::file(std::string_view name) const {
  const std::size_t at = first(name);
  return at < entries.size() && entries[at].name == name ? &entries[at] : nullptr;
}

const ArchiveFiles::Archive& ArchiveFiles::archive(std::string_view path) const {
  const std::scoped_lock lock(mutex_);
  if (const auto known = archives_.find(path); known != archives_.end()) return *known->second;
  auto made = std::make_unique<Archive>();
  made->path = path;
  ZipArchive zip = open_zip(files_, made->path);
  made->problem = zip.problem;
  if (zip.problem.empty() && zip.listing.entries.size() <= kOpenedEntries) {
    for (ArchiveEntry& entry : zip.listing.entries) {
      entry.name = entry.link ? std::string() : inner_path(entry.name);
      if (!entry.name.empty()) made->entries.push_back(std::move(entry));
    }
    std::ranges::stable_sort(made->entries, {}, &ArchiveEntry::name);
  }
  return *archives_.emplace(std::string(path), std::move(made)).first->second;
}

// `whole`: the archive itself counts as what it holds.
ArchiveFiles::Place ArchiveFiles::locate(std::string_view path, bool whole) const {
  for (std::size_t at = path.find(kEnding); at != path.npos; at = path.find(kEnding, at + 1)) {
    const std::size_t end = at + kEnding.size();
    const bool is_part = end == path.size() ? whole : path[end] == '/';
    if (!is_part || files_.kind(path.substr(0, end)) != EntryKind::File) continue;
    return {&archive(path.substr(0, end)),
            end == path.size() ? std::string_view() : path.substr(end + 1)};
  }
  return {};
}

EntryKind ArchiveFiles::kind(std::string_view path) const {
  const auto [archive, inner] = locate(path, false);
  if (archive == nullptr) return files_.kind(path);
  if (archive->file(inner) != nullptr) return EntryKind::File;
  const std::string start = cat(inner, '/');
  const std::size_t at = archive->first(start);
  const bool holds = at < archive->entries.size() && archive->entries[at].name.starts_with(start);
  return holds ? EntryKind::Folder : EntryKind::Missing;
}

std::vector<Entry> ArchiveFiles::list(std::string_view folder) const {
  const auto [archive, inner] = locate(folder, true);
  if (archive == nullptr) return files_.list(folder);
  std::vector<Entry> found;
  const std::string start = inner.empty() ? std::string() : cat(inner, '/');
  const auto& entries = archive->entries;
  for (std::size_t at = archive->first(start); at < entries.size();) {
    std::string_view rest = entries[at].name;
    if (!rest.starts_with(start)) break;
    rest.remove_prefix(start.size());
    const std::size_t slash = rest.find('/');
    if (slash == rest.npos) {
      found.push_back({.name = std::string(rest), .kind = EntryKind::File, .bytes = entries[at].bytes});
      ++at;
      continue;
    }
    const std::string_view name = rest.substr(0, slash);
    if (found.empty() || found.back().name != name)
      found.push_back({.name = std::string(name), .kind = EntryKind::Folder});
    at = archive->first(cat(start, name, '0'));  // the character after '/'
  }
  std::ranges::sort(found, {}, &Entry::name);
  return found;
}

std::string ArchiveFiles::why_unlisted(std::string_view path) const {
  if (const Archive* known = locate(path, true).archive) return known->problem;
  return files_.kind(path) == EntryKind::File ? open_zip(files_, std::string(path)).problem
                                              : std::string();
}

Result<std::string> ArchiveFiles::read(std::string_view path, std::size_t limit) const {
  const auto [archive, inner] = locate(path, false);
  if (archive == nullptr) return decoded(files_.read(path, limit));
  const ArchiveEntry* entry = archive->file(inner);
  if (entry == nullptr) return Error{"does not exist"};
  return decoded(unpacked_entry(files_, archive->path, *entry, limit));
}

Result<std::string> ArchiveFiles::read_start(std::string_view path, std::size_t bytes) const {
  const auto [archive, inner] = locate(path, false);
  if (archive == nullptr) return decoded(files_.read_start(path, bytes));
  const ArchiveEntry* entry = archive->file(inner);
  if (entry == nullptr) return Error{"does not exist"};
  return decoded(entry_start(files_, archive->path, *entry, bytes));
}

Result<std::string> ArchiveFiles::read_part(std::string_view path, std::uint64_t offset,
                                            std::uint64_t bytes) const {
  if (locate(path, false).archive == nullptr) return files_.read_part(path, offset, bytes);
  return Error{"is in an archive"};
}

std::string ArchiveFiles::resolved(std::string_view path) const {
  const auto [archive, inner] = locate(path, false);
  if (archive == nullptr) return files_.resolved(path);
  const std::string real = files_.resolved(archive->path);
  return real.empty() || kind(path) == EntryKind::Missing ? std::string() : cat(real, '/', inner);
}

}  // namespace fnlint
