#include "app/shown_findings.h"

#include "app/other_suppressions.h"
#include "app/suppressions.h"
#include "app/syntax_findings.h"
#include "tables/tables.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace fnlint {

namespace {

bool is_ignored_there(const Configuration& configuration, const Rule& rule, std::string_view path) {
  for (const PathIgnore& row : configuration.per_path_ignores) {
    const bool named = std::ranges::any_of(row.selectors, [&rule](const std::string& selector) {
      return names_rule(selector, rule) != Narrowness::None;
    });
    if (named && row.glob.covers(path)) return true;
  }
  return false;
}

// Before findings are told together, each has its name.
void name_findings(ProjectRun& project) {
  Report report;
  const SourceFiles& files = project.run.files;
  for (std::uint32_t i = 0; i < files.size(); ++i)
    report.files.push_back({.path = files.path(FileId{i}), .text = files.text(FileId{i})});
  report.findings = std::move(project.findings);
  report.suppressed = std::move(project.suppressed);
  arrange(report);
  project.findings = std::move(report.findings);
  project.suppressed = std::move(report.suppressed);
}

// A syntax error is told once: as the finding, where there is one.
void drop_problems_told_by_findings(ProjectRun& project) {
  std::set<Span> told;
  for (const ReportedFinding& each : project.findings)
    if (each.finding.rule == kHandlerSyntax) told.insert(each.finding.where);
  std::erase_if(project.run.problems,
                [&](const LocatedProblem& problem) { return told.contains(problem.where); });
}

}  // namespace

std::optional<Severity> Sieve::level(const Finding& finding) const {
  const auto rule = std::ranges::find(project_.rules, finding.rule,
                                      [](const ReportedRule& each) { return each.rule->id; });
  if (rule == project_.rules.end() || finding.confidence < least_) return {};
  const bool is_note = finding.severity == Severity::Note;
  if (!(is_note ? are_notes_selected : is_selected)(*rule->rule, selectors_)) return {};
  if (finding.where.file.exists()) {
    const std::string& path = project_.run.files.path(finding.where.file);
    if (exclusion_.covers(path) || is_ignored_there(configuration_, *rule->rule, path)) return {};
  }
  return level_of(finding, *rule);
}

void keep_shown(ProjectRun& project, const Sieve& sieve, std::span<const Rule* const> in_effect,
                bool other_suppressions, Day today) {
  const SourceFiles& files = project.run.files;
  Findings findings = project.run.findings;
  std::erase_if(findings, [&](const Finding& each) {
    return std::ranges::find(in_effect, each.rule, &Rule::id) == in_effect.end();
  });
  if (other_suppressions)
    std::ranges::move(other_suppressions_of(findings, files, rules(), today),
                      std::back_inserter(project.run.suppressions));
  std::vector<SilencedFinding> silenced = apply_suppressions(
      findings, project.run.suppressions, in_effect, rules(),
      [&files](FileId file) { return std::string_view(files.text(file)); }, today);
  for (Finding& finding : findings)
    if (const auto level = sieve.level(finding))
      project.findings.push_back({.finding = std::move(finding), .level = *level});
  for (auto& [finding, by] : silenced) {
    const Suppression& suppression = project.run.suppressions[by];
    if (const auto level = sieve.level(finding))
      project.suppressed.push_back({.finding = {.finding = std::move(finding), .level = *level},
                                    .where = {suppression.file, suppression.comment.where},
                                    .reason = suppression.comment.reason});
  }
  drop_problems_told_by_findings(project);
  name_findings(project);
}

}  // namespace fnlint
