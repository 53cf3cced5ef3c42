#include "report/json_values.h"
#include "report/unicode.h"
#include "report/words.h"

#include <map>

namespace fnlint {

namespace {

Json steps_of(const std::vector<PlacedText>& steps, Places& places) {
  Json list = Json::array();
  for (const PlacedText& step : steps) {
    const Place place = places.region(step.where).begin;
    list.push_back({{"path", places.path(step.where)},
                    {"line", place.line},
                    {"column", place.column},
                    {"message", step.message}});
  }
  return list;
}

Json statistics_of(const Report& report) {
  std::map<std::string_view, std::size_t> counts;
  for (const auto* const some : {&report.findings, &report.cut})
    for (const ReportedFinding& each : *some) ++counts[each.finding.rule];
  Json rows = Json::array();
  for (const auto& [rule, count] : counts) rows.push_back({{"rule", rule}, {"count", count}});
  return rows;
}

Json unresolved_of(const Report& report, Places& places) {
  Json list = Json::array();
  for (const auto& [each, count] : report.unresolved) {
    const Place place = places.region(each.where).begin;
    list.push_back({{"path", places.path(each.where)},
                    {"line", place.line},
                    {"column", place.column},
                    {"function", each.function.empty() ? Json(nullptr) : Json(each.function)},
                    {"reason", each.reason},
                    {"places", count}});
  }
  return list;
}

Json suppressed_of(const Report& report, Places& places) {
  Json list = Json::array();
  for (const SuppressedFinding& each : report.suppressed) {
    const Place place = places.region(each.where).begin;
    Json row = json_of(report, each.finding, places);
    row["suppression"] = {{"path", places.path(each.where)},
                          {"line", place.line},
                          {"column", place.column},
                          {"reason", each.reason}};
    list.push_back(std::move(row));
  }
  return list;
}

Json fixes_of(const Finding& finding, Places& places) {
  Json list = Json::array();
  for (const Fix& fix : finding.fixes) {
    Json edits = Json::array();
    for (const TextEdit& edit : fix.edits) {
      const Region region = places.edited_region(edit.where);
      edits.push_back({{"path", places.path(edit.where)},
                       {"line", region.begin.line},
                       {"column", region.begin.column},
                       {"endLine", region.end.line},
                       {"endColumn", region.end.column},
                       {"text", edit.text}});
    }
    list.push_back({{"title", fix.title},
                    {"safe", fix.safety == FixSafety::Safe},
                    {"edits", std::move(edits)}});
  }
  return list;
}

}  // namespace

Json json_of(const Report& report, const ReportedFinding& reported, Places& places) {
  const Finding& finding = reported.finding;
  const Region region = places.region(finding.where);
  Json out{{"rule", finding.rule},
           {"severity", word_of(reported.level)},
           {"confidence", word_of(finding.confidence)},
           {"message", finding.message},
           {"path", places.path(finding.where)},
           {"line", region.begin.line},
           {"column", region.begin.column},
           {"endLine", region.end.line},
           {"endColumn", region.end.column}};
  out["function"] = finding.function.empty() ? Json(nullptr) : Json(finding.function);
  out["remedy"] = remedy_of(report, finding);
  out["related"] = steps_of(finding.related, places);
  out["flow"] = steps_of(finding.flow, places);
  out["fixable"] = !finding.fixes.empty();
  out["fixes"] = fixes_of(finding, places);
  out["fingerprint"] = reported.fingerprint;
  return out;
}

std::string dumped(const Json& value, int indent) {
  std::string text = value.dump(indent, ' ', false, Json::error_handler_t::replace);
  break_log_commands(text, "\\u0023");  // JSON's own spelling of "#"
  return text;
}

std::string json_report(const Report& report) {
  Places places(report);
  Json out{{"version", 1}, {"findings", Json::array()}, {"problems", Json::array()}};
  for (const ReportedFinding& finding : report.findings)
    out["findings"].push_back(json_of(report, finding, places));
  for (const ReportedProblem& problem : report.problems) {
    const Place place = places.region(problem.where).begin;
    out["problems"].push_back({{"path", places.path(problem.where)},
                               {"line", place.line},
                               {"column", place.column},
                               {"severity", word_of(problem.level)},
                               {"message", problem.message}});
  }
  out["unresolved"] = unresolved_of(report, places);
  if (report.show_suppressed) out["suppressed"] = suppressed_of(report, places);
  if (report.show_statistics) out["statistics"] = statistics_of(report);
  out["summary"] = {{"files", report.files_read},
                    {"functions", report.functions},
                    {"unread", report.unread},
                    {"partly", report.partly},
                    {"open", report.open},
                    {"templates", report.templates},
                    {"findings", report.findings.size() + report.cut.size()},
                    {"cut", report.cut.size()}};
  return dumped(out, 2) + '\n';
}

}  // namespace fnlint
