// The FileSystem of a commit, for comparisons with an earlier state.
#pragma once

#include "app/files/disk_file_system.h"
#include "app/files/git.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// The files below a run's root as git has them, in a commit or staged. What git ignores (installed
// packages, what builds make) and submodules are as they are on the disk.
class PastFiles final : public FileSystem {
 public:
  // `disk` and this one are about the same root. Files that the disk has unchanged are read there.
  static Result<PastFiles> of(const Git& git, const std::vector<GitFile>& files,
                              const DiskFileSystem& disk);

  EntryKind kind(std::string_view path) const override;
  std::vector<Entry> list(std::string_view folder) const override;
  Result<std::string> read(std::string_view path, std::size_t limit) const override;
  Result<std::string> read_start(std::string_view path, std::size_t bytes) const override;
  Result<std::string> read_part(std::string_view path, std::uint64_t offset,
                                std::uint64_t bytes) const override;
  std::string resolved(std::string_view path) const override;

 private:
  struct File {
    std::string object = {};
    GitFile::Kind kind{};
    bool on_disk = false;      // the same there
    bool known = false;        // `content` has it
    std::string content = {};  // of a link: where it leads, relative to the root
  };
  using Files = std::map<std::string, File, std::less<>>;

  explicit PastFiles(const DiskFileSystem& disk) : disk_(&disk) {}
  [[nodiscard]] std::string through_link(std::string_view path) const;
  [[nodiscard]] bool is_of_disk(std::string_view path) const;
  [[nodiscard]] bool is_read_there(std::string_view path) const;
  [[nodiscard]] bool has_below(std::string_view folder) const;
  [[nodiscard]] EntryKind kind_there(const std::string& path) const;

  const DiskFileSystem* disk_;
  Files files_ = {};
  std::set<std::string, std::less<>> of_disk_ = {};  // ignored, and submodules
};

}  // namespace fnlint
