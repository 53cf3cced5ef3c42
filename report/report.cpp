#include "report/report.h"

#include "core/text.h"
#include "report/fingerprints.h"
#include "report/places.h"
#include "report/words.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <tuple>

namespace fnlint {

namespace {

// A finding whose check names no context of its own is known by the text of its line.
std::string identity_of(const Finding& finding, Places& places) {
  if (!finding.identity.empty()) return finding.identity;
  const Lines* const lines = places.lines(finding.where.file);
  if (lines == nullptr) return {};
  std::string words;
  for (const std::string_view word :
       split(trim(lines->line(lines->place(finding.where.range.begin).line)), ' '))
    if (!word.empty()) words += cat(words.empty() ? "" : " ", word);
  return words;
}

// A file may ask for the same missing thing in hundreds of places.
void join_repeated(std::vector<ReportedUnresolved>& rows, Places& places) {
  std::map<std::tuple<std::string_view, std::string, std::string>, std::size_t> seen;
  std::vector<ReportedUnresolved> first;
  for (ReportedUnresolved& row : rows) {
    const Unresolved& one = row.unresolved;
    const auto [found, is_new] =
        seen.emplace(std::tuple(places.path(one.where), one.reason, one.function), first.size());
    if (is_new)
      first.push_back(std::move(row));
    else
      first[found->second].places += row.places;
  }
  rows = std::move(first);
}

bool equal(const ReportedProblem& a, const ReportedProblem& b) {
  return a.where == b.where && a.message == b.message;
}

// By path, offset and rule; of equal ones in one file each has its number. Not of those in several
// files: which of them comes first changes with what else there is, and with the folder that paths
// are told from.
class FindingOrder {
  [[nodiscard]] auto key(const Finding& finding) const {
    return std::tuple(places_.path(finding.where), finding.where.range.begin, finding.rule,
                      std::string_view(finding.message));
  }

 public:
  explicit FindingOrder(Places& places) : places_(places) {}
  template <class Row, class Project>
  void arrange(std::vector<Row>& rows, Project reported) {
    std::ranges::stable_sort(rows, {}, [&](const Row& row) { return key(reported(row).finding); });
    for (Row& row : rows) {
      const Finding& finding = reported(row).finding;
      std::string& print = reported(row).fingerprint;
      if (!print.empty()) continue;
      std::string identity = identity_of(finding, places_);
      const std::size_t occurrence =
          ++seen_[{finding.where.file, finding.rule, finding.function, identity}];
      print = fingerprint_of(finding.rule, finding.function, identity, occurrence);
    }
  }

 private:
  Places& places_;
  std::map<std::tuple<FileId, std::string_view, std::string, std::string>, std::size_t> seen_ = {};
};

}  // namespace

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

void arrange(Report& report) {
  Places places(report);
  const auto order = [&places](const Span& where) {
    return std::tuple(places.path(where), where.range.begin);
  };
  FindingOrder findings(places);
  findings.arrange(report.findings, [](auto& each) -> auto& { return each; });
  // After them: that one is silenced gives no other a number.
  findings.arrange(report.suppressed, [](auto& each) -> auto& { return each.finding; });
  std::ranges::stable_sort(report.problems, [&](const auto& a, const auto& b) {
    return std::tuple(order(a.where), std::string_view(a.message)) <
           std::tuple(order(b.where), std::string_view(b.message));
  });
  const auto repeated = std::ranges::unique(report.problems, equal);
  report.problems.erase(repeated.begin(), repeated.end());
  std::ranges::stable_sort(report.unresolved, [&](const auto& a, const auto& b) {
    return std::tuple(order(a.unresolved.where), std::string_view(a.unresolved.reason)) <
           std::tuple(order(b.unresolved.where), std::string_view(b.unresolved.reason));
  });
  join_repeated(report.unresolved, places);
}

void keep_worst(Report& report, std::size_t most) {
  if (report.findings.size() <= most) return;
  std::vector<ReportedFinding> all = std::move(report.findings);
  std::vector<std::size_t> order(all.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [&all](std::size_t i) { return all[i].level; });
  std::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(most));
  report.findings.clear();
  for (std::size_t i = 0; i < order.size(); ++i)
    (i < most ? report.findings : report.cut).push_back(std::move(all[order[i]]));
}

}  // namespace fnlint
