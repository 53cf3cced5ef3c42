// Redraws the line from a thread of its own, and restores the terminal also when a signal ends the
// process.

#include "app/files/progress.h"

#include "core/text.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <system_error>

namespace fnlint {

namespace {

constexpr std::chrono::milliseconds kBetween{100};
constexpr std::string_view kClear = "\r\x1b[K";

// Leaves the line as it was found, and ends the process as the signal would have.
void clear_and_end(int signal) {
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, kClear.data(), kClear.size());
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

// Signals that the caller has chosen to ignore stay ignored.
void on_end(void (*from)(int), void (*to)(int)) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction now = {};
    if (::sigaction(signal, nullptr, &now) != 0 || now.sa_handler != from) continue;
    now = {};
    now.sa_handler = to;
    ::sigaction(signal, &now, nullptr);
  }
}

}  // namespace

Progress::Progress(Write write, std::size_t columns, std::chrono::milliseconds after)
    : write_(std::move(write)), columns_(columns), after_(after) {
  if (!write_) return;
  try {
    thread_ = std::thread([this] { show(); });
  } catch (const std::system_error&) {
    write_ = {};  // no thread is to be had: nobody misses the line
  }
}

Progress::~Progress() {
  {
    const std::scoped_lock lock(mutex_);
    is_over_ = true;
  }
  ended_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Progress::begin(std::string_view stage, std::string_view of) {
  const std::scoped_lock lock(mutex_);
  stage_ = stage;
  of_ = of;
  done_ = total_ = 0;
}

std::string Progress::line() const {
  std::string line = cat("fnlint: ", stage_);
  const std::size_t total = total_, done = std::min<std::size_t>(done_, total);
  if (!of_.empty() && total > 0) line += cat(": ", done, " of ", total, ' ', of_);
  if (columns_ > 1 && line.size() >= columns_) line.resize(columns_ - 1);
  return line;
}

void Progress::show() {
  std::unique_lock lock(mutex_);
  if (ended_.wait_for(lock, after_, [this] { return is_over_; })) return;
  on_end(SIG_DFL, clear_and_end);
  std::string shown;
  do {
    std::string line = this->line();
    if (line == shown || stage_.empty()) continue;
    shown = std::move(line);
    write_(cat(kClear, shown));
  } while (!ended_.wait_for(lock, kBetween, [this] { return is_over_; }));
  if (!shown.empty()) write_(kClear);
  on_end(clear_and_end, SIG_DFL);
}

}  // namespace fnlint
