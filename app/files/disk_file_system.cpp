// Resolves paths component by component, within the root and the named folders, and remembers
// listings.

#include "app/files/disk_file_system.h"

#include "app/files/paths.h"
#include "core/text.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

namespace fnlint {

namespace {

// Whose names are kept: a folder of packages can hold more files than a run ever asks for.
constexpr std::size_t kListedEntries = 500'000;

std::string below(std::string_view folder, std::string_view name) {
  return folder == "/" ? cat('/', name) : cat(folder, '/', name);
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int get() const { return number_; }

 private:
  int number_;
};

Error cannot_read() { return {cat("cannot be read: ", std::strerror(errno))}; }

Result<std::string> read_bytes(int file, std::size_t bytes) {
  std::string text(bytes, '\0');
  std::size_t filled = 0;
  while (filled < text.size()) {
    const ssize_t got = ::read(file, text.data() + filled, text.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return cannot_read();
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  text.resize(filled);
  return text;
}

// Opens a regular file. The open never waits, so that a pipe that took a file's place cannot hang.
int open_file(const std::string& path) {
  return ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
}

EntryKind kind_of(const struct stat& status) {
  if (S_ISREG(status.st_mode)) return EntryKind::File;
  return S_ISDIR(status.st_mode) ? EntryKind::Folder : EntryKind::Missing;
}

}  // namespace

std::string size_words(std::size_t bytes) {
  return bytes >= (1U << 20U) ? cat(bytes >> 20U, " MB") : cat(bytes, " bytes");
}

DiskFileSystem::DiskFileSystem(std::string root, std::vector<std::string> named)
    : root_(std::move(root)), named_(std::move(named)) {}

bool DiskFileSystem::allows(std::string_view absolute) const { return !base_of(absolute).empty(); }

std::string_view DiskFileSystem::base_of(std::string_view absolute) const {
  if (is_below(absolute, root_)) return root_;
  for (const std::string& folder : named_)
    if (is_below(absolute, folder)) return folder;
  return {};
}

DiskFileSystem::Place DiskFileSystem::locate(std::string_view path) const {
  if (path.size() >= PATH_MAX || path.find('\0') != std::string_view::npos) return {};
  return locate_absolute(join_path(root_, path));
}

DiskFileSystem::Place DiskFileSystem::locate_absolute(std::string_view absolute) const {
  const std::string_view base = base_of(absolute);
  if (base.empty()) return {};
  if (absolute == base) return {std::string(base), false, EntryKind::Folder};
  const std::string_view above = folder_of(absolute);
  return step(above == base ? Place{std::string(base), false, EntryKind::Folder} : folder_at(above),
              file_name_of(absolute));
}

// Of a folder that something was asked of before, what was found then.
DiskFileSystem::Place DiskFileSystem::folder_at(std::string_view absolute) const {
  {
    const std::scoped_lock lock(mutex_);
    const auto known = folders_.find(absolute);
    if (known != folders_.end()) return known->second;
  }
  Place folder = locate_absolute(absolute);
  const std::scoped_lock lock(mutex_);
  folders_.emplace(absolute, folder);
  return folder;
}

DiskFileSystem::Place DiskFileSystem::step(const Place& folder, std::string_view name) const {
  if (folder.path.empty()) return {};
  Place place{below(folder.path, name), folder.through_link};
  if (const auto known = known_listing(folder.path)) {
    const auto found = std::ranges::lower_bound(*known, name, {}, &Entry::name);
    if (found == known->end() || found->name != name) return {};
    place.kind = found->kind;
    if (!found->link) return place;
  }
  struct stat status = {};
  if (::lstat(place.path.c_str(), &status) != 0) return {};
  place.kind = kind_of(status);
  if (!S_ISLNK(status.st_mode)) return place;
  if (folder.through_link) return {};
  place = {real_path(place.path), true};
  if (!allows(place.path)) return {};
  if (::lstat(place.path.c_str(), &status) == 0) place.kind = kind_of(status);
  return place;
}

EntryKind DiskFileSystem::kind(std::string_view path) const { return locate(path).kind; }

std::shared_ptr<const DiskFileSystem::Listing> DiskFileSystem::known_listing(
    std::string_view absolute) const {
  const std::scoped_lock lock(mutex_);
  const auto known = listings_.find(absolute);
  return known == listings_.end() ? nullptr : known->second;
}

std::shared_ptr<const DiskFileSystem::Listing> DiskFileSystem::listing(const Place& folder) const {
  // What links in it lead to depends on how it was come to.
  if (!folder.through_link)
    if (auto known = known_listing(folder.path)) return known;
  std::optional<Listing> answer = ask_disk(folder);
  const bool keeps =
      answer.has_value() && !folder.through_link;  // what cannot be listed may be read
  auto made = std::make_shared<const Listing>(std::move(answer).value_or(Listing{}));
  const std::scoped_lock lock(mutex_);
  if (!keeps || listed_ + made->size() > kListedEntries) return made;
  const auto [row, added] = listings_.emplace(folder.path, std::move(made));
  if (added) listed_ += row->second->size();
  return row->second;
}

std::optional<DiskFileSystem::Listing> DiskFileSystem::ask_disk(const Place& folder) const {
  Listing entries;
  const std::unique_ptr<DIR, int (*)(DIR*)> handle(::opendir(folder.path.c_str()), ::closedir);
  if (!handle) return std::nullopt;
  while (const dirent* const row = ::readdir(handle.get())) {
    const std::string_view name = row->d_name;
    if (name == "." || name == "..") continue;
    Entry entry{.name = std::string(name)};
    struct stat status = {};
    if (::fstatat(::dirfd(handle.get()), row->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) continue;
    if (S_ISLNK(status.st_mode)) {
      entry.link = true;
      const Place target = step(folder, name);
      if (target.path.empty() || ::lstat(target.path.c_str(), &status) != 0) status = {};
    }
    entry.kind = kind_of(status);
    if (entry.kind == EntryKind::File) entry.bytes = static_cast<std::uint64_t>(status.st_size);
    entries.push_back(std::move(entry));
  }
  std::ranges::sort(entries, {}, &Entry::name);
  return entries;
}

std::vector<Entry> DiskFileSystem::list(std::string_view folder) const {
  std::vector<Entry> entries;
  const Place place = locate(folder);
  if (place.path.empty()) return entries;
  const auto all = listing(place);
  entries.reserve(all->size());
  std::ranges::copy_if(*all, std::back_inserter(entries),
                       [](const Entry& entry) { return entry.kind != EntryKind::Missing; });
  return entries;
}

std::string DiskFileSystem::why_unlisted(std::string_view folder) const {
  const Place place = locate(folder);
  if (place.kind != EntryKind::Folder || ask_disk(place)) return {};
  return std::strerror(errno);
}

Result<std::string> DiskFileSystem::read(std::string_view path, std::size_t limit) const {
  const Place place = locate(path);
  if (place.path.empty()) return Error{"does not exist"};
  const Descriptor file(open_file(place.path));
  struct stat status = {};
  if (file.get() < 0 || ::fstat(file.get(), &status) != 0) return cannot_read();
  if (!S_ISREG(status.st_mode)) return Error{"is not a file"};
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size > limit) return Error{cat("is larger than ", size_words(limit))};
  return read_bytes(file.get(), size);
}

Result<std::string> DiskFileSystem::read_start(std::string_view path, std::size_t bytes) const {
  const Place place = locate(path);
  if (place.path.empty()) return Error{"does not exist"};
  const Descriptor file(open_file(place.path));
  struct stat status = {};
  if (file.get() < 0 || ::fstat(file.get(), &status) != 0) return cannot_read();
  if (!S_ISREG(status.st_mode)) return Error{"is not a file"};
  return read_bytes(file.get(), std::min(bytes, static_cast<std::size_t>(status.st_size)));
}

Result<std::string> DiskFileSystem::read_part(std::string_view path, std::uint64_t offset,
                                              std::uint64_t bytes) const {
  const Place place = locate(path);
  if (place.path.empty()) return Error{"does not exist"};
  const Descriptor file(open_file(place.path));
  struct stat status = {};
  if (file.get() < 0 || ::fstat(file.get(), &status) != 0) return cannot_read();
  if (!S_ISREG(status.st_mode)) return Error{"is not a file"};
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (offset > size || ::lseek(file.get(), static_cast<off_t>(offset), SEEK_SET) < 0)
    return cannot_read();
  return read_bytes(file.get(), std::min(bytes, size - offset));
}

std::string DiskFileSystem::resolved(std::string_view path) const {
  const Place place = locate(path);
  return place.path.empty() ? std::string{} : relative_path(place.path, root_);
}

}  // namespace fnlint
