#include "app/system.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include <climits>
#include <filesystem>

#ifdef __linux__
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
