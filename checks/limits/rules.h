#pragma once

#include "model/finding.h"
#include "model/project.h"
#include "model/settings.h"

namespace fnlint {

// The checks of this room; checks.cpp names the rules that each may report.
void limits_env_size(const Project&, const Settings&, Findings&);
void limits_payload(const Project&, const Settings&, Findings&);
void limits_subscription_filters(const Project&, const Settings&, Findings&);
void limits_timeout_chain(const Project&, const Settings&, Findings&);
void limits_timeout_default(const Project&, const Settings&, Findings&);
void limits_wait_outlasts_timeout(const Project&, const Settings&, Findings&);

}  // namespace fnlint
