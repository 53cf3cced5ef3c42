#include "report/excerpt.h"

#include "core/encoding.h"
#include "report/unicode.h"

#include <algorithm>
#include <vector>

namespace fnlint {

namespace {

constexpr std::size_t kTab = 4;
constexpr std::size_t kLongest = 120;  // columns of a line that is shown whole
constexpr std::size_t kBefore = 30;    // columns kept before the mark of a longer one
constexpr std::size_t kExcerptWindow = 512;  // bytes around the mark that are looked at

struct Cell {
  std::string text = {};
  std::size_t width = 1;
  bool marked = false;
};

std::vector<Cell> cells_of(std::string_view line, std::size_t begin, std::size_t end) {
  std::vector<Cell> cells;
  std::size_t column = 0, offset = 0;
  for (std::string_view rest = line; !rest.empty(); offset = line.size() - rest.size()) {
    const bool marked = offset >= begin && offset < end;
    const char32_t point = take_code_point(rest);
    Cell cell{.marked = marked};
    if (point == '\t') {
      cell.width = kTab - column % kTab;
      cell.text.assign(cell.width, ' ');
    } else if (is_control(point) || point == 0xFEFF) {
      continue;
    } else {
      append_utf8(cell.text, point);
      cell.width = static_cast<std::size_t>(width_of(point));
    }
    column += cell.width;
    cells.push_back(std::move(cell));
  }
  return cells;
}

// The surroundings of the mark in bytes, more than is ever shown of them; whole characters.
struct Window {
  std::size_t first = 0, last = 0;
};
Window window_of(std::string_view line, std::size_t begin, std::size_t end) {
  const auto is_inner = [&](std::size_t at) {
    return at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80U;
  };
  begin = std::min(begin, line.size());
  Window window{begin > kExcerptWindow ? begin - kExcerptWindow : 0,
                std::min(line.size(), std::min(end, begin + kExcerptWindow) + kExcerptWindow)};
  while (window.first > 0 && is_inner(window.first)) --window.first;
  while (is_inner(window.last)) ++window.last;
  return window;
}

std::size_t columns_between(const std::vector<Cell>& cells, std::size_t from, std::size_t to) {
  std::size_t width = 0;
  for (std::size_t i = from; i < to; ++i) width += cells[i].width;
  return width;
}

}  // namespace

Excerpt excerpt_of(std::string_view line, std::size_t begin, std::size_t end) {
  const auto [from, to] = window_of(line, begin, end);
  const std::vector<Cell> cells = cells_of(line.substr(from, to - from), begin - from,
                                           std::max(end, begin + 1) - from);
  const auto is_marked = [](const Cell& cell) { return cell.marked; };
  std::size_t mark = 0;
  while (mark < cells.size() && !cells[mark].marked) ++mark;
  const auto marked = static_cast<std::size_t>(std::ranges::count_if(cells, is_marked));

  std::size_t first = 0, last = cells.size();
  Excerpt excerpt;
  if (columns_between(cells, 0, cells.size()) > kLongest) {
    while (columns_between(cells, first, mark) > kBefore) ++first;
    while (columns_between(cells, first, last) > kLongest) --last;
    if (first > 0 || from > 0) excerpt.line = "...";
  }
  excerpt.mark.assign(excerpt.line.size() + columns_between(cells, std::min(first, mark), mark),
                      ' ');
  const std::size_t shown_end = std::clamp(mark + marked, mark, std::max(last, mark));
  excerpt.mark.append(std::max<std::size_t>(columns_between(cells, mark, shown_end), 1), '^');
  for (std::size_t i = first; i < last; ++i) excerpt.line += cells[i].text;
  if (last < cells.size() || to < line.size()) excerpt.line += "...";
  while (excerpt.line.ends_with(' ')) excerpt.line.pop_back();
  break_log_commands(excerpt.line);
  return excerpt;
}

}  // namespace fnlint
