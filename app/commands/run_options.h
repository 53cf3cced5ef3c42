// The second half of the options of `check`, kept apart from the command parser.
#pragma once

#include "app/configuration/command_line.h"

#include <string>

namespace CLI {
class App;
}

namespace fnlint {

// The options of `check` that are about how a run goes, and not about what it finds.
void add_run_options(CLI::App& app, CommandLine& line);

// Once all options are read: what excludes each other is an error, which is returned.
std::string settle_run_options(CommandLine& line);

}  // namespace fnlint
