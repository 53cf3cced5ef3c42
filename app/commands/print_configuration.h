// The effective configuration, for users who wonder why a rule is on or off.
#pragma once

#include "app/configuration/command_line.h"
#include "app/configuration/targets.h"
#include "app/files/console.h"

#include <span>

namespace fnlint {

// `--print-config`: what holds for each of the paths, as YAML with where each value comes from.
// Returns an exit code.
int print_configurations(std::span<const Target> targets, const CommandLine& line,
                         Console& console);

}  // namespace fnlint
