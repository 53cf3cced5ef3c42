// Flattens findings and problems into rows, and moves places inside of archives into the message.

#include "report/rows.h"

#include "core/text.h"
#include "report/by_level.h"
#include "report/unicode.h"
#include "report/words.h"

#include <algorithm>

namespace fnlint {

Row row_at(const Span& where, std::string_view message, Places& places) {
  Row row{.where = where, .path = places.repository_path(where), .message = one_line(message)};
  row.region = places.region(where);
  if (const std::string_view inner = places.inner_path(where); !inner.empty()) {
    row.message = cat(one_line(inner), ':', row.region.begin.line, ": ", row.message);
    row.region = {};
    row.in_archive = true;
  }
  return row;
}

std::vector<Row> rows_of(const Report& report, Places& places) {
  std::vector<Row> rows;
  rows.reserve(report.findings.size() + report.problems.size());
  for (const ReportedFinding* const each : by_level(report)) {
    Row row = row_at(each->finding.where, each->finding.message, places);
    row.finding = each;
    row.level = each->level;
    row.rule = each->finding.rule;
    row.remedy = one_line(remedy_of(report, each->finding));
    rows.push_back(std::move(row));
  }
  for (const ReportedProblem& each : report.problems) {
    Row row = row_at(each.where, each.message, places);
    row.level = each.level;
    row.rule = kProblem;
    rows.push_back(std::move(row));
  }
  std::ranges::stable_sort(rows, std::ranges::greater{}, &Row::level);
  return rows;
}

std::string in_full(const Row& row) {
  const std::string message = sentence(row.message);
  return row.remedy.empty() ? message : cat(message, ' ', sentence(row.remedy));
}

}  // namespace fnlint
