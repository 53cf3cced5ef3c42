#pragma once

#include "model/finding.h"
#include "model/project.h"

namespace fnlint {

// Requests that may wait as long as their function may run, one alone or those for a batch, one
// after the other: of rule limits-timeout-chain.
void limits_request_waits(const Project& project, Findings& findings);

}  // namespace fnlint
