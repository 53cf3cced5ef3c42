#pragma once

#include "model/finding.h"
#include "model/project.h"
#include "model/settings.h"

namespace fnlint {

// The checks of this room; checks.cpp names the rules that each may report.
void config_env_overwritten(const Project&, const Settings&, Findings&);
void config_env_variables(const Project&, const Settings&, Findings&);
void config_env_wrong_kind(const Project&, const Settings&, Findings&);
void config_hardcoded_region(const Project&, const Settings&, Findings&);
void config_sam(const Project&, const Settings&, Findings&);

}  // namespace fnlint
