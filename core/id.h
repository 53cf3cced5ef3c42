// References between tables: typed row numbers in the place of pointers, so that tables can be
// copied.
#pragma once

#include <compare>
#include <cstdint>

namespace fnlint {

// A row number of one table; `Tag` keeps ids of different tables apart. A default id names nothing.
template <class Tag>
struct Id {
  std::uint32_t index = UINT32_MAX;
  [[nodiscard]] bool exists() const { return index != UINT32_MAX; }
  friend auto operator<=>(Id, Id) = default;
};

// Consecutive rows of the owner's table of T.
template <class T>
struct Slice {
  std::uint32_t first = 0, count = 0;
  friend auto operator<=>(Slice, Slice) = default;
};

using FileId = Id<struct FileTag>;
using StringId = Id<struct StringTag>;

}  // namespace fnlint
