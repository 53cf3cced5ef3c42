// Reviewdog's diagnostic format: columns are bytes of UTF-8, from 1, the end exclusive.
// A release refuses a report with a field that it does not know; related_locations is too new.
// https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
#include "core/text.h"
#include "report/json_values.h"
#include "report/report.h"
#include "report/rows.h"

#include <vector>

namespace fnlint {

namespace {

std::string_view rd_severity(Severity level) {
  return level == Severity::Error ? "ERROR" : level == Severity::Warning ? "WARNING" : "INFO";
}

Json rd_location(const Span& where, Places& places) {
  Json location{{"path", places.repository_path(where)}};
  if (!places.inner_path(where).empty() || !where.file.exists()) return location;
  const Region region = places.byte_region(where);
  location["range"] = {{"start", {{"line", region.begin.line}, {"column", region.begin.column}}},
                       {"end", {{"line", region.end.line}, {"column", region.end.column}}}};
  return location;
}

Json range_of(const Region& region) {
  return {{"start", {{"line", region.begin.line}, {"column", region.begin.column}}},
          {"end", {{"line", region.end.line}, {"column", region.end.column}}}};
}

// Of the finding's own file, and of one edit: several would be suggestions apart.
Json suggestions_of(const Finding& finding, Places& places) {
  Json list = Json::array();
  for (const Fix& fix : finding.fixes)
    if (fix.edits.size() == 1 && fix.edits.front().where.file == finding.where.file)
      list.push_back({{"range", range_of(places.edited_region(fix.edits.front().where, true))},
                      {"text", fix.edits.front().text}});
  return list;
}

std::vector<Json> diagnostics_of(const Report& report, bool with_source) {
  Places places(report);
  std::vector<Json> list;
  for (const Row& row : rows_of(report, places)) {
    Json each{{"message", in_full(row)},
              {"location", rd_location(row.where, places)},
              {"severity", rd_severity(row.level)}};
    if (with_source) each["source"] = {{"name", "fnlint"}, {"url", kSite}};
    each["code"] = {{"value", row.rule}};
    if (row.finding != nullptr) {
      each["code"]["url"] = rule_page(report, row.rule);
      if (Json fixes = suggestions_of(row.finding->finding, places); !fixes.empty())
        each["suggestions"] = std::move(fixes);
    }
    list.push_back(std::move(each));
  }
  return list;
}

}  // namespace

std::string rdjson_report(const Report& report) {
  Json out{{"source", {{"name", "fnlint"}, {"url", kSite}}}, {"diagnostics", Json::array()}};
  for (Json& each : diagnostics_of(report, false)) out["diagnostics"].push_back(std::move(each));
  return dumped(out, 2) + '\n';
}

std::string rdjsonl_report(const Report& report) {
  std::string out;
  for (const Json& each : diagnostics_of(report, true)) out += dumped(each, -1) + '\n';
  return out;
}

}  // namespace fnlint
