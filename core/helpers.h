// Threads as a help that may be refused: errors in one of them reach the thread that waits for all.
#pragma once

#include <exception>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace fnlint {

// Threads that help whoever started them. The machine may have none to give; what is thrown in one
// of them is thrown where they are joined.
class Helpers {
 public:
  // False: there is no thread for it, and the work is not done.
  template <class Work>
  [[nodiscard]] bool start(Work work) {
    try {
      threads_.emplace_back([this, work = std::move(work)] {
        try {
          work();
        } catch (...) {
          const std::scoped_lock lock(mutex_);
          if (!thrown_) thrown_ = std::current_exception();
        }
      });
      return true;
    } catch (const std::system_error&) {
      return false;
    } catch (const std::bad_alloc&) {
      return false;
    }
  }
  void join() {
    threads_.clear();
    if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
  }

 private:
  std::mutex mutex_;
  std::exception_ptr thrown_;
  std::vector<std::jthread> threads_;  // the last member: they use the others
};

}  // namespace fnlint
