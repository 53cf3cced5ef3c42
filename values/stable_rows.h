#pragma once

#include "core/id.h"

#include <algorithm>
#include <memory>
#include <span>
#include <vector>

namespace fnlint {

// A table that only grows: rows and slices never move, so views of them outlive later additions.
template <class T>
class StableRows {
 public:
  std::uint32_t append(const T& row) { return append(std::span(&row, 1)).first; }
  Slice<T> append(std::span<const T> rows) {
    if (rows.empty()) return {};
    const auto count = static_cast<std::uint32_t>(rows.size());
    if (count > capacity() - used_) grow(count);
    const Slice<T> slice{used_, count};
    std::copy(rows.begin(), rows.end(), at(used_));
    used_ += count;
    return slice;
  }
  [[nodiscard]] T& operator[](std::uint32_t row) { return *at(row); }
  [[nodiscard]] const T& operator[](std::uint32_t row) const { return *at(row); }
  [[nodiscard]] std::span<const T> operator[](Slice<T> slice) const {
    return slice.count == 0 ? std::span<const T>() : std::span(at(slice.first), slice.count);
  }
  // Rows in use; equal to the number of rows where all were appended one at a time.
  [[nodiscard]] std::uint32_t size() const { return used_; }

 private:
  static constexpr std::uint32_t kBits = 12, kChunk = 1U << kBits;

  [[nodiscard]] T* at(std::uint32_t row) const {
    return chunks_[row >> kBits] + (row & (kChunk - 1));
  }
  [[nodiscard]] std::uint32_t capacity() const {
    return static_cast<std::uint32_t>(chunks_.size()) << kBits;
  }
  void grow(std::uint32_t count) {  // a slice stays within one block, however long it is
    const std::uint32_t chunks = (count + kChunk - 1) >> kBits;
    used_ = capacity();
    blocks_.push_back(std::make_unique<T[]>(std::size_t{chunks} << kBits));
    for (std::uint32_t i = 0; i < chunks; ++i)
      chunks_.push_back(blocks_.back().get() + (std::size_t{i} << kBits));
  }

  std::vector<std::unique_ptr<T[]>> blocks_;
  std::vector<T*> chunks_;
  std::uint32_t used_ = 0;
};

}  // namespace fnlint
