// Findings under the name of their file, in columns.
#include "core/text.h"
#include "report/report.h"
#include "report/told_lines.h"
#include "report/words.h"

#include <fmt/core.h>

#include <algorithm>

namespace fnlint {

namespace {

std::string place_of(const ToldLine& line) {
  return cat(line.region.begin.line, ':', line.region.begin.column);
}

// The lines of one file.
std::string group(const std::vector<ToldLine>& lines, std::size_t begin, std::size_t end) {
  constexpr std::size_t kLevel = std::string_view("warning").size();
  std::size_t widest = 0;
  for (std::size_t i = begin; i < end; ++i) widest = std::max(widest, place_of(lines[i]).size());
  std::string out = cat(lines[begin].path, '\n');
  for (std::size_t i = begin; i < end; ++i)
    out += fmt::format("  {:>{}}  {:<{}}  {} [{}]\n", place_of(lines[i]), widest,
                       word_of(lines[i].level), kLevel, lines[i].message, lines[i].rule);
  return out + '\n';
}

}  // namespace

std::string grouped_report(const Report& report, const TextStyle& style) {
  std::vector<ToldLine> lines = told_lines(report);
  std::ranges::stable_sort(lines, {}, &ToldLine::path);
  std::string out;
  for (std::size_t begin = 0, end = 0; begin < lines.size(); begin = end) {
    while (end < lines.size() && lines[end].path == lines[begin].path) ++end;
    out += group(lines, begin, end);
  }
  if (const std::string cut = cut_words(report); !cut.empty()) out += cat(cut, ".\n");
  if (style.quiet) return out;
  out += cat(summary_words(report), ".\n");
  if (const std::string unread = unread_words(report); !unread.empty()) out += cat(unread, ".\n");
  return out;
}

}  // namespace fnlint
