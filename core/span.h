// Places in the source as byte offsets, the form in which every stage keeps them.
#pragma once

#include "core/id.h"

namespace fnlint {

// Bytes [begin, end) of one file.
struct Range {
  std::uint32_t begin = 0, end = 0;
  [[nodiscard]] constexpr bool contains(Range inner) const {
    return begin <= inner.begin && inner.end <= end;
  }
  friend auto operator<=>(const Range&, const Range&) = default;
};

// A place in the project: what findings and relations hold. Lines and columns are made by reports.
struct Span {
  FileId file = {};
  Range range = {};
  friend auto operator<=>(const Span&, const Span&) = default;
};

}  // namespace fnlint
