#pragma once

#include "app/command_line.h"
#include "app/console.h"

namespace fnlint {

// Prints what a run has made of its input, as JSON. Returns the exit code.
int model_command(const CommandLine& line, Console& console);

}  // namespace fnlint
