// System calls that POSIX leaves open, each for Linux and macOS with a fallback.

#include "app/files/system.h"

#include "app/files/digest.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include <climits>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#ifdef __linux__
#include <link.h>
#include <sys/prctl.h>
#endif
#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif

namespace fnlint {

std::string own_program() {
  std::error_code none;
#ifdef __linux__
  return std::filesystem::read_symlink("/proc/self/exe", none).string();
#elif defined(__APPLE__)
  char path[PATH_MAX] = {};
  std::uint32_t size = sizeof path;
  if (::_NSGetExecutablePath(path, &size) != 0) return {};
  return std::filesystem::canonical(path, none).string();
#else
  return {};
#endif
}

namespace {

#ifdef __linux__
// The build id among the notes of one object; empty: it has none.
std::string_view build_id_of(const dl_phdr_info& object) {
  constexpr std::size_t kAlign = 4;
  const auto padded = [](std::size_t size) { return (size + kAlign - 1) / kAlign * kAlign; };
  for (int i = 0; i < object.dlpi_phnum; ++i) {
    const ElfW(Phdr)& part = object.dlpi_phdr[i];
    if (part.p_type != PT_NOTE) continue;
    std::string_view notes(reinterpret_cast<const char*>(object.dlpi_addr + part.p_vaddr),
                           part.p_memsz);
    ElfW(Nhdr) note{};
    while (notes.size() >= sizeof note) {
      std::memcpy(&note, notes.data(), sizeof note);
      notes.remove_prefix(sizeof note);
      const std::size_t name = padded(note.n_namesz), content = padded(note.n_descsz);
      if (name + content > notes.size()) break;
      if (note.n_type == NT_GNU_BUILD_ID && notes.starts_with(std::string_view("GNU", 4)))
        return notes.substr(name, note.n_descsz);
      notes.remove_prefix(name + content);
    }
  }
  return {};
}

// Of the program, which comes first, and then of its libraries.
std::string build_ids() {
  std::string ids;
  const auto add = [](dl_phdr_info* object, std::size_t, void* all) {
    const std::string_view id = build_id_of(*object);
    static_cast<std::string*>(all)->append(id).append("/");
    return 0;
  };
  ::dl_iterate_phdr(add, &ids);
  return ids.starts_with('/') ? std::string() : ids;
}
#else
std::string build_ids() { return {}; }
#endif

}  // namespace

std::string build_of_program() {
  if (std::string ids = build_ids(); !ids.empty()) return ids;
  std::ifstream file(own_program(), std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file || text.view().empty()) return {};
  const Digest digest = digest_of(text.view());
  return std::to_string(digest.high) + std::to_string(digest.low);
}

void end_with_parent() {
#ifdef __linux__
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
}

bool connect_ends(int (&ends)[2]) {
#ifdef SOCK_CLOEXEC
  return ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0;
#else
  if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return false;
  for (const int end : ends) {
    ::fcntl(end, F_SETFD, FD_CLOEXEC);
#ifdef SO_NOSIGPIPE
    const int on = 1;
    ::setsockopt(end, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
  }
  return true;
#endif
}

std::ptrdiff_t send_now(int end, std::string_view bytes) {
#ifdef MSG_NOSIGNAL
  return ::send(end, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
#else
  return ::send(end, bytes.data(), bytes.size(), MSG_DONTWAIT);
#endif
}

int signal_within_second(const sigset_t& signals) {
#ifdef __linux__
  const timespec second{1, 0};
  return ::sigtimedwait(&signals, nullptr, &second);
#else
  sigset_t pending;
  int signal = 0;
  for (int tenths = 0; tenths < 10; ++tenths) {
    ::sigpending(&pending);
    for (signal = 1; signal < NSIG; ++signal)
      if (::sigismember(&signals, signal) == 1 && ::sigismember(&pending, signal) == 1)
        return ::sigwait(&signals, &signal) == 0 ? signal : -1;
    ::usleep(100'000);
  }
  return -1;
#endif
}

void set_thread_stack([[maybe_unused]] std::size_t bytes) {
#ifdef __GLIBC__
  pthread_attr_t threads;  // the library has read the limit before main began
  if (::pthread_attr_init(&threads) != 0) return;
  if (::pthread_attr_setstacksize(&threads, bytes) == 0) ::pthread_setattr_default_np(&threads);
  ::pthread_attr_destroy(&threads);
#endif
}

}  // namespace fnlint
