#include "report/places.h"

#include <algorithm>

namespace fnlint {

const Lines* Places::lines(FileId file) {
  if (!file.exists() || file.index >= lines_.size()) return nullptr;
  std::unique_ptr<Lines>& lines = lines_[file.index];
  if (!lines) lines = std::make_unique<Lines>(report_.files[file.index].text);
  return lines.get();
}

Region Places::region(const Span& where) {
  const Lines* const lines = this->lines(where.file);
  if (lines == nullptr) return {{1, 1}, {1, 1}};
  Region region{lines->place(where.range.begin),
                lines->place(std::max(where.range.begin, where.range.end))};
  if (region.begin == region.end) {
    std::uint32_t next = where.range.begin + 1;
    const std::string_view text = report_.files[where.file.index].text;
    while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80U) ++next;
    const std::string_view line = lines->line(region.begin.line);
    if (next <= lines->start(region.begin.line) + line.size()) region.end = lines->place(next);
  }
  return region;
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
