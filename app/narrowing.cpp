#include "app/narrowing.h"

#include "app/baseline.h"
#include "app/disk_file_system.h"
#include "app/paths.h"
#include "core/text.h"
#include "report/fingerprints.h"
#include "report/rows.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

constexpr std::size_t kBaselineBytes = 64U << 20U;

std::string path_in(const ProjectRun& project, const Finding& finding) {
  return finding.where.file.exists() ? project.run.files.path(finding.where.file) : std::string();
}

std::vector<KnownFinding> broken_files(const ProjectRun& project) {
  std::vector<KnownFinding> found;
  for (const LocatedProblem& problem : project.run.problems)
    if (project.run.broken.contains(problem.where.file)) {
      KnownFinding one = known_problem(project, problem);
      if (std::ranges::find(found, one.fingerprint, &KnownFinding::fingerprint) == found.end())
        found.push_back(std::move(one));
    }
  return found;
}

std::size_t take(std::vector<KnownFinding>& known, ProjectRun& project) {
  const std::size_t before = project.findings.size();
  for (const KnownFinding& broken : broken_files(project)) {
    const auto row = std::ranges::find(known, broken.fingerprint, &KnownFinding::fingerprint);
    if (row == known.end()) continue;
    project.known_problems.insert(broken.fingerprint);
    known.erase(row);
  }
  take_known(project.findings, known,
             [&project](const Finding& finding) { return path_in(project, finding); });
  return before - project.findings.size();
}

// Whether it is one of them, or in one.
bool is_among(const std::vector<std::string>& places, std::string_view path) {
  return std::ranges::any_of(
      places, [path](std::string_view place) { return place.empty() || is_below(path, place); });
}

// Whether this run would have told it again: what it does not look at may still be there.
class LookedAt {
 public:
  LookedAt(const Known& known, const ProjectRun& project)
      : known_(known), project_(project), disk_(project.target.root) {
    const SourceFiles& files = project.run.files;
    for (std::uint32_t i = 0; i < files.size(); ++i)
      if (!project.run.broken.contains(FileId{i})) read_.insert(files.path(FileId{i}));
  }
  [[nodiscard]] bool operator()(const KnownFinding& one) const {
    const bool is_in_effect =
        one.rule == kProblem || std::ranges::any_of(project_.rules, [&](const ReportedRule& rule) {
          return rule.rule->id == one.rule;
        });
    const Target& target = project_.target;
    const bool is_gone = disk_.kind(one.path) == EntryKind::Missing;
    return known_.is_ordinary && is_in_effect && one.confidence >= known_.least &&
           (is_gone || read_.contains(one.path)) &&
           (is_among(target.folders, one.path) || is_among(target.files, one.path));
  }

 private:
  const Known& known_;
  const ProjectRun& project_;
  const DiskFileSystem disk_;
  std::set<std::string> read_ = {};  // whole
};

}  // namespace

Result<Past> past_of(const Known& known, const std::string& root, const DiskFileSystem& disk,
                     const Git::Variables& variables) {
  Past past;
  if (known.revision.empty()) return past;
  const Result<Git> git = Git::at(root, variables);
  if (!git) return Error{git.error()};
  const Result<std::string> commit = git.value().commit(known.revision);
  if (!commit) return Error{commit.error()};
  const auto files_of = [&](const Result<std::vector<GitFile>>& files,
                            std::unique_ptr<PastFiles>& into) -> std::string {
    if (!files) return files.error();
    Result<PastFiles> found = PastFiles::of(git.value(), files.value(), disk);
    if (!found) return found.error();
    into = std::make_unique<PastFiles>(std::move(found.value()));
    return {};
  };
  std::string error =
      files_of(git.value().files_of(known.is_branch ? git.value().merge_base(commit.value())
                                                    : commit.value()),
               past.base);
  if (error.empty() && known.staged) error = files_of(git.value().staged_files(), past.staged);
  if (!error.empty()) return Error{error};
  return past;
}

KnownFinding known_problem(const ProjectRun& project, const LocatedProblem& problem) {
  const FileId file = problem.where.file;
  const std::string path = file.exists() ? project.run.files.path(file) : std::string();
  // Its words name lines, which move.
  return {.fingerprint = fingerprint_of(kProblem, path, {}, 1),
          .rule = std::string(kProblem),
          .path = path,
          .message = problem.message};
}

std::vector<KnownFinding> all_of(const ProjectRun& project) {
  std::vector<KnownFinding> all = broken_files(project);
  for (const ReportedFinding& each : project.findings)
    all.push_back({.fingerprint = each.fingerprint,
                   .rule = std::string(each.finding.rule),
                   .path = path_in(project, each.finding),
                   .message = each.finding.message,
                   .confidence = each.finding.confidence});
  return all;
}

void leave_out(std::vector<KnownFinding> earlier, ProjectRun& project) {
  project.known += take(earlier, project);
  project.fixed = std::move(earlier);
}

std::string leave_out_baseline(const Known& known, ProjectRun& project) {
  const std::string shown = cat("the baseline ", known.shown, ' ');
  const DiskFileSystem disk{std::string(folder_of(known.baseline))};
  const Result<std::string> text = disk.read(file_name_of(known.baseline), kBaselineBytes);
  if (!text) return cat(shown, text.error(), "; 'fnlint baseline' writes one");
  Result<std::vector<KnownFinding>> read = read_baseline(text.value());
  if (!read) return cat(shown, read.error());
  project.baseline = known.baseline;
  std::vector<KnownFinding> left = read.value();
  project.known += take(left, project);
  const LookedAt looked_at(known, project);
  project.baseline_left = std::move(read.value());
  for (const KnownFinding& one : left)
    if (looked_at(one)) {
      project.baseline_left.erase(std::ranges::find(project.baseline_left, one));
      ++project.baseline_fixed;
    }
  return {};
}

void keep_named(ProjectRun& project) {
  const auto is_there = [&](const Span& where) {
    return where.file.exists() && is_among(project.target.told, project.run.files.path(where.file));
  };
  const auto is_elsewhere = [&](const ReportedFinding& each) {
    const Finding& finding = each.finding;
    const auto leads_there = [&](const PlacedText& place) { return is_there(place.where); };
    return !is_there(finding.where) && std::ranges::none_of(finding.related, leads_there) &&
           std::ranges::none_of(finding.flow, leads_there);
  };
  std::erase_if(project.findings, is_elsewhere);
  std::erase_if(project.suppressed,
                [&](const SuppressedFinding& each) { return is_elsewhere(each.finding); });
  // Who has one file open cannot show what is wrong with others.
  if (project.target.overlays.empty()) return;
  const auto is_other = [&](const auto& each) { return !is_there(each.where); };
  std::erase_if(project.run.problems, is_other);
  std::erase_if(project.run.unresolved, is_other);
}

}  // namespace fnlint
