// https://gitlab.com/gitlab-org/security-products/security-report-schemas, the SAST report.
#include "core/text.h"
#include "report/fingerprints.h"
#include "report/json_values.h"
#include "report/markdown_text.h"
#include "report/report.h"
#include "report/rows.h"
#include "report/words.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

constexpr std::string_view kSastVersion = "15.0.7";  // of the schema
constexpr std::size_t kLongestName = 255, kLongestSolution = 7000;

std::string_view sast_severity(Severity level) {
  return level == Severity::Error ? "High" : level == Severity::Warning ? "Medium" : "Low";
}

// A UUID of its own kind (version 8) of what names a finding in its file.
std::string uuid_of(const Row& row, std::set<std::string>& known) {
  for (std::size_t occurrence = 1;; ++occurrence) {
    const std::string a = fingerprint_of(row.rule, row.path, row.finding->fingerprint, occurrence);
    const std::string b = fingerprint_of(row.path, row.finding->fingerprint, row.rule, occurrence);
    std::string id = cat(a.substr(0, 8), '-', a.substr(8, 4), "-8", a.substr(13, 3), "-a",
                         b.substr(1, 3), '-', b.substr(4, 12));
    if (known.insert(id).second) return id;
  }
}

Json vulnerability(const Row& row, const Rule& rule, std::set<std::string>& known) {
  Json out{{"id", uuid_of(row, known)},
           {"name", shortened(rule.title, kLongestName)},
           {"description", cat(markdown_text(sentence(row.message)), ' ', sentence(rule.why))},
           {"severity", sast_severity(row.level)},
           {"solution", shortened(sentence(row.remedy), kLongestSolution)}};
  out["identifiers"] = Json::array(
      {{{"type", "fnlint_rule"}, {"name", rule.id}, {"value", rule.id}, {"url", rule_page(rule)}}});
  out["location"] = {
      {"file", row.path}, {"start_line", row.region.begin.line}, {"end_line", row.region.end.line}};
  return out;
}

// What could not be read says so where the scan's own words stand.
Json messages_of(const Report& report, Places& places) {
  Json list = Json::array();
  for (const Row& row : rows_of(report, places))
    if (row.finding == nullptr)
      list.push_back({{"level", row.level == Severity::Error ? "fatal" : "warn"},
                      {"value", cat(row.path, ':', row.region.begin.line, ": ", row.message)}});
  if (const std::string words = unread_words(report); !words.empty())
    list.push_back({{"level", "warn"}, {"value", words}});
  return list;
}

}  // namespace

std::string gitlab_sast_report(const Report& report) {
  Places places(report);
  std::set<std::string> known;
  Json vulnerabilities = Json::array();
  for (const Row& row : rows_of(report, places))
    if (const ReportedRule* const rule = find_rule(report, row.rule);
        rule != nullptr && rule->rule->security)
      vulnerabilities.push_back(vulnerability(row, *rule->rule, known));
  const Json tool{{"id", "fnlint"},
                  {"name", "fnlint"},
                  {"url", kSite},
                  {"version", report.version.empty() ? "0" : report.version},
                  {"vendor", {{"name", "fnlint"}}}};
  const bool is_whole = std::ranges::none_of(report.problems, [](const ReportedProblem& problem) {
    return problem.level == Severity::Error;
  });
  // The day that dated tables are compared with, and no clock: equal runs give equal reports.
  const std::string time = cat(report.today, "T00:00:00");
  Json out{{"version", kSastVersion},
           {"scan",
            {{"analyzer", tool},
             {"scanner", tool},
             {"type", "sast"},
             {"start_time", time},
             {"end_time", time},
             {"status", is_whole ? "success" : "failure"}}},
           {"vulnerabilities", std::move(vulnerabilities)}};
  if (Json messages = messages_of(report, places); !messages.empty())
    out["scan"]["messages"] = std::move(messages);
  return dumped(out, 2) + '\n';
}

}  // namespace fnlint
