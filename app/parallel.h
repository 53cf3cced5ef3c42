#pragma once

#include "core/helpers.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>

namespace fnlint {

inline constexpr std::size_t kWorthAThread = 4;

// Calls work(i) for each i below `count`, on as many threads as there are processors, of which each
// has at least `worth_a_thread` to do; on fewer where there are none to be had. Results go to slot i of a vector that the caller sized, so
// their order does not depend on the threads.
template <class Work>
void in_parallel(std::size_t count, const Work& work, std::size_t worth_a_thread = kWorthAThread) {
  const std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
  const std::size_t threads = std::min(processors, count / worth_a_thread);
  std::atomic<std::size_t> next = 0;
  const auto run = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  Helpers helpers;
  for (std::size_t i = 1; i < threads; ++i)
    if (!helpers.start(run)) break;
  run();
  helpers.join();
}

}  // namespace fnlint
