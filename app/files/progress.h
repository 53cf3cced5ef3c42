// The progress line of slow runs.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace fnlint {

// One line on a terminal that says how far a run is, as long as this lives: shown where that takes
// a while, by a thread of its own, and cleared in the end, by Ctrl-C too.
class Progress {
 public:
  // Takes what goes to the terminal; empty: nothing is shown.
  using Write = std::function<void(std::string_view)>;
  explicit Progress(Write write, std::size_t columns = 0,
                    std::chrono::milliseconds after = std::chrono::milliseconds(500));
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  // From here on the run does this: "reading code", of which `of` are told: "files".
  void begin(std::string_view stage, std::string_view of = {});
  // So many more are to be done, and one more is. From any thread.
  void expect(std::size_t count) { total_ += count; }
  void step() { done_.fetch_add(1, std::memory_order_relaxed); }

 private:
  void show();
  [[nodiscard]] std::string line() const;

  Write write_;
  std::size_t columns_;  // of the terminal; 0: not known
  std::chrono::milliseconds after_;
  std::atomic<std::size_t> done_ = 0, total_ = 0;
  std::mutex mutex_ = {};
  std::condition_variable ended_ = {};
  std::string stage_ = {}, of_ = {};
  bool is_over_ = false;
  std::thread thread_ = {};  // the last member: it uses the others
};

}  // namespace fnlint
