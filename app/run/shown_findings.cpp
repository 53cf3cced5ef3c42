// Lets suppressions act on a run's findings, then configurations, levels and exclusions, and gives
// what is left its fingerprints.

#include "app/run/shown_findings.h"

#include "app/run/duplicate_findings.h"
#include "app/run/syntax_findings.h"
#include "app/suppressions/other_suppressions.h"
#include "app/suppressions/suppressions.h"
#include "report/arrange.h"
#include "tables/tables.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace fnlint {

namespace {

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

// A syntax error, or a key that stands twice, is told once: as the finding, where there is one.
void drop_problems_told_by_findings(ProjectRun& project) {
  std::set<Span> told;
  for (const ReportedFinding& each : project.findings)
    if (each.finding.rule == kHandlerSyntax || each.finding.rule == kDuplicateKey)
      told.insert(each.finding.where);
  std::erase_if(project.run.problems,
                [&](const LocatedProblem& problem) { return told.contains(problem.where); });
}

}  // namespace

Sieve::Sieve(const SourceFiles& files, const CommandLine& line,
             const std::string& working_directory, const std::string& root,
             Configurations& configurations, Exclusion& exclusion)
    : files_(files), root_(root), configurations_(configurations), exclusion_(exclusion) {
  for (const auto& [glob, selectors] : line.per_path_ignores)
    here_.push_back({{Glob(glob), glob, working_directory}, selectors});
}

bool Sieve::is_ignored_there(const std::vector<PathIgnore>& rows, const Rule& rule,
                             std::string_view path) const {
  return std::ranges::any_of(rows, [&](const PathIgnore& row) {
    const bool named = std::ranges::any_of(row.selectors, [&rule](const std::string& selector) {
      return names_rule(selector, rule) != Narrowness::None;
    });
    return named && covers(row.glob, root_, path);
  });
}

std::optional<Severity> Sieve::level(const Finding& finding) {
  const InEffect& configuration = configuration_of(finding.where.file);
  const ReportedRule* const row = configuration.rule(finding.rule);
  if (row == nullptr || finding.confidence < configuration.least) return {};
  const bool is_note = finding.severity == Severity::Note;
  const auto [selected, is_first] = selected_.try_emplace({row, is_note});
  if (is_first)
    selected->second =
        (is_note ? are_notes_selected : is_selected)(*row->rule, configuration.selectors);
  if (!selected->second) return {};
  if (finding.where.file.exists()) {
    const std::string& path = files_.path(finding.where.file);
    const auto [excluded, is_new] = excluded_.try_emplace(finding.where.file);
    if (is_new) excluded->second = exclusion_.covers(path);
    if (excluded->second || is_ignored_there(here_, *row->rule, path) ||
        is_ignored_there(configuration.content.per_path_ignores, *row->rule, path))
      return {};
  }
  return level_of(finding, *row);
}

void keep_shown(ProjectRun& project, Sieve& sieve, Day today) {
  const SourceFiles& files = project.run.files;
  Findings findings;
  std::ranges::copy_if(
      project.run.findings, std::back_inserter(findings),
      [&](const Finding& each) { return sieve.is_in_effect(each.where.file, each.rule); });
  for (Suppression& each : project.run.suppressions)
    settle_rules(each.comment, project.registry->rules());
  for (Suppression& each : other_suppressions_of(findings, files, project.registry->rules(), today))
    if (sieve.configuration_of(each.file).content.other_suppressions)
      project.run.suppressions.push_back(std::move(each));
  std::vector<SilencedFinding> silenced = apply_suppressions(
      findings, project.run.suppressions,
      [&sieve](FileId file, std::string_view rule) { return sieve.is_in_effect(file, rule); },
      project.registry->rules(),
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
