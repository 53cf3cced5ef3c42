// Stores content atomically under a digest, verifies it when it is read, and removes the oldest
// files beyond a limit.

#include "app/files/cache_folder.h"

#include "app/files/output_file.h"
#include "core/text.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

namespace fnlint {

namespace {

constexpr std::string_view kEnding = ".run";
constexpr std::size_t kNameSize = 32;  // without the ending
// Before a content: what it is, with the number of this form, and a digest of key and content.
constexpr std::string_view kStart = "fnlint run 1\n";

std::string digits_of(const Digest& digest) {
  return fmt::format("{:016x}{:016x}", digest.high, digest.low);
}

std::string start_of(const Digest& key, std::string_view content) {
  return cat(kStart, digits_of(digest_of(content, key.low)), '\n');
}

// With all folders above it that are not there; the reason where that cannot be.
std::string make_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST) return {};
  if (errno != ENOENT || path.size() < 2) return std::strerror(errno);
  if (std::string error = make_folder(path.substr(0, path.rfind('/'))); !error.empty())
    return error;
  return ::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST ? "" : std::strerror(errno);
}

// A reader sees the old file or the new, and a link is not followed. Only the user can read it.
std::string replace_file(const std::string& path, std::string_view text) {
  std::string temporary = cat(path, ".XXXXXX");
  const int file = ::mkstemp(temporary.data());
  std::string error = write_to(file, text);
  if (error.empty() && std::rename(temporary.c_str(), path.c_str()) != 0)
    error = std::strerror(errno);
  if (!error.empty() && file >= 0) ::unlink(temporary.c_str());
  return error;
}

// Also one that is half written, beside which a process has died.
bool is_ours(std::string_view name) {
  return name.size() >= kNameSize + kEnding.size() &&
         name.substr(0, kNameSize).find_first_not_of("0123456789abcdef") ==
             std::string_view::npos &&
         name.substr(kNameSize).starts_with(kEnding);
}

}  // namespace

std::string CacheFolder::file_of(const Digest& key) const {
  return cat(path_, '/', digits_of(key), kEnding);
}

std::optional<std::string> CacheFolder::read(const Digest& key) const {
  const int file = ::open(file_of(key).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (file < 0) return std::nullopt;
  struct stat status = {};
  std::string text;
  const bool is_own = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
                      status.st_uid == ::geteuid() &&
                      static_cast<std::uint64_t>(status.st_size) <= kBytes;
  if (is_own) text.resize(static_cast<std::size_t>(status.st_size));
  std::size_t filled = 0;
  while (filled < text.size()) {
    const ssize_t got = ::read(file, text.data() + filled, text.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    filled += static_cast<std::size_t>(got);
  }
  if (is_own) ::futimens(file, nullptr);  // it is used
  ::close(file);
  const std::size_t size = kStart.size() + kNameSize + 1;
  if (filled < size || filled < text.size()) return std::nullopt;
  const std::string_view content = std::string_view(text).substr(size);
  if (!text.starts_with(start_of(key, content))) return std::nullopt;
  return std::string(content);
}

std::string CacheFolder::write(const Digest& key, std::string_view content) const {
  const std::string start = start_of(key, content);
  if (start.size() + content.size() > kBytes / 4) return "it is too large";
  if (std::string error = make_folder(path_); !error.empty())
    return cat(path_, " cannot be made: ", error);
  const std::string path = file_of(key);
  if (const std::string error = replace_file(path, cat(start, content)); !error.empty())
    return cat(path, " cannot be written: ", error);
  remove_oldest();
  return {};
}

void CacheFolder::remove_oldest() const {
  namespace disk = std::filesystem;
  std::vector<std::pair<disk::file_time_type, disk::path>> files;
  std::uint64_t bytes = 0;
  std::error_code none;
  for (disk::directory_iterator at(path_, none), end; !none && at != end; at.increment(none)) {
    std::error_code unknown;
    if (!is_ours(at->path().filename().string())) continue;
    const disk::file_time_type used = at->last_write_time(unknown);
    const std::uintmax_t size = at->file_size(unknown);
    if (unknown) continue;  // another process has removed it
    files.emplace_back(used, at->path());
    bytes += size;
  }
  if (bytes <= kBytes) return;
  std::ranges::sort(files);
  for (const auto& [used, path] : files) {
    if (bytes <= kBytes) break;
    std::error_code unknown;
    const std::uintmax_t size = disk::file_size(path, unknown);
    if (!unknown) bytes -= std::min<std::uint64_t>(bytes, size);
    disk::remove(path, unknown);
  }
}

}  // namespace fnlint
