#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// The directory at the end of a zip archive: which entries it has, without unpacking any.
namespace fnlint {

struct ArchiveEntry {
  std::string name = {};
  std::uint64_t bytes = 0;  // unpacked; of a symbolic link: the length of its target
  std::uint64_t packed = 0;
  std::uint64_t offset = 0;  // of its header in the file
  std::uint16_t method = 0;  // 0: stored, 8: deflated
  std::uint16_t mode = 0;    // permissions, "0644"; 0: it says nothing of them
  bool link = false;         // a symbolic link
  bool encrypted = false;
};

// Where an archive's central directory lies in the file, or why it has none.
struct ZipEnd {
  std::uint64_t offset = 0, bytes = 0, entries = 0;
  std::uint64_t prefix = 0;  // bytes before the archive proper (a self-extracting stub)
  std::string problem = {};  // not empty: no zip archive
};

// Enough of a file's end to find the directory in, whatever comment follows it.
inline constexpr std::uint64_t kZipEndBytes = 22 + 65535 + 20 + 56;

// `end` are the last bytes of an archive of `archive_bytes` bytes; zip64 included.
ZipEnd find_zip_directory(std::string_view end, std::uint64_t archive_bytes);

struct ArchiveListing {
  std::vector<ArchiveEntry> entries = {};
  std::vector<std::string> problems =
      {};               // shapes that unpackers trip on: what they touch is not trusted
  bool trusted = true;  // false: sizes cannot be relied on
};

// Lists the entries of a central directory. Inflates nothing and trusts no count.
ArchiveListing read_zip_directory(std::string_view directory, const ZipEnd& end);

// The first `bytes` bytes that an entry's data unpacks to; fewer where it ends, is damaged or is
// packed in another way.
std::string unpacked_start(std::string_view data, std::uint16_t method, std::size_t bytes);

}  // namespace fnlint
