// Annotations for GitHub Actions, written as workflow commands; only the first ten of each level
// are shown there.

#include "core/text.h"
#include "report/report.h"
#include "report/rows.h"
#include "report/unicode.h"
#include "report/words.h"

#include <algorithm>
#include <array>
#include <vector>

namespace fnlint {

namespace {

// The runner's own escapes for a command's message and, with more, for its properties.
std::string escaped(std::string_view text) {
  std::string out = replace_all(text, "%", "%25");
  out = replace_all(out, "\r", "%0D");
  return replace_all(out, "\n", "%0A");
}
std::string property(std::string_view text) {
  return replace_all(replace_all(escaped(text), ":", "%3A"), ",", "%2C");
}

std::string_view command_of(Severity level) {
  return level == Severity::Error ? "error" : level == Severity::Warning ? "warning" : "notice";
}

std::string command(const Row& row) {
  std::string text = cat("::", command_of(row.level), " title=", property(row.rule));
  if (row.where.file.exists()) {
    text += cat(",file=", property(one_line(row.path)));
    const Region& region = row.region;
    if (!row.in_archive) text += cat(",line=", region.begin.line, ",endLine=", region.end.line);
    // GitHub refuses columns of a range over several lines.
    if (!row.in_archive && region.begin.line == region.end.line)
      text += cat(",col=", region.begin.column, ",endColumn=", region.end.column);
  }
  return cat(text, "::", escaped(row.message), '\n');
}

// What GitHub shows of a step: so many annotations of each level, and no word of those beyond.
constexpr std::size_t kShownOfALevel = 10;

using LevelCounts = std::array<std::size_t, 3>;

LevelCounts count_levels(const std::vector<Row>& rows) {
  LevelCounts counts{};
  for (const Row& row : rows) ++counts[static_cast<std::size_t>(row.level)];
  return counts;
}

std::size_t hidden(std::size_t count) {
  return count > kShownOfALevel ? count - kShownOfALevel : 0;
}

// All that is told, by the same means: nobody looks at a job's log that ended well. Of the
// warnings, that code was not read comes first, lest it be one of those that are not shown.
std::vector<Row> annotations_of(const Report& report, Places& places) {
  std::vector<Row> rows = rows_of(report, places);
  for (Row& row : rows)
    if (!row.remedy.empty()) row.message += cat('\n', row.remedy);
  if (std::string words = unread_words(report); !words.empty()) {
    const auto below =
        std::ranges::find_if(rows, [](const Row& row) { return row.level != Severity::Error; });
    rows.insert(below, {.rule = "not read", .message = std::move(words)});
  }
  if (!report.show_unresolved) return rows;
  for (const auto& [each, count] : report.unresolved) {
    const std::string function = each.function.empty() ? "" : cat(one_line(each.function), ": ");
    Row row = row_at(each.where, function + one_line(each.reason), places);
    row.level = Severity::Note;
    row.rule = "unresolved";
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

std::size_t hidden_annotations(const Report& report) {
  Places places(report);
  std::size_t all = 0;
  for (const std::size_t count : count_levels(annotations_of(report, places))) all += hidden(count);
  return all;
}

std::string github_report(const Report& report) {
  Places places(report);
  std::vector<Row> rows = annotations_of(report, places);
  const LevelCounts counts = count_levels(rows);
  LevelCounts told{};
  std::string text;
  for (Row& row : rows) {
    const auto level = static_cast<std::size_t>(row.level);
    if (++told[level] == kShownOfALevel && counts[level] > kShownOfALevel)
      row.message += cat("\nGitHub shows no more of these: ",
                         counted(hidden(counts[level]), cat("other ", command_of(row.level))),
                         counts[level] - kShownOfALevel == 1 ? " is" : " are",
                         " in the summary or the log of this job.");
    text += command(row);
  }
  return text;
}

}  // namespace fnlint
