// When to look for changed files again.
#pragma once

#include <memory>
#include <set>
#include <string>

namespace fnlint {

// Waits until files may have changed. What has changed the caller finds out.
class Wakeup {
 public:
  virtual ~Wakeup() = default;
  // From here on these folders count as well: absolute paths, without what is below them.
  virtual void add(const std::set<std::string>& folders) = 0;
  virtual void wait() = 0;
};

// By what the system tells, where it does; else by the clock.
std::unique_ptr<Wakeup> wakeup();
// Every half second.
std::unique_ptr<Wakeup> wakeup_by_clock();

}  // namespace fnlint
