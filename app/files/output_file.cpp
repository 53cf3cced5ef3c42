// Writes to a temporary file and renames it, with signals held back in between.

#include "app/files/output_file.h"

#include "app/files/paths.h"
#include "core/text.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace fnlint {

namespace {

constexpr mode_t kNewFile = 0666;

// Between a temporary file and its rename no signal may end the process.
class SignalsHeld {
 public:
  SignalsHeld() {
    sigset_t ending;
    sigemptyset(&ending);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) sigaddset(&ending, signal);
    sigprocmask(SIG_BLOCK, &ending, &before_);
  }
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;
  ~SignalsHeld() { sigprocmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_ = {};
};

std::string reason() { return std::strerror(errno); }

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// Where a symbolic link leads, so that the link stays one.
std::string target_of(const std::string& path) {
  const std::unique_ptr<char, void (*)(void*)> real(::realpath(path.c_str(), nullptr), std::free);
  return real ? std::string(real.get()) : path;
}

}  // namespace

std::string write_to(int file, std::string_view text) {
  if (file < 0) return reason();
  std::string error;
  if (!write_all(file, text)) error = reason();
  if (::close(file) != 0 && error.empty()) error = reason();
  return error;
}

std::string write_file(const std::string& path, std::string_view text) {
  struct stat status = {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) return "is a folder";
  if (exists && !S_ISREG(status.st_mode))
    return write_to(::open(path.c_str(), O_WRONLY | O_CLOEXEC), text);

  const std::string target = target_of(path);
  const std::string temporary = cat(target, ".fnlint-", ::getpid());
  const SignalsHeld held;
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                          exists ? status.st_mode & 07777U : kNewFile);
  std::string error = write_to(file, text);
  if (error.empty() && std::rename(temporary.c_str(), target.c_str()) != 0) error = reason();
  if (!error.empty() && file >= 0) ::unlink(temporary.c_str());
  return error;
}

std::string way_from(const std::string& file, const std::string& root,
                     const std::string& working_directory) {
  const std::string page = join_path(working_directory, file);
  const std::string folder = file.empty() ? working_directory : page.substr(0, page.rfind('/'));
  const std::string way = relative_path(root, normal_path(folder));
  return way == "." ? std::string() : way;
}

std::string append_to_file(const std::string& path, std::string_view text) {
  return write_to(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, kNewFile), text);
}

}  // namespace fnlint
