#pragma once

#include "app/command_line.h"
#include "app/console.h"
#include "app/project_run.h"
#include "app/run.h"

#include <vector>

namespace fnlint {

// What was linted and printed.
struct Checked {
  int code = kCouldNotRun;
  std::vector<ProjectRun> runs = {};
};

// Lints what the command line names, once, and prints the report.
Checked check(const CommandLine& line, Console& console);

// The same as the command line says it: silently, or again and again. Returns the exit code.
int check_command(const CommandLine& line, Console& console);

}  // namespace fnlint
