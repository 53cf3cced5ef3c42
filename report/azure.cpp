// https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
#include "core/text.h"
#include "report/report.h"
#include "report/rows.h"
#include "report/unicode.h"

namespace fnlint {

namespace {

// What the agent's own library makes of the characters that its commands mean otherwise.
std::string azure_text(std::string_view text) { return replace_all(one_line(text), "%", "%AZP25"); }
std::string azure_property(std::string_view text) {
  return replace_all(replace_all(azure_text(text), ";", "%3B"), "]", "%5D");
}

// There are no notes.
std::string_view azure_type(Severity level) {
  return level == Severity::Error ? "error" : "warning";
}

}  // namespace

std::string azure_report(const Report& report) {
  Places places(report);
  std::string text;
  for (const Row& row : rows_of(report, places)) {
    text += cat("##vso[task.logissue type=", azure_type(row.level), ";");
    if (row.where.file.exists())
      text += cat("sourcepath=", azure_property(row.path), ";linenumber=", row.region.begin.line,
                  ";columnnumber=", row.region.begin.column, ';');
    text += cat("code=", row.rule, ";]", azure_text(cat(in_full(row), " [", row.rule, "]")), '\n');
  }
  if (const std::string words = unread_words(report); !words.empty())
    text += cat("##vso[task.logissue type=warning;]fnlint: ", azure_text(words), '\n');
  return text;
}

}  // namespace fnlint
