#pragma once

#include "app/command_line.h"
#include "app/pipeline.h"
#include "app/targets.h"
#include "core/result.h"
#include "report/report.h"

#include <span>
#include <string>
#include <vector>

namespace fnlint {

// One target, linted by its configuration and the command line's.
struct ProjectRun {
  Target target = {};
  std::string configuration_path = {};   // empty: there is none
  const Format* output_format = nullptr;  // that the configuration names; null: none
  std::vector<ReportedRule> rules = {};  // in effect, by id
  Run run = {};
  std::vector<ReportedFinding> findings = {};  // those that are shown; of `run` all
  std::vector<SuppressedFinding> suppressed = {};
  bool fails = false;                          // one of them gives exit code 1
};

// An error is one of the configuration, with its place.
Result<ProjectRun> run_project(const Target& target, std::span<const Target> all,
                               const CommandLine& line, const std::string& working_directory,
                               const ClangProgram& clang, const Inspect& inspect = {});

// What all runs together report, arranged. It views the runs' texts.
Report merged_report(const std::vector<ProjectRun>& runs, const CommandLine& line,
                     const std::string& working_directory);

}  // namespace fnlint
