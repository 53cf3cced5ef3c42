// `fnlint init`: a first configuration for a project that has none.
#pragma once

#include "app/configuration/command_line.h"
#include "app/files/console.h"

namespace fnlint {

// Writes a configuration for the project at a path, made from what a run finds there and, where the
// command line says so, from another tool's configuration. Returns the exit code.
int init_command(const CommandLine& line, Console& console);

}  // namespace fnlint
