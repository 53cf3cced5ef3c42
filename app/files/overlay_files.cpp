// Answers every question about a file from the overlay first, then from what lies below it.

#include "app/files/overlay_files.h"

#include "app/files/disk_file_system.h"
#include "core/text.h"

#include <algorithm>

namespace fnlint {

// What is not there yet may lie in a folder that a link leads to.
std::string OverlayFiles::without_links(std::string_view path) const {
  if (path.empty() || overlays_.contains(path)) return std::string(path);
  std::string there = files_.resolved(path);
  if (!there.empty()) return there;
  const std::string folder = without_links(folder_of(path));
  return join_path(folder, file_name_of(path));
}

const std::string* OverlayFiles::find(std::string_view path) const {
  const auto found = overlays_.find(without_links(path));
  return found == overlays_.end() ? nullptr : &found->second;
}

bool OverlayFiles::leads_to_one(std::string_view folder) const {
  const std::string begin = cat(without_links(folder), '/');
  const auto first = overlays_.lower_bound(begin);
  return first != overlays_.end() && first->first.starts_with(begin);
}

EntryKind OverlayFiles::kind(std::string_view path) const {
  if (find(path) != nullptr) return EntryKind::File;
  const EntryKind below = files_.kind(path);
  return below == EntryKind::Missing && leads_to_one(path) ? EntryKind::Folder : below;
}

std::vector<Entry> OverlayFiles::list(std::string_view folder) const {
  std::vector<Entry> entries = files_.list(folder);
  const std::string there = without_links(folder);
  const std::string begin = there.empty() ? std::string() : cat(there, '/');
  for (auto row = overlays_.lower_bound(begin);
       row != overlays_.end() && row->first.starts_with(begin); ++row) {
    const std::string_view inner = std::string_view(row->first).substr(begin.size());
    const std::string_view name = inner.substr(0, inner.find('/'));
    auto entry = std::ranges::lower_bound(entries, name, {}, &Entry::name);
    if (entry == entries.end() || entry->name != name)
      entry = entries.insert(entry, {.name = std::string(name), .kind = EntryKind::Folder});
    if (name.size() < inner.size()) continue;
    entry->kind = EntryKind::File;
    entry->bytes = row->second.size();
  }
  return entries;
}

Result<std::string> OverlayFiles::read(std::string_view path, std::size_t limit) const {
  const std::string* const text = find(path);
  if (text == nullptr) return files_.read(path, limit);
  if (text->size() > limit) return Error{cat("is larger than ", size_words(limit))};
  return *text;
}

Result<std::string> OverlayFiles::read_start(std::string_view path, std::size_t bytes) const {
  return find(path) != nullptr ? FileSystem::read_start(path, bytes)
                               : files_.read_start(path, bytes);
}

Result<std::string> OverlayFiles::read_part(std::string_view path, std::uint64_t offset,
                                            std::uint64_t bytes) const {
  return find(path) != nullptr ? FileSystem::read_part(path, offset, bytes)
                               : files_.read_part(path, offset, bytes);
}

std::string OverlayFiles::resolved(std::string_view path) const {
  std::string there = files_.resolved(path);
  if (!there.empty()) return there;
  there = without_links(path);
  return overlays_.contains(there) || leads_to_one(there) ? there : std::string();
}

}  // namespace fnlint
