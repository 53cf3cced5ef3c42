// `--watch`: a check that follows the editor.
#pragma once

#include "app/configuration/command_line.h"
#include "app/files/console.h"
#include "app/files/wakeup.h"

#include <memory>

namespace fnlint {

// Lints, and again whenever a file changes that the last run depended on, until the process ends.
// Returns the exit code where the first run could not be done.
int watch_command(const CommandLine& line, Console& console, std::unique_ptr<Wakeup> by = wakeup());

}  // namespace fnlint
