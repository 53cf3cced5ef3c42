#pragma once

#include "model/finding.h"
#include "model/project.h"
#include "model/settings.h"

namespace fnlint {

// The checks of this room; checks.cpp names the rules that each may report.
void invocation_could_be_direct(const Project&, const Settings&, Findings&);
void invocation_sync_chain(const Project&, const Settings&, Findings&);
void invocation_wait_in_function(const Project&, const Settings&, Findings&);

}  // namespace fnlint
