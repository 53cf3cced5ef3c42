// Parses the central directory with zip64's extra fields, and refuses entries that overlap, lie
// outside of the file or claim impossible sizes.

#include "frontends/packages/zip_directory.h"

#include "core/limits.h"
#include "core/text.h"

#include <zlib.h>

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

constexpr std::size_t kRecordBytes = 46;       // of a directory entry without its texts
constexpr std::uint64_t kDeflateRatio = 1040;  // more than deflate can reach
constexpr std::size_t kShownProblems = 8;

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = count; i-- > 0;)
    value = (value << 8U) | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

// Sizes and offset of 64 bits, from the entry's extra field.
void read_extra(std::string_view extra, std::uint64_t& bytes, std::uint64_t& packed,
                std::uint64_t& offset) {
  while (extra.size() >= 4) {
    const std::uint64_t id = number_at(extra, 0, 2), length = number_at(extra, 2, 2);
    extra.remove_prefix(4);
    if (length > extra.size()) return;
    std::string_view field = extra.substr(0, length);
    extra.remove_prefix(length);
    if (id != 1) continue;
    for (std::uint64_t* value : {&bytes, &packed, &offset}) {
      if (*value != 0xFFFFFFFFU || field.size() < 8) continue;
      *value = number_at(field, 0, 8);
      field.remove_prefix(8);
    }
  }
}

struct Extent {
  std::uint64_t begin = 0, end = 0;
};

void check_overlaps(std::vector<Extent>& extents, std::uint64_t directory,
                    ArchiveListing& listing) {
  std::ranges::sort(extents, {}, &Extent::begin);
  std::uint64_t busy = 0;
  std::size_t overlaps = 0, outside = 0;
  for (const Extent& extent : extents) {
    if (extent.begin < busy) ++overlaps;
    if (extent.end > directory) ++outside;
    busy = std::max(busy, extent.end);
  }
  if (overlaps > 0) listing.problems.push_back(cat(overlaps, " entries of the archive overlap"));
  if (outside > 0) listing.problems.push_back(cat(outside, " entries lie outside of the archive"));
  if (overlaps + outside > 0) listing.trusted = false;
}

}  // namespace

ZipEnd find_zip_directory(std::string_view end, std::uint64_t archive_bytes) {
  ZipEnd found;
  const auto fail = [&](std::string why) {
    found.problem = std::move(why);
    return found;
  };
  if (end.size() < 22) return fail("is too short for a zip archive");
  std::size_t at = end.size() - 22;
  for (;; --at) {
    if (end.substr(at, 4) == "PK\x05\x06" && at + 22 + number_at(end, at + 20, 2) <= end.size())
      break;
    if (at == 0) return fail("is not a zip archive, or was cut off");
  }
  const std::uint64_t base = archive_bytes - end.size();
  std::uint64_t offset = number_at(end, at + 16, 4), stop = base + at;
  found.entries = number_at(end, at + 10, 2);
  found.bytes = number_at(end, at + 12, 4);
  if (at >= 20 && end.substr(at - 20, 4) == "PK\x06\x07") {
    const std::uint64_t record = number_at(end, at - 20 + 8, 8);
    if (record < base || record + 56 > base + at - 20 ||
        end.substr(record - base, 4) != "PK\x06\x06")
      return fail("has a zip64 locator that points nowhere");
    const std::size_t row = static_cast<std::size_t>(record - base);
    found.entries = number_at(end, row + 32, 8);
    found.bytes = number_at(end, row + 40, 8);
    offset = number_at(end, row + 48, 8);
    stop = record;
  }
  if (found.bytes > stop) return fail("has a directory that lies outside of the file");
  found.offset =
      stop - found.bytes;  // the distance from the end holds also behind a self-extracting stub
  if (found.offset < offset) return fail("has a directory that overlaps its data");
  found.prefix = found.offset - offset;
  return found;
}

ArchiveListing read_zip_directory(std::string_view directory, const ZipEnd& end) {
  ArchiveListing listing;
  std::uint64_t count = end.entries;
  const std::uint64_t most =
      std::min<std::uint64_t>(kArchiveEntries, directory.size() / kRecordBytes);
  if (count > most) {
    listing.problems.push_back(
        cat("the archive claims ", count, " entries; the first ", most, " are read"));
    listing.trusted = false;
    count = most;
  }
  std::vector<Extent> extents;
  std::set<std::string_view> names;
  std::size_t at = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const bool whole =
        directory.size() - at >= kRecordBytes && directory.substr(at, 4) == "PK\x01\x02";
    const std::uint64_t name_bytes = whole ? number_at(directory, at + 28, 2) : 0;
    const std::uint64_t extra_bytes = whole ? number_at(directory, at + 30, 2) : 0;
    const std::uint64_t comment_bytes = whole ? number_at(directory, at + 32, 2) : 0;
    if (!whole || directory.size() - at - kRecordBytes < name_bytes + extra_bytes + comment_bytes) {
      listing.problems.push_back(cat("the archive's directory is cut off at entry ", i));
      listing.trusted = false;
      break;
    }
    std::uint64_t packed = number_at(directory, at + 20, 4),
                  bytes = number_at(directory, at + 24, 4);
    std::uint64_t offset = number_at(directory, at + 42, 4);
    const std::string_view name = directory.substr(at + kRecordBytes, name_bytes);
    read_extra(directory.substr(at + kRecordBytes + name_bytes, extra_bytes), bytes, packed,
               offset);
    const std::uint64_t method = number_at(directory, at + 10, 2);
    const bool impossible =
        (method == 8 && bytes / kDeflateRatio > packed) || (method == 0 && bytes != packed);
    if (impossible || !names.insert(name).second) {
      listing.trusted = false;
      if (listing.problems.size() < kShownProblems)
        listing.problems.push_back(cat("the archive's entry '", name.substr(0, 80),
                                       impossible ? "' has impossible sizes" : "' is there twice"));
    }
    extents.push_back({offset + end.prefix, offset + end.prefix + 30 + name_bytes + packed});
    // Who made it, in the upper byte of the version, decides what the attributes mean: 3 is Unix.
    const bool unix_mode = number_at(directory, at + 5, 1) == 3;
    const std::uint64_t mode = number_at(directory, at + 40, 2);
    listing.entries.push_back({.name = std::string(name),
                               .bytes = bytes,
                               .packed = packed,
                               .offset = offset + end.prefix,
                               .method = static_cast<std::uint16_t>(method),
                               .mode = static_cast<std::uint16_t>(unix_mode ? mode & 07777U : 0U),
                               .link = unix_mode && (mode & 0170000U) == 0120000U,
                               .encrypted = (number_at(directory, at + 8, 2) & 1U) != 0});
    at += kRecordBytes + name_bytes + extra_bytes + comment_bytes;
  }
  check_overlaps(extents, end.offset, listing);
  return listing;
}

std::string unpacked_start(std::string_view data, std::uint16_t method, std::size_t bytes) {
  if (method == 0) return std::string(data.substr(0, bytes));
  if (method != 8) return {};
  std::string text(bytes, '\0');
  z_stream stream = {};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return {};
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
  stream.avail_in = static_cast<uInt>(data.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  inflate(&stream, Z_SYNC_FLUSH);
  text.erase(text.size() - stream.avail_out);
  inflateEnd(&stream);
  return text;
}

}  // namespace fnlint
