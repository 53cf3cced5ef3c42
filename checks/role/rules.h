#pragma once

#include "model/finding.h"
#include "model/project.h"
#include "model/settings.h"

namespace fnlint {

// The checks of this room; checks.cpp names the rules that each may report.
void role_missing_key_permission(const Project&, const Settings&, Findings&);
void role_missing_permission(const Project&, const Settings&, Findings&);
void role_needs(const Project&, const Settings&, Findings&);
void role_resource_mismatch(const Project&, const Settings&, Findings&);
void role_session_token(const Project&, const Settings&, Findings&);
void role_unknown_action(const Project&, const Settings&, Findings&);
void role_unused_permission(const Project&, const Settings&, Findings&);

}  // namespace fnlint
