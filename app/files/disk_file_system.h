// The FileSystem of an ordinary run.
#pragma once

#include "core/files.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fnlint {

// The disk below a root, read only. A path may pass through one symbolic link, whose target must
// lie below the root or a folder that the user named. What is neither a file nor a folder (a pipe,
// a device) does not exist. A folder is asked once where it lies, and once what it holds: a run
// sees one state of the disk. Safe to use from several threads.
class DiskFileSystem final : public FileSystem {
 public:
  // Absolute paths without symbolic links.
  explicit DiskFileSystem(std::string root, std::vector<std::string> named = {});

  EntryKind kind(std::string_view path) const override;
  std::vector<Entry> list(std::string_view folder) const override;
  // Why nobody knows what a folder holds ("Permission denied"); empty: list() has it.
  [[nodiscard]] std::string why_unlisted(std::string_view folder) const;
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
  [[nodiscard]] Place folder_at(std::string_view absolute) const;
  Place step(const Place& folder, std::string_view name) const;
  // What a folder holds, by name; what is neither file nor folder is Missing. Null: not asked yet.
  using Listing = std::vector<Entry>;
  [[nodiscard]] std::shared_ptr<const Listing> known_listing(std::string_view absolute) const;
  [[nodiscard]] std::shared_ptr<const Listing> listing(const Place& folder) const;
  [[nodiscard]] std::optional<Listing> ask_disk(const Place& folder) const;  // none: not allowed

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  template <class Row>
  using ByPath = std::unordered_map<std::string, Row, Hash, std::equal_to<>>;

  std::string root_;
  std::vector<std::string> named_;
  mutable std::mutex mutex_ = {};
  mutable ByPath<Place> folders_ = {};
  mutable ByPath<std::shared_ptr<const Listing>> listings_ = {};  // by absolute paths
  mutable std::size_t listed_ = 0;                                // entries of all of them
};

// "4 MB", "100 bytes": a limit, as messages tell it.
std::string size_words(std::size_t bytes);

}  // namespace fnlint
