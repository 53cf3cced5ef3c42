// Pylint's "parseable" lines, "path:line: [E0001(name), object] message". Of the code readers take
// the letter for the level, so that there is no number.
#include "core/text.h"
#include "report/report.h"
#include "report/told_lines.h"
#include "report/unicode.h"

namespace fnlint {

namespace {

char letter_of(Severity level) {
  return level == Severity::Error ? 'E' : level == Severity::Warning ? 'W' : 'I';
}

}  // namespace

std::string pylint_report(const Report& report) {
  std::string out;
  for (const ToldLine& line : told_lines(report)) {
    const bool has_function = line.finding != nullptr && !line.finding->finding.function.empty();
    out += cat(line.path, ':', line.region.begin.line, ": [", letter_of(line.level), '(', line.rule,
               ')', has_function ? cat(", ", one_line(line.finding->finding.function)) : "", "] ",
               line.message, '\n');
  }
  return out;
}

}  // namespace fnlint
