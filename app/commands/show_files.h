// For users who wonder why a file is linted, or is not.
#pragma once

#include "app/configuration/command_line.h"
#include "app/configuration/targets.h"
#include "app/files/console.h"

#include <span>

namespace fnlint {

// `--show-files`: the files that a run reads, one a line, each with a tab and what it is read as.
// Returns an exit code.
int show_files(std::span<const Target> targets, const CommandLine& line, Console& console);

}  // namespace fnlint
