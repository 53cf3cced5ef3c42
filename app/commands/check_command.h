// The default command.
#pragma once

#include "app/configuration/command_line.h"
#include "app/files/console.h"

namespace fnlint {

// `fnlint check`, as the command line says it: once, silently, or again and again. Returns the exit
// code.
int check_command(const CommandLine& line, Console& console);

}  // namespace fnlint
