#include "core/text.h"
#include "report/by_level.h"
#include "report/fingerprints.h"
#include "report/json_values.h"
#include "report/markdown_text.h"
#include "report/uri.h"
#include "report/words.h"

#include <algorithm>
#include <map>
#include <set>

// SARIF 2.1.0.
namespace fnlint {

namespace {

constexpr std::string_view kSchema = "https://json.schemastore.org/sarif-2.1.0.json";
constexpr std::size_t kLongestDescription = 1024;  // more is refused by code scanning
constexpr std::size_t kLongestFlow = 1000;
constexpr std::size_t kMostRelated = 1000;  // more is refused by code scanning
constexpr std::size_t kLinked = 3;  // related places that the message links to

std::string pascal_case(std::string_view id) {
  std::string out;
  for (const std::string_view word : split(id, '-')) {
    if (word.empty()) continue;
    out += static_cast<char>(word[0] >= 'a' && word[0] <= 'z' ? word[0] - 'a' + 'A' : word[0]);
    out += word.substr(1);
  }
  return out;
}

std::string remedies_markdown(const Rule& rule) {
  std::string out = cat(sentence(rule.remedy), '\n');
  for (const Remedy& remedy : rule.remedies)
    out += cat("\n- ", name_of_remedy(remedy), ": ", sentence(remedy.text));
  return rule.remedies.empty() ? out : out + '\n';
}

std::string help_markdown(const Rule& rule) {
  std::string out = cat("# ", rule.title, "\n\n", sentence(rule.why), "\n\n## How to fix it\n\n",
                        remedies_markdown(rule));
  if (!rule.sources.empty()) {
    out += "\n## Sources\n\n";
    for (const std::string_view source : rule.sources) out += cat("- ", source, '\n');
  }
  return out + cat("\n[", rule.id, "](", rule_page(rule), ")\n");
}

// Some viewers never show a rule's help: what to do stands in its description as well.
Json full_description(const Rule& rule) {
  // A project's own rule may say neither.
  const std::string why = sentence(rule.why.empty() ? rule.title : rule.why);
  if (rule.remedy.empty())
    return {{"text", shortened(why, kLongestDescription)}, {"markdown", why}};
  return {
      {"text", shortened(cat(why, " How to fix it: ", sentence(rule.remedy)), kLongestDescription)},
      {"markdown", cat(why, "\n\n**How to fix it**\n\n", remedies_markdown(rule))}};
}

Json rule_of(const ReportedRule& row) {
  const Rule& rule = *row.rule;
  Json tags = Json::array({"serverless", rule.category});
  if (rule.security && rule.category != "security") tags.push_back("security");
  Json properties{{"tags", std::move(tags)},
                  {"precision", rule.profile == Profile::Strict ? "medium" : "high"}};
  if (rule.security) {
    properties["security-severity"] = row.severity == Severity::Error     ? "8.0"
                                      : row.severity == Severity::Warning ? "5.5"
                                                                          : "3.0";
  } else {
    properties["problem.severity"] =
        row.severity == Severity::Note ? "recommendation" : word_of(row.severity);
  }
  const std::string page = rule_page(rule);
  return {{"id", rule.id},
          {"name", pascal_case(rule.id)},
          {"shortDescription", {{"text", shortened(sentence(rule.title), kLongestDescription)}}},
          {"fullDescription", full_description(rule)},
          {"help",
           {{"text", cat(sentence(rule.why), ' ', sentence(rule.remedy), ' ', page)},
            {"markdown", help_markdown(rule)}}},
          {"helpUri", page},
          {"defaultConfiguration", {{"level", word_of(row.severity)}}},
          {"properties", std::move(properties)}};
}

// What stands before its last slash is the category, by which code scanning tells uploads of one
// commit apart.
std::string automation_id(const Report& report) {
  if (!report.sarif_category.empty())
    return report.sarif_category.ends_with('/') ? report.sarif_category
                                                : cat(report.sarif_category, '/');
  return cat("fnlint/", uri_of(report.category), report.category.empty() ? "" : "/");
}

// How words of the project stand in a message: no link but ours is in it.
using Shown = std::string(std::string_view text);
std::string unlinked(std::string_view text) { return replace_all(text, "](", "] ("); }

class SarifWriter {
 public:
  explicit SarifWriter(const Report& report);
  Json log();

 private:
  Json physical(const Span& where);
  std::string words(const Span& where);
  Json location(const PlacedText& step);
  Json result(const ReportedFinding& reported);
  Json suppression(const SuppressedFinding& suppressed);
  Json flow(const std::vector<PlacedText>& steps);
  Json fix(const Fix& fix);
  Json notifications();
  std::string line_hash(const Span& where);
  std::string message(const Finding& finding, Shown* shown);

  const Report& report_;
  Places places_;
  std::vector<const ReportedRule*> rules_ = {};               // that are described, by id
  std::map<std::uint32_t, std::vector<std::string>> hashes_;  // by file
};

SarifWriter::SarifWriter(const Report& report) : report_(report), places_(report) {
  std::set<std::string_view> fired;
  for (const ReportedFinding& each : report.findings) fired.insert(each.finding.rule);
  if (report.show_suppressed)
    for (const SuppressedFinding& each : report.suppressed) fired.insert(each.finding.finding.rule);
  for (const ReportedRule& each : report.rules)
    if (report.all_rules || fired.contains(each.rule->id)) rules_.push_back(&each);
}

// A file outside the repository has no relative reference that code scanning would take.
Json SarifWriter::physical(const Span& where) {
  const Region region = places_.region(where);
  const std::string_view path = places_.repository_path(where);
  Json file{{"uri", uri_of(path)}};
  if (path.starts_with('/')) {
    file["uri"] = cat("file://", uri_of(path));
  } else {
    file["uriBaseId"] = "SRCROOT";
  }
  // Nor has an archive lines: where in it, the message says.
  if (!places_.inner_path(where).empty())
    return {{"artifactLocation", std::move(file)}, {"region", {{"startLine", 1}}}};
  return {{"artifactLocation", std::move(file)},
          {"region",
           {{"startLine", region.begin.line},
            {"startColumn", region.begin.column},
            {"endLine", region.end.line},
            {"endColumn", region.end.column}}}};
}

// A place as messages name it: "src/app.py:12", "build/shop.zip/app.py:12".
std::string SarifWriter::words(const Span& where) {
  const std::string_view inner = places_.inner_path(where);
  return cat(places_.repository_path(where), inner.empty() ? "" : "/", inner, ':',
             places_.region(where).begin.line);
}

Json SarifWriter::location(const PlacedText& step) {
  std::string text = sentence(step.message);
  if (!places_.inner_path(step.where).empty()) text = cat(words(step.where), ": ", text);
  return {{"physicalLocation", physical(step.where)}, {"message", {{"text", std::move(text)}}}};
}

Json SarifWriter::flow(const std::vector<PlacedText>& steps) {
  Json locations = Json::array();
  for (std::size_t i = 0; i < steps.size() && i < kLongestFlow; ++i)
    locations.push_back({{"location", location(steps[i])}});
  return Json::array({{{"threadFlows", Json::array({{{"locations", std::move(locations)}}})}}});
}

// By file, as the format has it; edits are in the order of their files.
Json SarifWriter::fix(const Fix& fix) {
  Json changes = Json::array();
  FileId file = {};
  for (const TextEdit& edit : fix.edits) {
    const Region region = places_.edited_region(edit.where);
    if (changes.empty() || edit.where.file != file)
      changes.push_back({{"artifactLocation", physical(edit.where)["artifactLocation"]},
                         {"replacements", Json::array()}});
    file = edit.where.file;
    changes.back()["replacements"].push_back({{"deletedRegion",
                                               {{"startLine", region.begin.line},
                                                {"startColumn", region.begin.column},
                                                {"endLine", region.end.line},
                                                {"endColumn", region.end.column}}},
                                              {"insertedContent", {{"text", edit.text}}}});
  }
  return {{"description", {{"text", sentence(fix.title)}}},
          {"artifactChanges", std::move(changes)}};
}

std::string SarifWriter::line_hash(const Span& where) {
  if (!where.file.exists() || where.file.index >= report_.files.size()) return line_hashes("")[0];
  std::vector<std::string>& hashes = hashes_[where.file.index];
  if (hashes.empty()) hashes = line_hashes(report_.files[where.file.index].text);
  const std::size_t line = places_.region(where).begin.line;
  return hashes[std::min(line, hashes.size()) - 1];
}

// Code scanning shows a related place only where the message links to it.
std::string SarifWriter::message(const Finding& finding, Shown* shown) {
  std::string text = shown(sentence(finding.message));
  if (!places_.inner_path(finding.where).empty())
    text = cat(shown(words(finding.where)), ": ", text);
  for (std::size_t i = 0; i < std::min(finding.related.size(), kLinked); ++i) {
    const PlacedText& place = finding.related[i];
    text += cat(i == 0 ? " See [" : ", [", shown(words(place.where)), "](", i + 1, ')');
  }
  return finding.related.empty() ? text : text + '.';
}

Json SarifWriter::result(const ReportedFinding& reported) {
  const Finding& finding = reported.finding;
  Json out{{"ruleId", finding.rule}};
  const auto rule =
      std::ranges::find(rules_, finding.rule, [](const auto* row) { return row->rule->id; });
  if (rule != rules_.end()) out["ruleIndex"] = rule - rules_.begin();
  out["level"] = word_of(reported.level);
  out["message"] = {{"text", message(finding, unlinked)}};
  if (const std::string_view remedy = remedy_of(report_, finding); !remedy.empty())
    out["message"]["markdown"] = cat(message(finding, markdown_text), "\n\n", sentence(remedy));
  out["locations"] = Json::array({{{"physicalLocation", physical(finding.where)}}});
  if (!finding.related.empty()) {
    Json& related = out["relatedLocations"] = Json::array();
    for (std::size_t i = 0; i < finding.related.size() && i < kMostRelated; ++i) {
      Json place = location(finding.related[i]);
      place["id"] = i + 1;
      related.push_back(std::move(place));
    }
  }
  if (!finding.flow.empty()) out["codeFlows"] = flow(finding.flow);
  for (const Fix& one : finding.fixes) out["fixes"].push_back(fix(one));
  out["partialFingerprints"] = {{"primaryLocationLineHash", line_hash(finding.where)},
                                {"fnlint/v1", reported.fingerprint}};
  out["rank"] = finding.confidence == Confidence::Certain  ? 95.0
                : finding.confidence == Confidence::Likely ? 75.0
                                                           : 40.0;
  out["properties"] = {{"confidence", word_of(finding.confidence)}};
  out["properties"]["remedy"] = remedy_of(report_, finding);
  if (!finding.function.empty()) out["properties"]["function"] = finding.function;
  return out;
}

Json SarifWriter::suppression(const SuppressedFinding& suppressed) {
  Json out{{"kind", "inSource"}};
  if (!suppressed.reason.empty()) out["justification"] = suppressed.reason;
  out["location"] = {{"physicalLocation", physical(suppressed.where)}};
  return out;
}

Json SarifWriter::notifications() {
  Json list = Json::array();
  const auto add = [&](Severity level, std::string_view text, const Span& where) {
    Json out{{"level", word_of(level)}, {"message", {{"text", sentence(text)}}}};
    if (where.file.exists())
      out["locations"] = Json::array({{{"physicalLocation", physical(where)}}});
    list.push_back(std::move(out));
  };
  for (const ReportedProblem& problem : report_.problems)
    add(problem.level, problem.message, problem.where);
  if (const std::string words = unread_words(report_); !words.empty())
    add(Severity::Warning, words, {});
  if (const std::string words = cut_words(report_); !words.empty()) add(Severity::Note, words, {});
  for (const auto& [each, count] : report_.unresolved)
    add(Severity::Note,
        each.function.empty() ? each.reason : cat(each.function, ": ", each.reason), each.where);
  return list;
}

Json SarifWriter::log() {
  Json rules = Json::array(), results = Json::array();
  for (const ReportedRule* const rule : rules_) rules.push_back(rule_of(*rule));
  for (const ReportedFinding* const finding : by_level(report_))
    results.push_back(result(*finding));
  if (report_.show_suppressed)
    for (const SuppressedFinding& each : report_.suppressed) {
      Json row = result(each.finding);
      row["suppressions"] = Json::array({suppression(each)});
      results.push_back(std::move(row));
    }
  Json invocation{{"executionSuccessful", true}};
  if (Json list = notifications(); !list.empty())
    invocation["toolExecutionNotifications"] = std::move(list);
  Json run{{"tool",
            {{"driver",
              {{"name", "fnlint"},
               {"semanticVersion", report_.version},
               {"informationUri", kSite},
               {"rules", std::move(rules)}}}}},
           {"automationDetails", {{"id", automation_id(report_)}}},
           {"columnKind", "utf16CodeUnits"},
           {"originalUriBaseIds",
            {{"SRCROOT", {{"description", {{"text", "The root of the repository."}}}}}}},
           {"invocations", Json::array({std::move(invocation)})},
           {"results", std::move(results)}};
  return {{"$schema", kSchema}, {"version", "2.1.0"}, {"runs", Json::array({std::move(run)})}};
}

}  // namespace

std::string sarif_report(const Report& report) {
  return dumped(SarifWriter(report).log(), 1) + '\n';
}

}  // namespace fnlint
