// Loops over independent work on several threads, with progress and cancellation.
#pragma once

#include "app/files/progress.h"
#include "core/helpers.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>

namespace fnlint {

inline constexpr std::size_t kWorthAThread = 4;

// Set, from any thread, when nobody wants what a run would find. It is asked between the stages,
// after each lot of functions that are read, and before each rule.
using Cancel = std::atomic<bool>;

// Who does the work of a run: at most so many threads, whom they tell, and who may end it.
struct Workers {
  std::size_t most = SIZE_MAX;
  Progress* progress = nullptr;    // null: nobody
  const Cancel* cancel = nullptr;  // null: nobody
  [[nodiscard]] bool are_cancelled() const { return cancel != nullptr && *cancel; }
};

inline std::size_t threads_of(const Workers& workers) {
  return std::min<std::size_t>(workers.most, std::max(1U, std::thread::hardware_concurrency()));
}

// Calls work(i) for each i below `count`, on as many threads as there are processors, of which each
// has at least `worth_a_thread` to do; on fewer where there are none to be had. Results go to slot
// i of a vector that the caller sized, so their order does not depend on the threads.
template <class Work>
void in_parallel(const Workers& workers, std::size_t count, const Work& work,
                 std::size_t worth_a_thread = kWorthAThread) {
  const std::size_t threads = std::min(threads_of(workers), count / worth_a_thread);
  if (workers.progress != nullptr) workers.progress->expect(count);
  std::atomic<std::size_t> next = 0;
  const auto run = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      work(i);
      if (workers.progress != nullptr) workers.progress->step();
    }
  };
  Helpers helpers;
  for (std::size_t i = 1; i < threads; ++i)
    if (!helpers.start(run)) break;
  run();
  helpers.join();
}

}  // namespace fnlint
