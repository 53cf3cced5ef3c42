// Lets the rest of the program read code inside zip archives as if it were unpacked.
#pragma once

#include "core/files.h"
#include "frontends/packages/zip_archive.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// A file system whose zip archives can be looked into as if they were folders:
// "build/shop.zip/app.py" is a file of build/shop.zip. An archive itself stays a file, though what
// it holds can be listed, so that no search of folders enters one unasked. What its directory says
// is not trusted further than open_zip() does; names that lead out of it, links and archives within
// archives are not there. What is read as text is UTF-8, whatever the file is written in.
class ArchiveFiles final : public FileSystem {
 public:
  explicit ArchiveFiles(const FileSystem& files) : files_(files) {}

  EntryKind kind(std::string_view path) const override;
  std::vector<Entry> list(std::string_view folder) const override;
  // Why nobody knows what an archive holds; empty: it is known.
  [[nodiscard]] std::string why_unlisted(std::string_view archive) const;
  Result<std::string> read(std::string_view path, std::size_t limit) const override;
  Result<std::string> read_start(std::string_view path, std::size_t bytes) const override;
  Result<std::string> read_part(std::string_view path, std::uint64_t offset,
                                std::uint64_t bytes) const override;
  std::string resolved(std::string_view path) const override;

 private:
  struct Archive {
    std::string path = {};
    std::string problem = {};                // why its entries are not known
    std::vector<ArchiveEntry> entries = {};  // files, by name
    [[nodiscard]] const ArchiveEntry* file(std::string_view name) const;
    [[nodiscard]] std::size_t first(std::string_view name) const;  // that is not before it
  };
  // An archive, and what of it; no archive: the path is one of the file system itself.
  struct Place {
    const Archive* archive = nullptr;
    std::string_view inner = {};
  };
  [[nodiscard]] Place locate(std::string_view path, bool whole) const;
  [[nodiscard]] const Archive& archive(std::string_view path) const;

  const FileSystem& files_;
  mutable std::mutex mutex_ = {};
  mutable std::map<std::string, std::unique_ptr<const Archive>, std::less<>> archives_ = {};
};

}  // namespace fnlint
