#pragma once

#include "core/id.h"
#include "core/result.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// The seam to the disk: every stage asks it, and no stage opens a file by itself.
namespace fnlint {

enum class EntryKind : std::uint8_t { Missing, File, Folder };
struct Entry {
  std::string name = {};
  EntryKind kind = EntryKind::Missing;
  std::uint64_t bytes = 0;  // of a file
  bool link = false;        // a symbolic link to it
};

// What the stages may ask of the disk. Paths are relative to the run's root, with '/'; "" is the
// root itself. Nothing outside the root is answered, except below folders that the user named.
// Symbolic links are followed once.
class FileSystem {
 public:
  virtual ~FileSystem() = default;
  virtual EntryKind kind(std::string_view path) const = 0;
  virtual std::vector<Entry> list(std::string_view folder) const = 0;  // sorted by name
  virtual Result<std::string> read(std::string_view path, std::size_t limit) const = 0;
  // The first bytes of a file, however large it is.
  virtual Result<std::string> read_start(std::string_view path, std::size_t bytes) const {
    Result<std::string> text = read(path, SIZE_MAX);
    if (text && text.value().size() > bytes) text.value().resize(bytes);
    return text;
  }
  // Bytes of a file from `offset` on; fewer where it ends before.
  virtual Result<std::string> read_part(std::string_view path, std::uint64_t offset,
                                        std::uint64_t bytes) const {
    Result<std::string> text = read(path, SIZE_MAX);
    if (text) text = text.value().substr(std::min<std::size_t>(offset, text.value().size()), bytes);
    return text;
  }
  // The path without symbolic links; empty where there is nothing, or nothing that may be read.
  virtual std::string resolved(std::string_view path) const { return std::string(path); }
};

}  // namespace fnlint
