// Output of commands other than `check`.
#pragma once

#include "app/configuration/command_line.h"
#include "app/files/console.h"

#include <string>

namespace fnlint {

// Writes what a command makes to the file that the command line names, else to standard output.
int print_output(const std::string& text, const CommandLine& line, Console& console);

}  // namespace fnlint
