// SonarQube's generic issues, as versions from 10.3 on read them: lines from 1, columns from 0.
#include "core/text.h"
#include "report/json_values.h"
#include "report/report.h"
#include "report/rows.h"
#include "report/words.h"

#include <algorithm>
#include <array>
#include <map>

namespace fnlint {

namespace {

// What a category of rules is about, in Sonar's words.
struct SonarKind {
  std::string_view category = {}, attribute = {}, quality = {}, type = {};
};
constexpr SonarKind kSecurity{"", "TRUSTWORTHY", "SECURITY", "VULNERABILITY"};
constexpr SonarKind kOther{"", "LOGICAL", "RELIABILITY", "BUG"};
constexpr std::array kKinds{SonarKind{"config", "CLEAR", "MAINTAINABILITY", "CODE_SMELL"},
                            SonarKind{"cost", "EFFICIENT", "MAINTAINABILITY", "CODE_SMELL"},
                            SonarKind{"init", "EFFICIENT", "MAINTAINABILITY", "CODE_SMELL"},
                            SonarKind{"layer", "COMPLETE", "RELIABILITY", "BUG"},
                            SonarKind{"package", "EFFICIENT", "MAINTAINABILITY", "CODE_SMELL"},
                            SonarKind{"secrets", "TRUSTWORTHY", "SECURITY", "VULNERABILITY"}};

const SonarKind& sonar_kind(const Rule* rule) {
  if (rule == nullptr) return kOther;
  if (rule->security) return kSecurity;
  const auto* const found = std::ranges::find(kKinds, rule->category, &SonarKind::category);
  return found == kKinds.end() ? kOther : *found;
}

// Issues have no severity of their own: a rule has that of the worst of its findings.
Json sonar_rule(const ReportedRule* reported, std::string_view id, Severity worst) {
  const Rule* const rule = reported == nullptr ? nullptr : reported->rule;
  const SonarKind& kind = sonar_kind(rule);
  const bool is_error = worst == Severity::Error, is_note = worst == Severity::Note;
  Json out{{"id", id}};
  out["name"] = rule == nullptr ? "Input that could not be read" : rule->title;
  out["description"] = rule == nullptr ? "What cannot be read is not checked."
                                       : cat(sentence(rule->why), ' ', sentence(rule->remedy), ' ',
                                             rule_page(*rule));
  out["engineId"] = "fnlint";
  out["cleanCodeAttribute"] = kind.attribute;
  out["type"] = kind.type;
  out["severity"] = is_error ? "CRITICAL" : is_note ? "MINOR" : "MAJOR";
  out["impacts"] = Json::array({{{"softwareQuality", kind.quality},
                                 {"severity", is_error  ? "HIGH"
                                              : is_note ? "LOW"
                                                        : "MEDIUM"}}});
  return out;
}

// One range that is empty, or ends outside of its line, and Sonar refuses the whole report.
Json sonar_range(const Region& region) {
  Json range{{"startLine", region.begin.line}};
  if (region.begin >= region.end) return range;
  const bool ends_before = region.end.column == 1 && region.end.line > region.begin.line;
  range["endLine"] = region.end.line - (ends_before ? 1 : 0);
  if (ends_before) return range;
  range["startColumn"] = region.begin.column - 1;
  range["endColumn"] = region.end.column - 1;
  return range;
}

Json sonar_location(const Row& row, std::string_view message) {
  return {{"message", message}, {"filePath", row.path}, {"textRange", sonar_range(row.region)}};
}

}  // namespace

std::string sonar_report(const Report& report) {
  Places places(report);
  std::map<std::string_view, Severity> worst;  // by rule
  Json issues = Json::array();
  for (const Row& row : rows_of(report, places)) {
    worst.emplace(row.rule, row.level);
    Json issue{{"ruleId", row.rule}, {"primaryLocation", sonar_location(row, in_full(row))}};
    if (row.finding != nullptr)
      for (const auto* const steps : {&row.finding->finding.flow, &row.finding->finding.related})
        for (const PlacedText& step : *steps) {
          const Row place = row_at(step.where, step.message, places);
          issue["secondaryLocations"].push_back(sonar_location(place, place.message));
        }
    issues.push_back(std::move(issue));
  }
  Json rules = Json::array();
  for (const auto& [id, level] : worst)
    rules.push_back(sonar_rule(find_rule(report, id), id, level));
  return dumped({{"rules", std::move(rules)}, {"issues", std::move(issues)}}, 2) + '\n';
}

}  // namespace fnlint
