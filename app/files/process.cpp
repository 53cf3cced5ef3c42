// Starts a child under resource limits, exchanges input and output with it, and kills its process
// group in the end.

#include "app/files/process.h"

#include "app/files/system.h"
#include "core/text.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <utility>

namespace fnlint {

namespace {

using Clock = std::chrono::steady_clock;

struct Ends {
  int ours = -1, theirs = -1;
  Ends() {
    int both[2] = {-1, -1};
    if (!connect_ends(both)) return;
    ours = both[0];
    theirs = both[1];
  }
  Ends(const Ends&) = delete;
  Ends& operator=(const Ends&) = delete;
  ~Ends() {
    shut(ours);
    shut(theirs);
  }
  static void shut(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }
};

// An enumeration to glibc, a number elsewhere.
void limit(decltype(RLIMIT_CPU) what, std::uint64_t most) {
  const rlimit row{static_cast<rlim_t>(most), static_cast<rlim_t>(most)};
  ::setrlimit(what, &row);
}

// What execve takes: made before the fork.
std::vector<char*> label_of(const std::vector<std::string>& texts, const std::string* first) {
  std::vector<char*> words;
  if (first != nullptr) words.push_back(const_cast<char*>(first->c_str()));
  for (const std::string& text : texts) words.push_back(const_cast<char*>(text.c_str()));
  words.push_back(nullptr);
  return words;
}

// Between fork and exec: nothing that allocates or locks.
[[noreturn]] void become(char* const* arguments, char* const* environment, const int (&ends)[3],
                         const ProcessLimits& limits) {
  ::setpgid(0, 0);
  end_with_parent();  // it outlives nobody who interrupts the run
  for (int stream = 0; stream < 3; ++stream)
    if (::dup2(ends[stream], stream) < 0) ::_exit(126);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_NOFILE, 256);
  limit(RLIMIT_CPU, limits.cpu_seconds);
  limit(RLIMIT_AS, limits.memory);
  for (const int signal : {SIGPIPE, SIGINT, SIGTERM, SIGCHLD}) ::signal(signal, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::execve(arguments[0], arguments, environment);
  ::_exit(127);
}

class Conversation {
 public:
  Conversation(pid_t child, int in, int out, int errors, const ProcessLimits& limits)
      : child_(child),
        in_(in),
        out_(out),
        errors_(errors),
        limits_(limits),
        end_(Clock::now() + limits.time) {}

  ProcessResult run(std::string_view input) {
    std::string_view rest = input;
    while ((out_ >= 0 || errors_ >= 0) && result_.failure.empty()) {
      if (in_ >= 0 && rest.empty()) Ends::shut(in_);
      pollfd waits[] = {{out_, POLLIN, 0}, {errors_, POLLIN, 0}, {in_, POLLOUT, 0}};  // -1: none
      const int ready = ::poll(waits, 3, 100);
      if (ready < 0 && errno != EINTR) fail("could not be waited for");
      if (Clock::now() > end_) late();
      if (ready <= 0) {
        if (ready == 0 && has_ended()) break;  // what it started may still hold its output open
        continue;
      }
      if (waits[0].revents != 0) take();
      if (waits[1].revents != 0) take_errors();
      if (in_ >= 0 && waits[2].revents != 0) give(rest);
    }
    Ends::shut(in_);
    Ends::shut(out_);
    Ends::shut(errors_);
    while (!has_ended() && result_.failure.empty()) {
      if (Clock::now() > end_) late();
      ::usleep(2'000);
    }
    ::kill(-child_, SIGKILL);
    if (!ended_) ::waitpid(child_, &status_, 0);
    if (result_.failure.empty()) result_.failure = status_words();
    if (!result_.failure.empty()) result_.output.clear();
    return std::move(result_);
  }

 private:
  void fail(std::string why) {
    if (result_.failure.empty()) result_.failure = std::move(why);
  }
  void late() {
    fail(cat("ran longer than ", limits_.time.count() / 1000, " seconds"));
    result_.too_slow = true;
  }
  void take() {
    char bytes[1U << 16U];
    const ssize_t got = ::read(out_, bytes, sizeof bytes);
    if (got > 0) {
      result_.output.append(bytes, static_cast<std::size_t>(got));
      if (result_.output.size() > limits_.output) fail("printed too much");
    } else if (got == 0 || errno != EINTR) {
      Ends::shut(out_);
    }
  }
  void take_errors() {
    constexpr std::size_t kMost = 4096;
    char bytes[kMost];
    const ssize_t got = ::read(errors_, bytes, sizeof bytes);
    if (got > 0)
      result_.errors.append(bytes, std::min(static_cast<std::size_t>(got),
                                            kMost - std::min(kMost, result_.errors.size())));
    else if (got == 0 || errno != EINTR)
      Ends::shut(errors_);
  }
  void give(std::string_view& rest) {
    const std::ptrdiff_t put = send_now(in_, rest);
    if (put > 0)
      rest.remove_prefix(static_cast<std::size_t>(put));
    else if (put < 0 && errno != EAGAIN && errno != EINTR)
      Ends::shut(in_);  // it reads no more: what it answers decides
  }
  bool has_ended() {
    if (!ended_) ended_ = ::waitpid(child_, &status_, WNOHANG) == child_;
    return ended_;
  }
  [[nodiscard]] std::string status_words() {
    if (WIFSIGNALED(status_)) {
      const int signal = WTERMSIG(status_);
      if (signal == SIGXCPU || signal == SIGKILL) {
        result_.too_slow = true;
        return "took too much time or memory";
      }
      return cat("was ended by signal ", signal);
    }
    const int code = WIFEXITED(status_) ? WEXITSTATUS(status_) : -1;
    if (code == 127) return "could not be started";
    return code == 0 ? std::string() : cat("ended with exit code ", code);
  }

  const pid_t child_;
  int in_, out_, errors_;
  const ProcessLimits& limits_;
  const Clock::time_point end_;
  ProcessResult result_ = {};
  int status_ = 0;
  bool ended_ = false;
};

}  // namespace

ProcessResult run_process(const ProcessStart& start, std::string_view input,
                          const ProcessLimits& limits) {
  const std::vector<char*> arguments = label_of(start.arguments, &start.program);
  const std::vector<char*> environment = label_of(start.environment, nullptr);
  Ends in, out, errors;
  if (in.ours < 0 || out.ours < 0 || errors.ours < 0) return {.failure = "could not be started"};
  const pid_t child = ::fork();
  if (child < 0) return {.failure = "could not be started"};
  if (child == 0)
    become(arguments.data(), environment.data(), {in.theirs, out.theirs, errors.theirs}, limits);
  ::setpgid(child, child);  // whichever of the two is first
  Ends::shut(in.theirs);
  Ends::shut(out.theirs);
  Ends::shut(errors.theirs);
  return Conversation(child, std::exchange(in.ours, -1), std::exchange(out.ours, -1),
                      std::exchange(errors.ours, -1), limits)
      .run(input);
}

void ensure_stack() {
  constexpr rlim_t kStackBytes = 8U << 20U;
  rlimit row{};
  if (::getrlimit(RLIMIT_STACK, &row) != 0 || row.rlim_cur >= kStackBytes) return;
  row.rlim_cur = std::min(kStackBytes, row.rlim_max);
  ::setrlimit(RLIMIT_STACK, &row);
  set_thread_stack(row.rlim_cur);
}

}  // namespace fnlint
