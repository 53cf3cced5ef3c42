// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
#include "core/text.h"
#include "report/fingerprints.h"
#include "report/json_values.h"
#include "report/report.h"
#include "report/rows.h"
#include "report/words.h"

#include <set>

namespace fnlint {

namespace {

std::string_view gitlab_severity(Severity level) {
  return level == Severity::Error ? "critical" : level == Severity::Warning ? "major" : "info";
}

// The engine's own words, of a specification that GitLab reads a part of.
std::string_view climate_category(const Row& row, const Report& report) {
  const ReportedRule* const rule = find_rule(report, row.rule);
  if (rule == nullptr) return "Bug Risk";
  if (rule->rule->security) return "Security";
  const std::string_view category = rule->rule->category;
  return category == "cost" || category == "init" || category == "package" ? "Performance"
                                                                           : "Bug Risk";
}

// GitLab shows one of those that are equal, and takes an issue for another one when it changes: no
// line is in it, and what copies of a file share is told apart by their paths.
std::string gitlab_fingerprint(const Row& row, std::set<std::string>& known) {
  const std::string_view what = row.finding == nullptr ? row.message : row.finding->fingerprint;
  for (std::size_t occurrence = 1;; ++occurrence) {
    std::string print = fingerprint_of(row.rule, row.path, what, occurrence);
    if (known.insert(print).second) return print;
  }
}

}  // namespace

std::string gitlab_report(const Report& report) {
  Places places(report);
  std::set<std::string> known;
  Json issues = Json::array();
  for (const Row& row : rows_of(report, places)) {
    Json issue{{"type", "issue"},
               {"check_name", row.rule},
               {"description", cat(sentence(row.message), " [", row.rule, ']')}};
    if (!row.remedy.empty()) issue["content"] = {{"body", sentence(row.remedy)}};
    issue["categories"] = Json::array({climate_category(row, report)});
    issue["severity"] = gitlab_severity(row.level);
    issue["fingerprint"] = gitlab_fingerprint(row, known);
    issue["location"] = {
        {"path", row.path},
        {"lines", {{"begin", row.region.begin.line}, {"end", row.region.end.line}}}};
    issues.push_back(std::move(issue));
  }
  return dumped(issues, 2) + '\n';
}

}  // namespace fnlint
