// From an offset in an unescaped text of a template to its offset in the file.

#include "model/template.h"

#include <algorithm>

namespace fnlint {

std::uint32_t TemplateFacts::place_in(ExprId text_expr, std::uint32_t offset) const {
  const Range range = expr_ranges[text_expr.index];
  const Slice<TextPlace> slice = expr_places[text_expr.index];
  const auto rows = std::span(text_places).subspan(slice.first, slice.count);
  const auto after =
      std::upper_bound(rows.begin(), rows.end(), offset,
                       [](std::uint32_t at, const TextPlace& row) { return at < row.text_begin; });
  if (after == rows.begin()) return std::min(range.begin + offset, range.end);
  const TextPlace& row = *std::prev(after);
  return std::min(row.file_begin + (offset - row.text_begin), range.end);
}

}  // namespace fnlint
