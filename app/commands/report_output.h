// Where a report goes: files, terminal, job summary.
#pragma once

#include "app/configuration/command_line.h"
#include "app/configuration/outputs.h"
#include "app/files/console.h"

#include <vector>

namespace fnlint {

// Prints a report in all ways that are asked for; what a format has no place for goes to the error
// stream. Returns kNothingFound, or kCouldNotRun where one of them could not be written.
int print_report(const Report& report, const std::vector<Output>& outputs, const CommandLine& line,
                 Console& console);

}  // namespace fnlint
