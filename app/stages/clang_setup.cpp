// Runs the user's setup program in its own process group, and ends it with the linter or after a
// timeout.

#include "app/stages/clang_setup.h"

#include "app/files/paths.h"
#include "app/files/system.h"
#include "core/text.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <climits>
#include <csignal>
#include <cstdlib>

namespace fnlint {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void become(const char* path, const sigset_t& mask) {
  ::setpgid(0, 0);
  end_with_parent();
  ::sigprocmask(SIG_SETMASK, &mask, nullptr);
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(STDERR_FILENO, STDOUT_FILENO);
  ::execl(path, path, static_cast<char*>(nullptr));
  ::_exit(127);
}

// The signals that end a wait: the child's end, and what a user stops a run with.
sigset_t awaited() {
  sigset_t set;
  ::sigemptyset(&set);
  for (const int signal : {SIGCHLD, SIGINT, SIGTERM, SIGHUP}) ::sigaddset(&set, signal);
  return set;
}

}  // namespace

std::string clang_setup_refusal(const std::string& setup, const std::string& root,
                                std::string& path) {
  if (!setup.starts_with('/')) return "FNLINT_CLANG_SETUP is not run: it is not an absolute path";
  path = real_path(setup);
  if (path.empty() || ::access(path.c_str(), X_OK) != 0)
    return "FNLINT_CLANG_SETUP is not run: there is no such program";
  const std::string linted = real_path(root);
  if (linted.empty() || is_below(path, linted))
    return "FNLINT_CLANG_SETUP is not run: it is inside what is linted";
  return {};
}

std::string run_clang_setup(const std::string& path, std::chrono::seconds most) {
  const sigset_t signals = awaited();
  sigset_t before;
  ::pthread_sigmask(SIG_BLOCK, &signals, &before);
  const pid_t child = ::fork();
  if (child == 0) become(path.c_str(), before);
  int status = 0, interrupt = 0;
  bool ended = child < 0;
  const Clock::time_point end = Clock::now() + most;
  while (!ended && interrupt == 0 && Clock::now() < end) {
    const int signal = signal_within_second(signals);
    if (signal > 0 && signal != SIGCHLD) interrupt = signal;
    ended = ::waitpid(child, &status, WNOHANG) == child;
  }
  if (child > 0) {
    ::setpgid(child, child);  // whichever of the two is first
    ::kill(-child, SIGKILL);
    if (!ended) ::waitpid(child, &status, 0);
  }
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (interrupt != 0) ::raise(interrupt);
  if (child < 0) return "could not be started";
  if (!ended) return cat("ran longer than ", most.count(), " seconds");
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  return WIFEXITED(status) ? cat("ended with exit code ", WEXITSTATUS(status))
                           : std::string("was ended by a signal");
}

}  // namespace fnlint
