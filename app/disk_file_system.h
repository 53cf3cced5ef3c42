#pragma once

#include "core/files.h"

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// The disk below a root, read only. A path may pass through one symbolic link, whose target must
// lie below the root or a folder that the user named. What is neither a file nor a folder (a pipe,
// a device) does not exist. What it has answered once about folders and links it does not ask
// again. Safe to use from several threads.
class DiskFileSystem final : public FileSystem {
 public:
  // Absolute paths without symbolic links.
  explicit DiskFileSystem(std::string root, std::vector<std::string> named = {});

  EntryKind kind(std::string_view path) const override;
  std::vector<Entry> list(std::string_view folder) const override;
  Result<std::string> read(std::string_view path, std::size_t limit) const override;
  Result<std::string> read_start(std::string_view path, std::size_t bytes) const override;
  Result<std::string> read_part(std::string_view path, std::uint64_t offset,
                                std::uint64_t bytes) const override;
  std::string resolved(std::string_view path) const override;

 private:
  struct Place {
    std::string path = {};  // absolute, without links; empty: refused or missing
    bool through_link = false;
    EntryKind kind = EntryKind::Missing;
  };
  [[nodiscard]] bool allows(std::string_view absolute) const;
  [[nodiscard]] std::string_view base_of(std::string_view absolute) const;
  Place locate(std::string_view path) const;
  Place locate_absolute(std::string_view absolute) const;
  Place step(const Place& folder, std::string_view name) const;

  std::string root_;
  std::vector<std::string> named_;
  mutable std::mutex mutex_ = {};
  mutable std::map<std::string, Place, std::less<>> folders_ = {};
};

}  // namespace fnlint
