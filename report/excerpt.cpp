// Fits a source line into a terminal: expands tabs, cuts long lines around the mark, and counts
// columns by what characters take.

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
constexpr std::string_view kCutSign = "...";
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

// What is shown of a line: cells [first, last), of which those from `mark` to `mark_end` are
// marked.
struct Cut {
  std::vector<Cell> cells = {};
  std::size_t first = 0, last = 0, mark = 0, mark_end = 0;
  bool cut_before = false, cut_behind = false;
};
Cut cut_of(std::string_view line, std::size_t begin, std::size_t end) {
  const auto [from, to] = window_of(line, begin, end);
  Cut cut{.cells = cells_of(line.substr(from, to - from), begin - from,
                            std::max(end, begin + 1) - from)};
  const std::vector<Cell>& cells = cut.cells;
  while (cut.mark < cells.size() && !cells[cut.mark].marked) ++cut.mark;
  const auto marked = static_cast<std::size_t>(std::ranges::count_if(cells, &Cell::marked));
  cut.last = cells.size();
  if (columns_between(cells, 0, cells.size()) > kLongest) {
    while (columns_between(cells, cut.first, cut.mark) > kBefore) ++cut.first;
    while (columns_between(cells, cut.first, cut.last) > kLongest) --cut.last;
    cut.cut_before = cut.first > 0 || from > 0;
  }
  cut.mark_end = std::clamp(cut.mark + marked, cut.mark, std::max(cut.last, cut.mark));
  cut.cut_behind = cut.last < cells.size() || to < line.size();
  return cut;
}

}  // namespace

MarkedLine marked_line(std::string_view line, std::size_t begin, std::size_t end) {
  const Cut cut = cut_of(line, begin, end);
  MarkedLine shown;
  if (cut.cut_before) shown.before = kCutSign;
  for (std::size_t i = cut.first; i < cut.last; ++i)
    (i < cut.mark       ? shown.before
     : i < cut.mark_end ? shown.marked
                        : shown.after) += cut.cells[i].text;
  if (cut.cut_behind) shown.after += kCutSign;
  return shown;
}

Excerpt excerpt_of(std::string_view line, std::size_t begin, std::size_t end) {
  const Cut cut = cut_of(line, begin, end);
  Excerpt excerpt;
  if (cut.cut_before) excerpt.line = kCutSign;
  excerpt.mark.assign(
      excerpt.line.size() + columns_between(cut.cells, std::min(cut.first, cut.mark), cut.mark),
      ' ');
  excerpt.mark.append(std::max<std::size_t>(columns_between(cut.cells, cut.mark, cut.mark_end), 1),
                      '^');
  for (std::size_t i = cut.first; i < cut.last; ++i) excerpt.line += cut.cells[i].text;
  if (cut.cut_behind) excerpt.line += kCutSign;
  while (excerpt.line.ends_with(' ')) excerpt.line.pop_back();
  break_log_commands(excerpt.line);
  return excerpt;
}

}  // namespace fnlint
