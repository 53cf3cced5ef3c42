// The outcome of linting one project, as commands use it.
#pragma once

#include "app/configuration/targets.h"
#include "app/run/known_findings.h"
#include "app/run/pipeline.h"
#include "report/formats.h"
#include "report/report.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace fnlint {

// What a run says of the findings in a baseline.
struct BaselineUse {
  std::string path = {};                // absolute
  std::vector<KnownFinding> left = {};  // still there, or not looked at
  std::size_t fixed = 0;
};

// One target, linted by its configuration and the command line's.
struct ProjectRun {
  Target target = {};
  std::vector<std::string> configuration_paths = {};  // of files, the root's first
  const Format* output_format = nullptr;  // that the configuration names; null: none
  std::shared_ptr<const RuleRegistry> registry = {};  // that the rules are of
  std::vector<ReportedRule> rules = {};   // in effect somewhere, by id
  Run run = {};
  bool is_left_out = false;  // the current folder, where no path was named, by what the user says
  std::vector<ReportedFinding> findings = {};  // those that are shown; of `run` all
  std::vector<SuppressedFinding> suppressed = {};
  bool fails = false;                          // one of them gives exit code 1
  // Of `fnlint baseline`: all that is shown, each by itself.
  std::vector<KnownFinding> all = {};
  std::vector<std::string> others = {};  // baselines that hold findings below the root; absolute
  std::set<FileId> known_problems = {};  // files that cannot be read, and do not fail the run
  // Of a run that leaves out what is known: how many findings that were, and those that are gone.
  std::size_t known = 0;
  std::vector<KnownFinding> fixed = {};          // since the revision
  std::vector<BaselineUse> baselines = {};
  std::string cache = {};  // whether it was taken from there; empty: nobody has asked
};

}  // namespace fnlint
