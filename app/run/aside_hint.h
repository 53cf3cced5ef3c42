// A hint for first runs, whose findings often lie in sample code.
#pragma once

#include "app/run/project_run.h"

#include <string>
#include <vector>

namespace fnlint {

// Where findings stand in folders of tests, examples or archives, how to leave these out; empty:
// none do. A folder that the user named is not meant.
std::string aside_hint(const std::vector<ProjectRun>& runs);

}  // namespace fnlint
