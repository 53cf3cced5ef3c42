#pragma once

#include "app/command_line.h"
#include "app/console.h"
#include "app/outputs.h"

#include <vector>

namespace fnlint {

// Prints a report in all ways that are asked for; what a format has no place for goes to the error
// stream. Returns kNothingFound, or kCouldNotRun where one of them could not be written.
int print_report(const Report& report, const std::vector<Output>& outputs, const CommandLine& line,
                 Console& console);

}  // namespace fnlint
