#pragma once

#include "app/command_line.h"
#include "app/console.h"
#include "app/exit_code.h"
#include "app/project_run.h"
#include "app/targets.h"
#include "core/result.h"

#include <vector>

namespace fnlint {

// What was linted and printed.
struct Checked {
  int code = kCouldNotRun;
  std::vector<ProjectRun> runs = {};
};

// Lints what the command line names, once, and prints the report.
Checked check(const CommandLine& line, Console& console);
// What the command line names to be linted; an error says what of it is not there.
Result<std::vector<Target>> targets_to_lint(const CommandLine& line, const Console& console);

}  // namespace fnlint
