#pragma once

#include "model/finding.h"
#include "model/project.h"
#include "model/settings.h"

namespace fnlint {

// The checks of this room; checks.cpp names the rules that each may report.
void network_egress_closed(const Project&, const Settings&, Findings&);
void network_file_system(const Project&, const Settings&, Findings&);
void network_vpc(const Project&, const Settings&, Findings&);
void network_vpc_reach(const Project&, const Settings&, Findings&);

}  // namespace fnlint
