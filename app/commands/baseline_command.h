// `fnlint baseline`, and the account that a check gives of the baseline it goes by.
#pragma once

#include "app/configuration/command_line.h"
#include "app/files/console.h"
#include "app/run/project_run.h"

namespace fnlint {

// Writes the findings of today to a file. Returns the exit code.
int baseline_command(const CommandLine& line, Console& console);

// Says what of the findings is known, and what of that is gone; a baseline loses what is fixed, but
// in CI, where nobody would commit it.
void tell_what_is_known(const std::vector<ProjectRun>& runs, const CommandLine& line,
                        Console& console);

}  // namespace fnlint
