#pragma once

#include "model/finding.h"
#include "model/project.h"
#include "model/settings.h"

namespace fnlint {

// The checks of this room; checks.cpp names the rules that each may report.
void runtime_language_feature(const Project&, const Settings&, Findings&);
void runtime_lifecycle(const Project&, const Settings&, Findings&);
void runtime_project_mismatch(const Project&, const Settings&, Findings&);

}  // namespace fnlint
