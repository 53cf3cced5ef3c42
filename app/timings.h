#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace fnlint {

struct StageTime {
  std::string name = {};
  double milliseconds = 0;
};

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
