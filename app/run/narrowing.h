// What is not to be told again, or not to be told at all.
#pragma once

#include "app/files/past_files.h"
#include "app/run/project_run.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What the findings of a run are compared with, and which are not told again.
struct Known {
  std::string revision = {};  // of git; empty: none
  bool is_branch = false;     // the last commit in common with it counts
  bool staged = false;        // what is staged is linted, and not the files on the disk
};

// A file of known findings.
struct Baseline {
  std::string path = {};    // absolute
  std::string shown = {};   // the same, as messages tell it
  std::string base = {};    // the folder that its paths are relative to, absolute; empty: the root
  bool is_ordinary = true;  // no option gives the run other templates, values, files or rules
  std::function<bool(std::string_view path)> judges = {};  // a file of the run
  // Whether this run would have told it again, so far as its rules and confidence decide that.
  std::function<bool(std::string_view path, const KnownFinding& one)> wants = {};
};

// The files of the revision, and those that are staged, where they are asked for.
struct Past {
  std::unique_ptr<PastFiles> base = {}, staged = {};
};
Result<Past> past_of(const Known& known, const std::string& root, const DiskFileSystem& disk,
                     const Git::Variables& variables);

// The findings of a run in files that a baseline judges, before they are told together, and those
// of them that cannot be read. Paths are relative to the baseline's base.
std::vector<KnownFinding> all_of(const ProjectRun& project, const Baseline& baseline);
// Takes those of an earlier run out of this one's.
void leave_out(const ProjectRun& earlier, ProjectRun& project);
// The same of what a baseline's file has.
Result<std::vector<KnownFinding>> known_by(const Baseline& baseline);
void leave_out_known(const Baseline& baseline, const std::vector<KnownFinding>& known,
                     ProjectRun& project);
// Keeps the findings that stand in, or lead through, the files and folders that were named.
void keep_named(ProjectRun& project);

}  // namespace fnlint
