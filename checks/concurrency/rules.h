#pragma once

#include "model/finding.h"
#include "model/project.h"
#include "model/settings.h"

namespace fnlint {

// The checks of this room; checks.cpp names the rules that each may report.
void concurrency_above_reserved(const Project&, const Settings&, Findings&);
void concurrency_autoscaling_without_initial(const Project&, const Settings&, Findings&);
void concurrency_pool(const Project&, const Settings&, Findings&);
void concurrency_provisioned(const Project&, const Settings&, Findings&);
void concurrency_source_above_reserved(const Project&, const Settings&, Findings&);

}  // namespace fnlint
