#include "core/text.h"
#include "report/by_level.h"
#include "report/places.h"
#include "report/unicode.h"

#include <algorithm>

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

}  // namespace

std::string github_report(const Report& report) {
  Places places(report);
  std::string out;
  for (const ReportedFinding* const reported : by_level(report)) {
    const Finding& finding = reported->finding;
    const Region region = places.region(finding.where);
    const std::string_view inner = places.inner_path(finding.where);
    out += cat("::", command_of(reported->level), " title=", property(finding.rule),
               ",file=", property(one_line(places.repository_path(finding.where))));
    if (inner.empty())
      out += cat(",line=", region.begin.line, ",endLine=", region.end.line);
    // GitHub refuses columns of a range over several lines.
    if (inner.empty() && region.begin.line == region.end.line)
      out += cat(",col=", region.begin.column, ",endColumn=", region.end.column);
    std::string message = one_line(finding.message);
    // An archive has no lines that it could show.
    if (!inner.empty())
      message = cat(one_line(inner), ':', region.begin.line, ": ", message);
    if (const ReportedRule* const rule = find_rule(report, finding.rule))
      message += cat('\n', one_line(rule->rule->remedy));
    out += cat("::", escaped(message), '\n');
  }
  return out;
}

}  // namespace fnlint
