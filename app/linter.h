#pragma once

#include "app/command_line.h"
#include "app/console.h"
#include "app/pipeline.h"
#include "app/project_run.h"
#include "app/targets.h"
#include "core/result.h"

#include <span>

namespace fnlint {

// Lints one target by its configuration and the command line's. An error is one of
// the configuration, with its place, or of what it is compared with.
Result<ProjectRun> run_project(const Target& target, std::span<const Target> all,
                               const CommandLine& line, const Console& console,
                               const Inspect& inspect = {});

}  // namespace fnlint
