// The part of schema validation that CloudFormation's schemas do not cover.
#pragma once

#include "model/finding.h"
#include "model/project.h"

namespace fnlint {

// Values and keys that the linker has met and that no schema says: methods of routes, events of
// buckets, keys of the Serverless Framework's functions.
void refused_values(const Project& project, Findings& findings);

}  // namespace fnlint
