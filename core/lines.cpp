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

Place Lines::place(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  Place place{static_cast<std::uint32_t>(after - starts_.begin()), 1};
  std::uint32_t from = *(after - 1);
  if (from == 0 && text_.starts_with(kByteOrderMark))
    from = std::min(3U, offset);  // a byte order mark has no column
  place.column += offset - from <= kStep ? units_of(text_.substr(from, offset - from))
                                         : units_before(offset) - units_before(from);
  return place;
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
