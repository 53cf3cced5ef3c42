// One round of linting with its report, once or each time that something has changed.
#pragma once

#include "app/configuration/command_line.h"
#include "app/configuration/targets.h"
#include "app/files/console.h"
#include "app/files/exit_code.h"
#include "app/run/project_run.h"
#include "app/run/workspace.h"
#include "core/result.h"

#include <vector>

namespace fnlint {

// What was linted and printed.
struct Checked {
  int code = kCouldNotRun;
  std::vector<ProjectRun> runs = {};  // none: they could not be done, and why is said
  bool cancelled = false;             // then there are none, and nothing is said
};

// Lints what the command line names, once, and prints the report. Whoever does that again and again
// has workspaces of the roots; a run of another root has one of its own.
Checked check(const CommandLine& line, Console& console, Workspaces* workspaces = nullptr);
// What the command line names to be linted; an error says what of it is not there.
Result<std::vector<Target>> targets_to_lint(const CommandLine& line, const Console& console);

}  // namespace fnlint
