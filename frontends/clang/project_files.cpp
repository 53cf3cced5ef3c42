// Resolves and caches files below the root, links included, and scans what a source includes for
// names that the stub headers must declare.

#include "frontends/clang/project_files.h"

#include "core/limits.h"
#include "core/text.h"
#include "frontends/clang/compile_flags.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <climits>
#include <cstdlib>

namespace fnlint {

namespace {

constexpr std::size_t kFiles = 4'000, kAllBytes = 64U << 20U;
constexpr int kIncludes = 32;  // one in another

std::string read_file(const std::string& path, std::size_t limit, bool& found) {
  found = false;
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
  if (file < 0) return {};
  struct stat status = {};
  std::string text;
  if (::fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
      static_cast<std::size_t>(status.st_size) <= limit) {
    text.resize(static_cast<std::size_t>(status.st_size));
    std::size_t filled = 0;
    while (filled < text.size()) {
      const ssize_t got = ::read(file, text.data() + filled, text.size() - filled);
      if (got <= 0) break;
      filled += static_cast<std::size_t>(got);
    }
    text.resize(filled);
    found = true;
  }
  ::close(file);
  return text;
}

}  // namespace

ProjectFiles::ProjectFiles(std::string root, std::string_view source,
                           const std::vector<ClangRequest::File>& files)
    : root_(std::move(root)) {
  for (const ClangRequest::File& file : files)
    texts_.emplace(plain_path(absolute(file.path)), file.text);
  std::string folder(source);
  while (!folder.empty()) {
    const std::size_t slash = folder.rfind('/');
    folder = slash == std::string::npos ? std::string() : folder.substr(0, slash);
    folders_.push_back(absolute(folder));
    for (const std::string_view inner : {"include", "inc", "src"})
      folders_.push_back(absolute(folder.empty() ? std::string(inner) : cat(folder, '/', inner)));
  }
  const std::string* whole = read(plain_path(absolute(source)));
  if (whole != nullptr) look_through(*whole, folders_.front(), 0);
}

std::string ProjectFiles::absolute(std::string_view path) const {
  if (path.empty()) return root_;
  return root_.ends_with('/') ? cat(root_, path) : cat(root_, '/', path);
}

// Lexically below the root, and there in truth: no link leads out of it.
bool ProjectFiles::is_allowed(const std::string& path) const {
  if (path.size() >= PATH_MAX || !is_inside(path, root_)) return false;
  char real[PATH_MAX];
  return ::realpath(path.c_str(), real) != nullptr && is_inside(real, root_);
}

const std::string* ProjectFiles::read(const std::string& path) {
  if (const auto known = texts_.find(path); known != texts_.end()) return &known->second;
  if (missing_.contains(path)) return nullptr;
  bool found = false;
  std::string text;
  if (is_allowed(path) && texts_.size() < kFiles && bytes_ < kAllBytes) {
    char real[PATH_MAX];
    if (::realpath(path.c_str(), real) != nullptr) text = read_file(real, kSourceBytes, found);
  }
  if (!found) {
    if (missing_.size() < kFiles * 16) missing_[path] = true;
    return nullptr;
  }
  bytes_ += text.size();
  return &(texts_[path] = std::move(text));
}

const std::string* ProjectFiles::text(const std::string& path) {
  const std::string plain = plain_path(path);
  if (!is_inside(plain, kStubFolder)) return read(plain);
  if (plain.size() <= kStubFolder.size() + 1) return nullptr;
  const std::string_view name = std::string_view(plain).substr(kStubFolder.size() + 1);
  if (const auto known = texts_.find(plain); known != texts_.end()) return &known->second;
  if (!StubHeaders::exists(name)) return nullptr;
  return &(texts_[plain] = stubs_.text(name));
}

bool ProjectFiles::is_folder(const std::string& path) {
  const std::string plain = plain_path(path);
  if (is_inside(plain, kStubFolder))  // wherever an include asks for one
    return !plain.ends_with(".h") &&
           (plain == kStubFolder || plain.find("/aws") == kStubFolder.size() ||
            !StubHeaders::exists(plain.substr(kStubFolder.size() + 1)));
  if (!is_allowed(plain)) return false;
  struct stat status = {};
  return ::stat(plain.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

void ProjectFiles::look_through(std::string_view text, const std::string& folder, int depth) {
  stubs_.ask(text);
  if (depth > kIncludes) return;
  constexpr std::string_view kInclude = "#include";
  for (std::size_t at = text.find(kInclude); at != std::string_view::npos;
       at = text.find(kInclude, at + 1)) {
    std::size_t begin = at + kInclude.size();
    while (begin < text.size() && (text[begin] == ' ' || text[begin] == '\t')) ++begin;
    if (begin >= text.size() || (text[begin] != '"' && text[begin] != '<')) continue;
    const std::size_t end = text.find(text[begin] == '"' ? '"' : '>', begin + 1);
    if (end == std::string_view::npos || end - begin > 256) continue;
    const std::string_view name = text.substr(begin + 1, end - begin - 1);
    if (StubHeaders::exists(name)) continue;
    std::vector<std::string> places{folder};
    places.insert(places.end(), folders_.begin(), folders_.end());
    for (const std::string& place : places) {
      const std::string path = path_from(place, name);
      const std::string* inner = read(path);
      if (inner == nullptr) continue;
      if (seen_.emplace(path, true).second)
        look_through(*inner, path.substr(0, path.rfind('/')), depth + 1);
      break;
    }
  }
}

}  // namespace fnlint
