// Looks up a scalar's rows of places, for any part of it.

#include "frontends/templates/text_source.h"

#include <algorithm>

namespace fnlint {

TextSource::TextSource(const Document& document, NodeId scalar)
    : text_(document[scalar].text),
      range_(document[scalar].range),
      file_begin_(document.file_offset(scalar, 0)) {
  const Slice<Segment> rows = document[scalar].segments;
  rows_ = std::span(document.segments).subspan(rows.first, rows.count);
}

TextSource::TextSource(const MapEntry& key) : text_(key.key), range_(key.key_range) {
  const std::size_t written = key.key_range.end - key.key_range.begin;
  file_begin_ = key.key_range.begin + (written >= key.key.size() + 2 ? 1 : 0);
}

TextSource TextSource::part(std::size_t begin, std::size_t end) const {
  TextSource result = *this;
  result.range_ = range_of(begin, end);
  result.text_ = text_.substr(begin, end - begin);
  result.skipped_ += begin;
  return result;
}

std::uint32_t TextSource::file_offset(std::size_t offset) const {
  const std::size_t at = offset + skipped_;
  const auto after = std::upper_bound(
      rows_.begin(), rows_.end(), at,
      [](std::size_t wanted, const Segment& row) { return wanted < row.text_begin; });
  if (after == rows_.begin()) return static_cast<std::uint32_t>(file_begin_ + at);
  return static_cast<std::uint32_t>(std::prev(after)->file_begin +
                                    (at - std::prev(after)->text_begin));
}

Range TextSource::range_of(std::size_t begin, std::size_t end) const {
  const std::uint32_t first = std::min(file_offset(begin), range_.end);
  if (end <= begin) return {first, first};
  return {first, std::clamp(file_offset(end - 1) + 1, first, range_.end)};
}

void TextSource::add_locations(std::size_t begin, std::size_t end, std::size_t at,
                            std::vector<TextPlace>& rows) const {
  if (begin >= end) return;
  const auto add = [&](std::size_t text, std::uint32_t file) {
    if (!rows.empty() && rows.back().file_begin - rows.back().text_begin ==
                             file - static_cast<std::uint32_t>(text)) {
      return;
    }
    rows.push_back({static_cast<std::uint32_t>(text), file});
  };
  add(at, file_offset(begin));
  auto row = std::upper_bound(
      rows_.begin(), rows_.end(), begin + skipped_,
      [](std::size_t wanted, const Segment& each) { return wanted < each.text_begin; });
  for (; row != rows_.end() && row->text_begin < end + skipped_; ++row) {
    add(at + (row->text_begin - skipped_ - begin), row->file_begin);
  }
}

}  // namespace fnlint
