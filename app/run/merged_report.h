// From the runs of all targets to the one report that is printed.
#pragma once

#include "app/configuration/command_line.h"
#include "app/run/project_run.h"
#include "report/report.h"

#include <string>
#include <vector>

namespace fnlint {

// What all runs together report, arranged. It views the runs' texts.
Report merged_report(const std::vector<ProjectRun>& runs, const CommandLine& line,
                     const std::string& working_directory);

}  // namespace fnlint
