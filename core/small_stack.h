// A stack for walks over graphs, most of which are small.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace fnlint {

// What is still to be visited: the first few stand in place, so that most walks take no memory.
template <class T, std::size_t kNear = 24>
class SmallStack {
 public:
  [[nodiscard]] bool empty() const { return size_ == 0; }
  void push(T value) {
    if (size_ < kNear)
      near_[size_] = value;
    else
      far_.push_back(value);
    ++size_;
  }
  T pop() {
    if (--size_ < kNear) return near_[size_];
    const T value = far_.back();
    far_.pop_back();
    return value;
  }

 private:
  std::array<T, kNear> near_;
  std::vector<T> far_;
  std::size_t size_ = 0;
};

}  // namespace fnlint
