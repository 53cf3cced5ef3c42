// Block storage for the value pool's rows: references stay valid while it grows, and a copy can
// forget its newest rows.
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
    begin_block(other.used_);
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
    if (count > end_ - used_) begin_block(count);
    const Slice<T> slice{used_, count};
    std::copy(rows.begin(), rows.end(), at(used_));
    used_ += count;
    return slice;
  }
  // Forgets all but the first rows, as many as size() was once.
  void shrink(std::uint32_t rows) {
    while (block_ > 0 && blocks_[block_].first >= rows) --block_;
    used_ = rows;
    end_ = blocks_.empty() ? 0 : blocks_[block_].end;
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
  // A slice stays within one block, however long it is. Blocks that were left by shrink() are taken
  // again.
  void begin_block(std::uint32_t count) {
    if (!blocks_.empty()) ++block_;
    while (block_ < blocks_.size() && blocks_[block_].end - blocks_[block_].first < count) ++block_;
    if (block_ == blocks_.size()) add_block((count + kChunk - 1) >> kBits);
    used_ = blocks_[block_].first;
    end_ = blocks_[block_].end;
  }
  void add_block(std::uint32_t chunks) {
    const auto first = static_cast<std::uint32_t>(chunks_.size()) << kBits;
    blocks_.push_back(
        {std::make_unique<T[]>(std::size_t{chunks} << kBits), first, first + (chunks << kBits)});
    for (std::uint32_t i = 0; i < chunks; ++i)
      chunks_.push_back(blocks_.back().rows.get() + (std::size_t{i} << kBits));
  }

  struct Block {
    std::unique_ptr<T[]> rows;
    std::uint32_t first = 0, end = 0;
  };
  std::vector<Block> blocks_;
  std::vector<T*> chunks_;
  std::size_t block_ = 0;             // that is being filled
  std::uint32_t used_ = 0, end_ = 0;  // of its rows
};

}  // namespace fnlint
