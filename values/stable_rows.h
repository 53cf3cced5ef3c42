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
  StableRows() = default;
  // The same rows under the same numbers.
  explicit StableRows(const StableRows& other) {
    if (other.used_ == 0) return;
    grow(other.used_);
    for (std::uint32_t row = 0; row < other.used_; row += kChunk) {
      const T* const first = other.at(row);
      std::copy(first, first + std::min(kChunk, other.used_ - row), at(row));
    }
    used_ = other.used_;
  }
  StableRows& operator=(const StableRows&) = delete;
  ~StableRows() = default;

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
  // Forgets all but the first rows, as many as size() was once.
  void shrink(std::uint32_t rows) {
    used_ = rows;
    while (blocks_.size() > 1 && blocks_.back().first >= rows) {
      chunks_.resize(blocks_.back().first >> kBits);
      blocks_.pop_back();
    }
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
    blocks_.push_back({std::make_unique<T[]>(std::size_t{chunks} << kBits), used_});
    for (std::uint32_t i = 0; i < chunks; ++i)
      chunks_.push_back(blocks_.back().rows.get() + (std::size_t{i} << kBits));
  }

  struct Block {
    std::unique_ptr<T[]> rows;
    std::uint32_t first = 0;
  };
  std::vector<Block> blocks_;
  std::vector<T*> chunks_;
  std::uint32_t used_ = 0;
};

}  // namespace fnlint
