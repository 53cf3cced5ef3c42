// `fnlint completions`.
#pragma once

#include "app/configuration/command_line.h"
#include "app/files/console.h"

namespace fnlint {

// Prints the completions of a shell, made from the options that the command line understands.
// Returns the exit code.
int completions_command(const CommandLine& line, Console& console);

}  // namespace fnlint
