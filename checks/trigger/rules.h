#pragma once

#include "model/finding.h"
#include "model/project.h"
#include "model/settings.h"

namespace fnlint {

// The checks of this room; checks.cpp names the rules that each may report.
void trigger_deployment(const Project&, const Settings&, Findings&);
void trigger_dependency(const Project&, const Settings&, Findings&);
void trigger_filter_never_matches(const Project&, const Settings&, Findings&);
void trigger_filter_overlap(const Project&, const Settings&, Findings&);
void trigger_missing_permission(const Project&, const Settings&, Findings&);
void trigger_notification_overwritten(const Project&, const Settings&, Findings&);
void trigger_visibility_timeout(const Project&, const Settings&, Findings&);

}  // namespace fnlint
