#pragma once

#include "app/command_line.h"
#include "app/console.h"
#include "app/targets.h"

#include <span>

namespace fnlint {

// `--print-config`: what holds for each of the paths, as YAML with where each value comes from.
// Returns an exit code.
int print_configurations(std::span<const Target> targets, const CommandLine& line,
                         Console& console);

}  // namespace fnlint
