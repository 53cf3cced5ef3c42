// Writes baselines, keeps what they say of places that were not linted, and shrinks them as
// findings get fixed.

#include "app/commands/baseline_command.h"

#include "app/configuration/configuration.h"
#include "app/files/disk_file_system.h"
#include "app/files/exit_code.h"
#include "app/files/output_file.h"
#include "app/files/paths.h"
#include "app/run/baseline.h"
#include "app/run/linter.h"
#include "core/text.h"
#include "report/words.h"

#include <algorithm>

namespace fnlint {

namespace {

std::string shown(const std::string& path, const Console& console) {
  return relative_path(path, console.working_directory);
}

void shrink(const BaselineUse& use, const CommandLine& line, Console& console) {
  if (use.fixed == 0) return;
  const std::string fixed = cat(counted(use.fixed, "finding"), " of ", shown(use.path, console),
                                use.fixed == 1 ? " is fixed" : " are fixed");
  if (is_in_ci(console)) {
    say(console, cat(fixed, ": a run outside of CI removes ", use.fixed == 1 ? "it" : "them"));
    return;
  }
  const std::string error = write_file(use.path, baseline_text(use.left));
  if (!error.empty())
    say(console, cat(fixed, ", but the file cannot be written: ", error));
  else if (!line.quiet)
    say(console, cat(fixed, " and removed; ", use.left.size(), " left"));
}

// Of the baseline that is there: what lies outside of the folders and files that were linted.
std::size_t keep_others(const std::string& path, const Target& target,
                        std::vector<KnownFinding>& findings) {
  const Result<std::string> text =
      DiskFileSystem{std::string(folder_of(path))}.read(file_name_of(path), kBaselineBytes);
  const Result<std::vector<KnownFinding>> before =
      text ? read_baseline(text.value()) : Error{text.error()};
  if (!before) return 0;
  const auto is_linted = [&](const KnownFinding& one) {
    const auto has = [&](const std::string& place) {
      return place.empty() || is_below(one.path, place);
    };
    return std::ranges::any_of(target.folders, has) || std::ranges::any_of(target.files, has);
  };
  std::size_t kept = 0;
  for (const KnownFinding& one : before.value())
    if (!is_linted(one)) {
      findings.push_back(one);
      ++kept;
    }
  return kept;
}

}  // namespace

int baseline_command(const CommandLine& line, Console& console) {
  const Result<std::vector<Target>> targets = targets_of(line.paths, console.working_directory);
  if (!targets || targets.value().size() > 1) {
    say(console, targets ? "a baseline covers one project, but the paths belong to several roots"
                         : targets.error());
    return kCouldNotRun;
  }
  const Target& target = targets.value().front();
  const Result<ProjectRun> run = run_project(target, targets.value(), line, console);
  if (!run) {
    say(console, run.error());
    return kCouldNotRun;
  }
  const std::string path = line.output_file.empty()
                               ? join_path(target.root, kBaselineFile)
                               : join_path(console.working_directory, line.output_file);
  std::vector<KnownFinding> known = run.value().all;
  const std::size_t kept = keep_others(path, target, known);
  const std::string error = write_file(path, baseline_text(known));
  if (!error.empty()) {
    say(console, cat("cannot write ", shown(path, console), ": ", error));
    return kCouldNotRun;
  }
  if (!line.quiet)
    say(console,
        cat(shown(path, console), " has ", counted(known.size(), "finding"),
            kept == 0 ? "" : cat(", of which ", kept, " outside of what was linted are kept"),
            ": --baseline ", shown(path, console),
            " leaves them out, and so does 'baseline: ", relative_path(path, target.root), "' in ",
            shown(join_path(target.root, kConfigurationFiles[0]), console)));
  for (const std::string& other : run.value().others)
    say(console, cat("findings that belong to ", shown(other, console),
                     " are not in it, since a configuration nearer to them names that file"));
  return kNothingFound;
}

void tell_what_is_known(const std::vector<ProjectRun>& runs, const CommandLine& line,
                        Console& console) {
  std::size_t known = 0, fixed = 0;
  for (const ProjectRun& run : runs) {
    known += run.known;
    fixed += run.fixed.size();
    for (const BaselineUse& use : run.baselines) shrink(use, line, console);
  }
  if (line.quiet) return;
  if (known > 0)
    say(console, cat(counted(known, "known finding"), known == 1 ? " is" : " are", " left out"));
  if (fixed > 0)
    say(console, cat(counted(fixed, "finding"), fixed == 1 ? " is" : " are", " fixed since then"));
}

}  // namespace fnlint
