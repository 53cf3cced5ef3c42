// Unsaved or tentative file contents, linted as if they were on the disk.
#pragma once

#include "core/files.h"

#include <map>
#include <string>
#include <string_view>

namespace fnlint {

// Files that are other than the disk has them: what an editor has not saved, by paths relative to
// the root and without symbolic links. Bytes, as a file would have them.
using Overlays = std::map<std::string, std::string, std::less<>>;

// A file system in which some files have other contents, or are there alone, with the folders that
// lead to them.
class OverlayFiles final : public FileSystem {
 public:
  // Both outlive it.
  OverlayFiles(const FileSystem& files, const Overlays& overlays)
      : files_(files), overlays_(overlays) {}

  EntryKind kind(std::string_view path) const override;
  std::vector<Entry> list(std::string_view folder) const override;
  Result<std::string> read(std::string_view path, std::size_t limit) const override;
  Result<std::string> read_start(std::string_view path, std::size_t bytes) const override;
  Result<std::string> read_part(std::string_view path, std::uint64_t offset,
                                std::uint64_t bytes) const override;
  std::string resolved(std::string_view path) const override;

 private:
  [[nodiscard]] std::string without_links(std::string_view path) const;
  [[nodiscard]] const std::string* find(std::string_view path) const;  // null: as it is below
  [[nodiscard]] bool leads_to_one(std::string_view folder) const;

  const FileSystem& files_;
  const Overlays& overlays_;
};

}  // namespace fnlint
