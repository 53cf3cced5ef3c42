// The whole linter for one project: configuration, pipeline, narrowing, presentation.
#pragma once

#include "app/configuration/command_line.h"
#include "app/configuration/targets.h"
#include "app/files/console.h"
#include "app/run/pipeline.h"
#include "app/run/project_run.h"
#include "app/run/workspace.h"
#include "core/result.h"

#include <span>

namespace fnlint {

// Lints one target by its configuration and the command line's. An error is one of
// the configuration, with its place, or of what it is compared with. Whoever lints it again and
// again has a workspace of it.
Result<ProjectRun> run_project(const Target& target, std::span<const Target> all,
                               const CommandLine& line, const Console& console,
                               const Inspect& inspect = {}, Workspace* workspace = nullptr);

}  // namespace fnlint
