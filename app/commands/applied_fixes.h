// `--fix` and `--unsafe-fixes`: automatic corrections, none of them unproven.
#pragma once

#include "app/configuration/command_line.h"
#include "app/configuration/targets.h"
#include "app/files/console.h"

#include <span>

namespace fnlint {

// Makes the fixes of what is found, safe ones or with `unsafe_fixes` all, and writes the files.
// Each is tried before anything is written, by linting the texts as they would be: a file whose
// finding stays, or in which something new is found, is left as it is, and said. Returns
// kNothingFound, or kCouldNotRun where it could not lint or write.
int apply_fixes(std::span<const Target> targets, const CommandLine& line, Console& console);

}  // namespace fnlint
