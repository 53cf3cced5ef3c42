// Compares a run with baselines, earlier revisions or the index, and works out which known findings
// are gone for good.

#include "app/run/narrowing.h"

#include "app/files/disk_file_system.h"
#include "app/files/paths.h"
#include "app/run/baseline.h"
#include "core/text.h"
#include "report/fingerprints.h"
#include "report/rows.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace fnlint {

namespace {

// The file's path as the baseline has it; nothing: it is not one of the baseline's.
std::optional<std::string> path_in(const ProjectRun& project, FileId file,
                                   const Baseline& baseline) {
  const std::string path = file.exists() ? project.run.files.path(file) : std::string();
  if (baseline.judges && !baseline.judges(path)) return std::nullopt;
  const std::string& root = project.target.root;
  if (baseline.base.empty() || baseline.base == root || path.empty()) return path;
  return relative_path(join_path(root, path), baseline.base);
}

// A file that cannot be read, as a finding that may be known. Its words name lines, which move.
KnownFinding known_problem(const std::string& path, const LocatedProblem& problem) {
  return {.fingerprint = fingerprint_of(kProblem, path, {}, 1),
          .rule = std::string(kProblem),
          .path = path,
          .message = problem.message};
}

std::vector<std::pair<FileId, KnownFinding>> broken_files(const ProjectRun& project,
                                                          const Baseline& baseline) {
  std::vector<std::pair<FileId, KnownFinding>> found;
  std::set<FileId> seen;
  for (const LocatedProblem& problem : project.run.problems) {
    const FileId file = problem.where.file;
    if (!project.run.broken.contains(file) || !seen.insert(file).second) continue;
    if (const auto path = path_in(project, file, baseline))
      found.emplace_back(file, known_problem(*path, problem));
  }
  return found;
}

std::size_t take(std::vector<KnownFinding>& known, const Baseline& baseline, ProjectRun& project) {
  const std::size_t before = project.findings.size();
  for (const auto& [file, broken] : broken_files(project, baseline)) {
    const auto row = std::ranges::find(known, broken.fingerprint, &KnownFinding::fingerprint);
    if (row == known.end()) continue;
    project.known_problems.insert(file);
    known.erase(row);
  }
  take_known(project.findings, known, [&](const Finding& finding) {
    return path_in(project, finding.where.file, baseline);
  });
  return before - project.findings.size();
}

// Whether it is one of them, or in one.
bool is_among(const std::vector<std::string>& places, std::string_view path) {
  return std::ranges::any_of(
      places, [path](std::string_view place) { return place.empty() || is_below(path, place); });
}

// What code does that was not read, or only partly, may still be there.
bool may_be_unread(const ProjectRun& project, const KnownFinding& one) {
  return project.run.not_read.contains(one.function);
}

// Whether this run would have told it again: what it does not look at may still be there.
class LookedAt {
 public:
  LookedAt(const Baseline& baseline, const ProjectRun& project)
      : baseline_(baseline), project_(project), disk_(project.target.root) {
    const SourceFiles& files = project.run.files;
    for (std::uint32_t i = 0; i < files.size(); ++i)
      if (!project.run.broken.contains(FileId{i})) read_.insert(files.path(FileId{i}));
  }
  [[nodiscard]] bool operator()(const KnownFinding& one) const {
    const Target& target = project_.target;
    const std::string path = relative_path(join_path(baseline_.base, one.path), target.root);
    if (path.starts_with("../")) return false;
    const bool is_gone = disk_.kind(path) == EntryKind::Missing;
    return baseline_.is_ordinary && baseline_.wants(path, one) && !may_be_unread(project_, one) &&
           (is_gone || read_.contains(path)) &&
           (is_among(target.folders, path) || is_among(target.files, path));
  }

 private:
  const Baseline& baseline_;
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
  // Before the first commit there is no HEAD, and all is new.
  if (!commit && known.is_branch) return Error{commit.error()};
  const auto files_of = [&](const Result<std::vector<GitFile>>& files,
                            std::unique_ptr<PastFiles>& into) -> std::string {
    if (!files) return files.error();
    Result<PastFiles> found = PastFiles::of(git.value(), files.value(), disk);
    if (!found) return found.error();
    into = std::make_unique<PastFiles>(std::move(found.value()));
    return {};
  };
  std::string error;
  if (commit)
    error = files_of(git.value().files_of(known.is_branch ? git.value().merge_base(commit.value())
                                                          : commit.value()),
                     past.base);
  if (error.empty() && known.staged) error = files_of(git.value().staged_files(), past.staged);
  if (!error.empty()) return Error{error};
  return past;
}

std::vector<KnownFinding> all_of(const ProjectRun& project, const Baseline& baseline) {
  std::vector<KnownFinding> all;
  for (auto& [file, broken] : broken_files(project, baseline)) all.push_back(std::move(broken));
  for (const ReportedFinding& each : project.findings)
    if (auto path = path_in(project, each.finding.where.file, baseline))
      all.push_back({.fingerprint = each.fingerprint,
                     .rule = std::string(each.finding.rule),
                     .path = std::move(*path),
                     .message = each.finding.message,
                     .confidence = each.finding.confidence,
                     .function = each.finding.function});
  return all;
}

void leave_out(const ProjectRun& earlier, ProjectRun& project) {
  std::vector<KnownFinding> known = all_of(earlier, {});
  project.known += take(known, {}, project);
  std::erase_if(known, [&](const KnownFinding& one) { return may_be_unread(project, one); });
  project.fixed = std::move(known);
}

Result<std::vector<KnownFinding>> known_by(const Baseline& baseline) {
  const std::string shown = cat("the baseline ", baseline.shown, ' ');
  const DiskFileSystem disk{std::string(folder_of(baseline.path))};
  const Result<std::string> text = disk.read(file_name_of(baseline.path), kBaselineBytes);
  if (!text) return Error{cat(shown, text.error(), "; 'fnlint baseline' writes one")};
  Result<std::vector<KnownFinding>> read = read_baseline(text.value());
  if (!read) return Error{cat(shown, read.error())};
  return read;
}

void leave_out_known(const Baseline& baseline, const std::vector<KnownFinding>& known,
                     ProjectRun& project) {
  std::vector<KnownFinding> left = known;
  project.known += take(left, baseline, project);
  const LookedAt looked_at(baseline, project);
  BaselineUse use{.path = baseline.path, .left = known};
  for (const KnownFinding& one : left)
    if (looked_at(one)) {
      use.left.erase(std::ranges::find(use.left, one));
      ++use.fixed;
    }
  project.baselines.push_back(std::move(use));
}

void keep_named(ProjectRun& project) {
  const auto is_there = [&](const Span& where) {
    return where.file.exists() && is_among(project.target.told, project.run.files.path(where.file));
  };
  const auto is_elsewhere = [&](const ReportedFinding& each) {
    const Finding& finding = each.finding;
    const auto leads_there = [&](const PlacedText& place) { return is_there(place.where); };
    const auto is_named = [&](const std::string& path) {
      return is_among(project.target.told, path);
    };
    return !is_there(finding.where) && std::ranges::none_of(finding.related, leads_there) &&
           std::ranges::none_of(finding.flow, leads_there) &&
           std::ranges::none_of(finding.about, is_named);
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
