// Prepares the parts of a line, and keeps a path from being read as a command of the log that it is
// printed to.

#include "report/told_lines.h"

#include "core/text.h"
#include "report/rows.h"
#include "report/unicode.h"

namespace fnlint {

std::string shown_path(std::string_view path) {
  std::string shown = one_line(path);
  if (trim(shown).starts_with(':')) shown.insert(0, "./");
  return shown;
}

std::vector<ToldLine> told_lines(const Report& report) {
  Places places(report);
  std::vector<ToldLine> lines;
  const auto line_at = [&places](const Span& where, std::string_view message) {
    return ToldLine{.path = shown_path(places.path(where)),
                    .region = places.region(where),
                    .message = one_line(message)};
  };
  for (const ReportedFinding& each : report.findings) {
    ToldLine line = line_at(each.finding.where, each.finding.message);
    line.finding = &each;
    line.level = each.level;
    line.rule = each.finding.rule;
    lines.push_back(std::move(line));
  }
  for (const ReportedProblem& each : report.problems) {
    ToldLine line = line_at(each.where, each.message);
    line.level = each.level;
    line.rule = kProblem;
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace fnlint
