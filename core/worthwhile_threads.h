// How many threads a task should have, given that each costs memory of its own.
#pragma once

#include <algorithm>
#include <cstddef>
#include <thread>

namespace fnlint {

// How many threads, of those that may be had, are worth a pool of values for each, where one has
// `least` to do at the least.
inline std::size_t worthwhile_threads(std::size_t work, std::size_t least, std::size_t may) {
  constexpr std::size_t kMost = 8;
  const std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
  return std::clamp<std::size_t>(work / least, 1, std::min({processors, kMost, may}));
}

}  // namespace fnlint
