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

class GitHubWriter {
 public:
  explicit GitHubWriter(const Report& report) : report_(report), places_(report) {}

  void finding(const ReportedFinding& reported);
  // What was not read, by the same means: nobody looks at a job's log that ended well.
  void unread();
  std::string text = {};

 private:
  void command(Severity level, std::string_view title, const Span& where, std::string message);

  const Report& report_;
  Places places_;
};

void GitHubWriter::command(Severity level, std::string_view title, const Span& where,
                           std::string message) {
  text += cat("::", command_of(level), " title=", property(title));
  if (where.file.exists()) {
    const Region region = places_.region(where);
    const std::string_view inner = places_.inner_path(where);
    text += cat(",file=", property(one_line(places_.repository_path(where))));
    if (inner.empty()) text += cat(",line=", region.begin.line, ",endLine=", region.end.line);
    // GitHub refuses columns of a range over several lines.
    if (inner.empty() && region.begin.line == region.end.line)
      text += cat(",col=", region.begin.column, ",endColumn=", region.end.column);
    // An archive has no lines that it could show.
    if (!inner.empty()) message = cat(one_line(inner), ':', region.begin.line, ": ", message);
  }
  text += cat("::", escaped(message), '\n');
}

void GitHubWriter::finding(const ReportedFinding& reported) {
  const Finding& finding = reported.finding;
  std::string message = one_line(finding.message);
  if (const std::string_view remedy = remedy_of(report_, finding); !remedy.empty())
    message += cat('\n', one_line(remedy));
  command(reported.level, finding.rule, finding.where, std::move(message));
}

void GitHubWriter::unread() {
  for (const Severity level : {Severity::Error, Severity::Warning})
    for (const ReportedProblem& problem : report_.problems)
      if (problem.level == level)
        command(level, "problem", problem.where, one_line(problem.message));
  if (const std::string words = unread_words(report_); !words.empty())
    command(Severity::Warning, "not read", {}, words);
  if (!report_.show_unresolved) return;
  for (const auto& [each, count] : report_.unresolved) {
    const std::string function = each.function.empty() ? "" : cat(one_line(each.function), ": ");
    command(Severity::Note, "unresolved", each.where, function + one_line(each.reason));
  }
}

}  // namespace

std::string github_report(const Report& report) {
  GitHubWriter writer(report);
  for (const ReportedFinding* const reported : by_level(report)) writer.finding(*reported);
  writer.unread();
  return std::move(writer.text);
}

}  // namespace fnlint
