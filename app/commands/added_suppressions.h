// `--add-suppressions`: accept what is found today, by comments in the sources.
#pragma once

#include "app/configuration/command_line.h"
#include "app/configuration/targets.h"
#include "app/files/console.h"

#include <span>

namespace fnlint {

// Lints, and writes a comment into the sources for each finding that is shown: beside its line,
// else above it. Each is tried before anything is written, by linting the texts as they would be;
// what does not silence its finding, or cannot be read, is not written, and said. Returns the exit
// code: kFindings where some are left.
int add_suppressions(std::span<const Target> targets, const CommandLine& line, Console& console);

}  // namespace fnlint
