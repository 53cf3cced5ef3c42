#pragma once

#include "link/code.h"
#include "model/project.h"
#include "values/pool.h"

namespace fnlint {

struct JoinOptions {
  bool possible = false;  // look for what only permissions suggest
};

// Joins templates and code: summaries of handlers with their environment, triggers and roles put
// in; then the event graph and its cycles. Package sizes are put in by the caller.
Project join_project(ValuePool& pool, Stacks stacks, LinkedCode code, const JoinOptions& options);

}  // namespace fnlint
