#pragma once

#include "app/past_files.h"
#include "app/project_run.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fnlint {

// What the findings of a run are compared with, and which are not told again.
struct Known {
  std::string baseline = {};  // the file, absolute; empty: none
  std::string shown = {};     // the same, as messages tell it
  std::string revision = {};  // of git; empty: none
  bool is_branch = false;     // the last commit in common with it counts
  bool staged = false;        // what is staged is linted, and not the files on the disk
  bool is_ordinary = true;    // no option gives the run other templates, values, files or rules
  Confidence least = Confidence::Likely;
};

// The files of the revision, and those that are staged, where they are asked for.
struct Past {
  std::unique_ptr<PastFiles> base = {}, staged = {};
};
Result<Past> past_of(const Known& known, const std::string& root, const DiskFileSystem& disk,
                     const Git::Variables& variables);

// A file that cannot be read, as a finding that may be known.
KnownFinding known_problem(const ProjectRun& project, const LocatedProblem& problem);
// The findings of a run, before they are told together, and files that cannot be read.
std::vector<KnownFinding> all_of(const ProjectRun& project);
// Takes those of an earlier run out of this one's.
void leave_out(std::vector<KnownFinding> earlier, ProjectRun& project);
// The same of the baseline's file. Returns what is wrong with it.
std::string leave_out_baseline(const Known& known, ProjectRun& project);
// Keeps the findings that stand in, or lead through, the files and folders that were named.
void keep_named(ProjectRun& project);

}  // namespace fnlint
