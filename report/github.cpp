#include "core/text.h"
#include "report/report.h"
#include "report/rows.h"
#include "report/unicode.h"

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

std::string command(const Row& row, std::string_view message) {
  std::string text = cat("::", command_of(row.level), " title=", property(row.rule));
  if (row.where.file.exists()) {
    text += cat(",file=", property(one_line(row.path)));
    const Region& region = row.region;
    if (!row.in_archive) text += cat(",line=", region.begin.line, ",endLine=", region.end.line);
    // GitHub refuses columns of a range over several lines.
    if (!row.in_archive && region.begin.line == region.end.line)
      text += cat(",col=", region.begin.column, ",endColumn=", region.end.column);
  }
  return cat(text, "::", escaped(message), '\n');
}

std::string message_of(const Row& row) {
  return row.remedy.empty() ? row.message : cat(row.message, '\n', row.remedy);
}

}  // namespace

// What was not read is told by the same means: nobody looks at a job's log that ended well.
std::string github_report(const Report& report) {
  Places places(report);
  std::string text;
  for (const Row& row : rows_of(report, places)) text += command(row, message_of(row));
  if (const std::string words = unread_words(report); !words.empty())
    text += command({.level = Severity::Warning, .rule = "not read"}, words);
  if (!report.show_unresolved) return text;
  for (const auto& [each, count] : report.unresolved) {
    const std::string function = each.function.empty() ? "" : cat(one_line(each.function), ": ");
    Row row = row_at(each.where, function + one_line(each.reason), places);
    row.level = Severity::Note;
    row.rule = "unresolved";
    text += command(row, row.message);
  }
  return text;
}

}  // namespace fnlint
