#pragma once

#include "app/command_line.h"
#include "app/console.h"

namespace fnlint {

// Lints what the command line names, and prints the report. Returns the exit code.
int check_command(const CommandLine& line, Console& console);

}  // namespace fnlint
