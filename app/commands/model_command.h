// `fnlint model`, the view into the stages of a run.
#pragma once

#include "app/configuration/command_line.h"
#include "app/files/console.h"

namespace fnlint {

// Prints what a run has made of its input, as JSON. Returns the exit code.
int model_command(const CommandLine& line, Console& console);

}  // namespace fnlint
