// A line a finding, as compilers print them: editors and problem matchers read it.
#include "core/text.h"
#include "report/report.h"
#include "report/told_lines.h"
#include "report/words.h"

namespace fnlint {

std::string concise_report(const Report& report) {
  std::string out;
  for (const ToldLine& line : told_lines(report))
    out += cat(line.path, ':', line.region.begin.line, ':', line.region.begin.column, ": ",
               word_of(line.level), ": ", line.message, " [", line.rule, "]\n");
  return out;
}

}  // namespace fnlint
