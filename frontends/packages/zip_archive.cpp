// Reads an archive's end for its directory and, of an entry, only the bytes that are asked for,
// within the limits of what deflate can produce.

#include "frontends/packages/zip_archive.h"

#include "core/limits.h"
#include "core/text.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::size_t kHeaderBytes = 30;  // of an entry, before its name

std::uint64_t file_bytes(const FileSystem& files, std::string_view path) {
  for (const Entry& entry : files.list(folder_of(path)))
    if (entry.name == file_name_of(path)) return entry.bytes;
  return 0;
}

// Packed bytes of an entry, at most `most` of them.
Result<std::string> entry_data(const FileSystem& files, const std::string& archive,
                               const ArchiveEntry& entry, std::uint64_t most) {
  Result<std::string> header = files.read_part(archive, entry.offset, kHeaderBytes);
  if (!header) return header;
  if (header.value().size() < kHeaderBytes || !header.value().starts_with("PK\x03\x04"))
    return Error{"is damaged in its archive"};
  const auto number = [&](std::size_t at) {
    return static_cast<std::uint64_t>(static_cast<unsigned char>(header.value()[at])) |
           static_cast<std::uint64_t>(static_cast<unsigned char>(header.value()[at + 1])) << 8U;
  };
  const std::uint64_t begin = entry.offset + kHeaderBytes + number(26) + number(28);
  return files.read_part(archive, begin, std::min(entry.packed, most));
}

}  // namespace

ZipArchive open_zip(const FileSystem& files, const std::string& path) {
  ZipArchive archive;
  archive.bytes = file_bytes(files, path);
  const std::uint64_t tail = std::min(archive.bytes, kZipEndBytes);
  const Result<std::string> last = files.read_part(path, archive.bytes - tail, tail);
  if (!last) {
    archive.problem = last.error();
    return archive;
  }
  const ZipEnd end = find_zip_directory(last.value(), archive.bytes);
  archive.problem = end.problem;
  if (end.bytes > kArchiveDirectoryBytes) archive.problem = "has too large a directory";
  if (!archive.problem.empty()) return archive;
  const Result<std::string> directory = files.read_part(path, end.offset, end.bytes);
  if (!directory) {
    archive.problem = directory.error();
    return archive;
  }
  archive.listing = read_zip_directory(directory.value(), end);
  if (!archive.listing.trusted)
    archive.problem =
        archive.listing.problems.empty() ? "is damaged" : archive.listing.problems.front();
  return archive;
}

std::string entry_start(const FileSystem& files, const std::string& archive,
                        const ArchiveEntry& entry, std::size_t bytes) {
  if (entry.encrypted) return {};
  const Result<std::string> data = entry_data(files, archive, entry, bytes * 4 + 512);
  return data ? unpacked_start(data.value(), entry.method, bytes) : std::string();
}

Result<std::string> unpacked_entry(const FileSystem& files, const std::string& archive,
                                   const ArchiveEntry& entry, std::size_t limit) {
  if (entry.encrypted) return Error{"is encrypted"};
  if (entry.method != 0 && entry.method != 8) return Error{"is packed in a way that is not read"};
  if (entry.bytes > limit)
    return Error{limit >= (1U << 20U) ? cat("is larger than ", limit >> 20U, " MB")
                                      : cat("is larger than ", limit, " bytes")};
  // Deflate makes nothing much larger than it is; whoever says so has another reason.
  const Result<std::string> data = entry_data(files, archive, entry, entry.bytes + 65536);
  if (!data) return data;
  std::string text =
      unpacked_start(data.value(), entry.method, static_cast<std::size_t>(entry.bytes));
  if (text.size() != entry.bytes) return Error{"is damaged in its archive"};
  return text;
}

}  // namespace fnlint
