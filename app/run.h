#pragma once

#include "app/console.h"

#include <string>
#include <vector>

namespace fnlint {

enum ExitCode : int { kNothingFound = 0, kFindings = 1, kCouldNotRun = 2 };

// The whole program. `arguments` without its name; returns the exit code. Throws nothing.
int run(const std::vector<std::string>& arguments, Console& console);

}  // namespace fnlint
