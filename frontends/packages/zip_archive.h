// Reads single entries of an archive without unpacking the rest.
#pragma once

#include "core/files.h"
#include "frontends/packages/zip_directory.h"

#include <cstdint>
#include <string>

namespace fnlint {

// Limits of archives alone; those of every input are in core/limits.h.
inline constexpr std::uint64_t kArchiveDirectoryBytes = 256U << 20U;
inline constexpr std::size_t kOpenedEntries = 200'000;  // of an archive whose files are read

// A zip archive of the file system, by its directory alone.
struct ZipArchive {
  std::uint64_t bytes = 0;  // of the archive itself
  ArchiveListing listing = {};
  std::string problem = {};  // not empty: it cannot be read, or its directory is not to be trusted
};
ZipArchive open_zip(const FileSystem& files, const std::string& path);

// The first bytes of what an entry of an archive unpacks to.
std::string entry_start(const FileSystem& files, const std::string& archive,
                        const ArchiveEntry& entry, std::size_t bytes);
// All of it, where that is no more than `limit` bytes.
Result<std::string> unpacked_entry(const FileSystem& files, const std::string& archive,
                                   const ArchiveEntry& entry, std::size_t limit);

}  // namespace fnlint
