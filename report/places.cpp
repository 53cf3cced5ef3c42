// Line and column arithmetic for findings, with empty spans widened to something that can be
// marked.

#include "report/places.h"

#include <algorithm>

namespace fnlint {

const Lines* Places::lines(FileId file) {
  if (!file.exists() || file.index >= lines_.size()) return nullptr;
  std::unique_ptr<Lines>& lines = lines_[file.index];
  if (!lines) lines = std::make_unique<Lines>(report_.files[file.index].text);
  return lines.get();
}

// What is empty is one character, where its line has one there.
Range Places::marked(const Span& where, const Lines& lines) const {
  Range range{where.range.begin, std::max(where.range.begin, where.range.end)};
  const Place begin = lines.place(range.begin);
  if (begin != lines.place(range.end)) return range;
  std::uint32_t next = range.begin + 1;
  const std::string_view text = report_.files[where.file.index].text;
  while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80U) ++next;
  const std::string_view line = lines.line(begin.line);
  if (next <= lines.start(begin.line) + line.size()) range.end = next;
  return range;
}

Region Places::region(const Span& where) {
  const Lines* const lines = this->lines(where.file);
  return lines == nullptr ? Region{} : edited_region({where.file, marked(where, *lines)});
}

Region Places::byte_region(const Span& where) {
  const Lines* const lines = this->lines(where.file);
  return lines == nullptr ? Region{} : edited_region({where.file, marked(where, *lines)}, true);
}

Region Places::edited_region(const Span& where, bool in_bytes) {
  const Lines* const lines = this->lines(where.file);
  if (lines == nullptr) return {};
  const ColumnUnits units = in_bytes ? ColumnUnits::Bytes : ColumnUnits::Utf16;
  return {lines->place(where.range.begin, units), lines->place(where.range.end, units)};
}

std::string_view Places::path(const Span& where) const {
  if (!where.file.exists() || where.file.index >= report_.files.size()) return ".";
  return report_.files[where.file.index].path;
}

std::string_view Places::repository_path(const Span& where) const {
  if (!where.file.exists() || where.file.index >= report_.files.size()) return ".";
  return report_.files[where.file.index].repository_path;
}

std::string_view Places::inner_path(const Span& where) const {
  if (!where.file.exists() || where.file.index >= report_.files.size()) return {};
  return report_.files[where.file.index].inner;
}

}  // namespace fnlint
