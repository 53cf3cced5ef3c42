// Time per stage, for `--timing`.
#pragma once

#include <chrono>
#include <ctime>
#include <string>
#include <utility>
#include <vector>

namespace fnlint {

struct StageTime {
  std::string name = {};
  double milliseconds = 0;
};

// What the calling thread has taken of a processor so far; 0 where the system does not say.
inline double processor_milliseconds_of_thread() {
#ifdef CLOCK_THREAD_CPUTIME_ID
  timespec taken{};
  if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &taken) == 0)
    return static_cast<double>(taken.tv_sec) * 1e3 + static_cast<double>(taken.tv_nsec) / 1e6;
#endif
  return 0;
}

// How long each stage took, in the order in which they first ran; a stage that runs again adds up.
class Timings {
 public:
  template <class Work>
  auto stage(const std::string& name, const Work& work) {
    const Clock clock(*this, name);
    return work();
  }
  void add(const std::string& name, double milliseconds) {
    for (StageTime& row : rows_) {
      if (row.name != name) continue;
      row.milliseconds += milliseconds;
      return;
    }
    rows_.push_back({name, milliseconds});
  }
  [[nodiscard]] const std::vector<StageTime>& rows() const { return rows_; }

 private:
  class Clock {
   public:
    Clock(Timings& timings, const std::string& name) : timings_(timings), name_(name) {}
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    ~Clock() {
      const std::chrono::duration<double, std::milli> taken =
          std::chrono::steady_clock::now() - start_;
      timings_.add(name_, taken.count());
    }

   private:
    Timings& timings_;
    const std::string& name_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  };
  std::vector<StageTime> rows_ = {};
};

}  // namespace fnlint
