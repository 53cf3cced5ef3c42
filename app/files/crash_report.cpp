// Signal handlers that write the note of what was being read, and nothing that needs memory or
// locks.

#include "app/files/crash_report.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <memory>

namespace fnlint {

namespace {

constexpr int kExitCode = 2;
constexpr std::size_t kStackBytes = 64U << 10U;

// Plain bytes: what a signal's handler reads must not be in the making.
struct Reading {
  std::array<char, 1024> text = {};
  std::size_t size = 0;
};
thread_local Reading t_reading;

// For the handler, beside the thread's own stack.
class SpareStack {
 public:
  SpareStack() : bytes_(std::make_unique<char[]>(kStackBytes)) {
    stack_t stack = {};
    stack.ss_sp = bytes_.get();
    stack.ss_size = kStackBytes;
    ::sigaltstack(&stack, nullptr);
  }
  SpareStack(const SpareStack&) = delete;
  SpareStack& operator=(const SpareStack&) = delete;
  ~SpareStack() {
    stack_t none = {};
    none.ss_flags = SS_DISABLE;
    ::sigaltstack(&none, nullptr);
  }
  void keep() const {}

 private:
  std::unique_ptr<char[]> bytes_;
};

void put(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::string_view name_of(int signal) {
  switch (signal) {
    case SIGSEGV: return "SIGSEGV";
    case SIGBUS: return "SIGBUS";
    case SIGFPE: return "SIGFPE";
    case SIGILL: return "SIGILL";
    default: return "SIGABRT";
  }
}

extern "C" void last_words(int signal) {
  put("fnlint: crashed (");
  put(name_of(signal));
  put(")");
  if (t_reading.size > 0) {
    put(" while reading ");
    put({t_reading.text.data(), t_reading.size});
  }
  put("\nfnlint: this is a bug in fnlint: please report it, with the file that it was reading; "
      "--exclude that file to lint the rest\n");
  ::_exit(kExitCode);
}

}  // namespace

void note_reading(std::string_view what) {
  static thread_local const SpareStack t_spare;
  t_spare.keep();
  t_reading.size = 0;
  const std::size_t size = std::min(what.size(), t_reading.text.size());
  for (std::size_t i = 0; i < size; ++i) {
    const char c = what[i];
    t_reading.text.at(i) = static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
  }
  t_reading.size = size;
}

std::string reading_now() { return {t_reading.text.data(), t_reading.size}; }

void report_crashes() {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  struct sigaction action = {};
  action.sa_handler = last_words;
  action.sa_flags = SA_ONSTACK | static_cast<int>(SA_RESETHAND);
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT})
    ::sigaction(signal, &action, nullptr);
#endif
  note_reading("");
}

}  // namespace fnlint
