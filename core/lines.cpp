// Finds lines by binary search, and counts columns from the nearest of several marks in the text.

#include "core/lines.h"

#include "core/encoding.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::size_t kStep = 4096;

std::uint32_t units_of(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if ((byte & 0xC0U) == 0x80U) return 0;  // continuation byte
  return byte >= 0xF0U ? 2 : 1;           // outside the basic plane: a surrogate pair
}

std::uint32_t units_of(std::string_view text) {
  std::uint32_t units = 0;
  for (const char c : text) units += units_of(c);
  return units;
}

// Of a character that this byte begins, or nothing.
std::uint32_t columns_of(char c, ColumnUnits units) {
  if (units == ColumnUnits::Bytes) return 1;
  const std::uint32_t utf16 = units_of(c);
  return units == ColumnUnits::Utf16 ? utf16 : std::min(utf16, 1U);
}

std::uint32_t columns_of(std::string_view text, ColumnUnits units) {
  if (units == ColumnUnits::Bytes) return static_cast<std::uint32_t>(text.size());
  std::uint32_t columns = 0;
  for (const char c : text) columns += columns_of(c, units);
  return columns;
}

}  // namespace

Lines::Lines(std::string_view text) : text_(text), starts_{0} {
  std::uint32_t units = 0;
  for (std::size_t step = 0; step < text.size(); step += kStep) {
    units_.push_back(units);
    const std::size_t end = std::min(step + kStep, text.size());
    for (std::size_t i = step; i < end; ++i) {
      const char c = text[i];
      units += units_of(c);
      if (c != '\n' && c != '\r') continue;
      if (c == '\n' || i + 1 == text.size() || text[i + 1] != '\n')
        starts_.push_back(static_cast<std::uint32_t>(i + 1));
    }
  }
}

// A byte order mark has no column.
std::uint32_t Lines::first_column(std::uint32_t line_start, ColumnUnits units) const {
  const bool has_mark =
      line_start == 0 && units != ColumnUnits::Bytes && text_.starts_with(kByteOrderMark);
  return has_mark ? static_cast<std::uint32_t>(kByteOrderMark.size()) : line_start;
}

Place Lines::place(std::uint32_t offset, ColumnUnits units) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  Place place{static_cast<std::uint32_t>(after - starts_.begin()), 1};
  const std::uint32_t from = std::min(first_column(*(after - 1), units), offset);
  place.column += units != ColumnUnits::Utf16 || offset - from <= kStep
                      ? columns_of(text_.substr(from, offset - from), units)
                      : units_before(offset) - units_before(from);
  return place;
}

std::uint32_t Lines::offset(Place place, ColumnUnits units) const {
  const auto size = static_cast<std::uint32_t>(text_.size());
  if (place.line == 0) return 0;
  if (place.line > starts_.size()) return size;
  const std::uint32_t begin = starts_[place.line - 1];
  const auto end = static_cast<std::uint32_t>(begin + line(place.line).size());
  std::uint32_t at = std::min(first_column(begin, units), end);
  for (std::uint32_t column = 1; at < end && column < place.column;) {
    const std::uint32_t more = columns_of(text_[at], units);
    if (column + more > place.column) break;
    column += more;
    for (++at; at < end && units != ColumnUnits::Bytes && units_of(text_[at]) == 0;) ++at;
  }
  return at;
}

std::uint32_t Lines::units_before(std::uint32_t offset) const {
  if (offset == 0) return 0;
  const std::size_t step = (offset - 1) / kStep;
  return units_[step] + units_of(text_.substr(step * kStep, offset - step * kStep));
}

std::string_view Lines::line(std::uint32_t number) const {
  if (number == 0 || number > starts_.size()) return {};
  const std::uint32_t begin = starts_[number - 1];
  const std::size_t end = number < starts_.size() ? starts_[number] : text_.size();
  std::string_view line = text_.substr(begin, end - begin);
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

}  // namespace fnlint
