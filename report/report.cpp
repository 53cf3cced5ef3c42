// Sentences and counts that several formats have in common, and a finding's level after its
// confidence.

#include "report/report.h"

#include "core/text.h"
#include "report/words.h"

#include <algorithm>
#include <array>

namespace fnlint {

std::string rule_page(const Rule& rule) {
  return rule.since.empty() ? cat(kSite, "policies/") : cat(kSite, "rules/", rule.id, '/');
}

std::string rule_page(const Report& report, std::string_view id) {
  const ReportedRule* const row = find_rule(report, id);
  return row != nullptr ? rule_page(*row->rule) : cat(kSite, "rules/", id, '/');
}

std::string unread_words(const Report& report) {
  std::string words;
  if (report.unread + report.partly == 0) return words;
  words = cat(report.unread > 0 ? report.unread : report.partly, " of ",
              counted(report.functions, "function"), ": ");
  if (report.unread == 0) return words + "read in part";
  words += "code not found";
  if (report.partly > 0) words += cat("; ", report.partly, " read in part");
  return words;
}

std::string cut_words(const Report& report) {
  if (report.cut.empty()) return {};
  return cat(counted(report.cut.size(), "more finding"), report.cut.size() == 1 ? " is" : " are",
             " not shown (--max-findings ", report.findings.size(), ')');
}

std::size_t count_of(const Report& report, Severity level) {
  return static_cast<std::size_t>(
      std::ranges::count(report.findings, level, &ReportedFinding::level) +
      std::ranges::count(report.cut, level, &ReportedFinding::level));
}

std::string summary_words(const Report& report) {
  const std::size_t all = report.findings.size() + report.cut.size();
  std::string line = "No findings";
  if (all > 0) {
    line = cat(counted(all, "finding"), ": ");
    bool first = true;
    for (const Severity level : {Severity::Error, Severity::Warning, Severity::Note}) {
      const std::size_t count = count_of(report, level);
      if (count == 0) continue;
      line += cat(first ? "" : ", ", counted(count, word_of(level)));
      first = false;
    }
  }
  const bool none = all == 0 && report.functions == 0;
  if (none) line = "No functions found";  // which is not to say that all is well
  line += cat(" in ", none ? std::string() : cat(counted(report.functions, "function"), ", "),
              counted(report.templates, "template"), ", ", counted(report.files_read, "file"));
  if (!report.problems.empty()) line += cat("; ", counted(report.problems.size(), "problem"));
  return line;
}

const ReportedRule* find_rule(const Report& report, std::string_view id) {
  const auto found = std::ranges::lower_bound(
      report.rules, id, {}, [](const ReportedRule& rule) { return rule.rule->id; });
  return found != report.rules.end() && found->rule->id == id ? &*found : nullptr;
}

std::string_view name_of_remedy(const Remedy& remedy) {
  static constexpr std::array<std::string_view, kRemedyWords.size()> kNames{
      "Python", "JavaScript", "Java",           "Go",  "C#",         "Ruby",     "Rust",
      "C++",    "CDK",        "CloudFormation", "SAM", "Serverless", "Terraform"};
  const auto word = std::ranges::find(kRemedyWords, remedy.of);
  return word == kRemedyWords.end() ? remedy.of : kNames[static_cast<std::size_t>(word - kRemedyWords.begin())];
}

std::string sentence(std::string_view text) {
  std::string out(trim(text));
  if (!out.empty() && std::string_view(".!?").find(out.back()) == std::string_view::npos)
    out += '.';
  return out;
}

std::string shortened(std::string_view text, std::size_t bytes) {
  constexpr std::string_view kLeftOut = "...";
  if (text.size() <= bytes) return std::string(text);
  std::size_t end = bytes - kLeftOut.size();
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return cat(text.substr(0, end), kLeftOut);
}

std::string_view remedy_of(const Report& report, const Finding& finding) {
  const ReportedRule* const row = find_rule(report, finding.rule);
  if (row == nullptr) return {};
  if (!finding.remedy.empty()) return finding.remedy;
  const FileId file = finding.where.file;
  if (file.exists() && file.index < report.files.size())
    for (const std::string_view word : report.files[file.index].written_in)
      for (const Remedy& remedy : row->rule->remedies)
        if (remedy.of == word) return remedy.text;
  return row->rule->remedy;
}

Severity level_of(const Finding& finding, const ReportedRule& rule) {
  const Severity severity =
      rule.configured ? rule.severity : finding.severity.value_or(rule.severity);
  return level_of(severity, finding.confidence);
}

}  // namespace fnlint
