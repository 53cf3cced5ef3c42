// The stages of a run, one after another: files, templates, code, join, packages, checks.
#pragma once

#include "app/run/one_run.h"
#include "core/files.h"

namespace fnlint {

// Discovers, compiles, links and checks. Never fails: what is wrong with the input is a problem.
// Ends early where the workers are cancelled.
Run run_pipeline(PipelineOptions options, const FileSystem& files);

}  // namespace fnlint
