#pragma once

#include "model/finding.h"
#include "model/project.h"
#include "model/settings.h"

namespace fnlint {

// The checks of this room; checks.cpp names the rules that each may report.
void state_failure_kept(const Project&, const Settings&, Findings&);
void state_frozen_time(const Project&, const Settings&, Findings&);
void state_global(const Project&, const Settings&, Findings&);
void state_listeners_pile_up(const Project&, const Settings&, Findings&);
void state_lost_update(const Project&, const Settings&, Findings&);
void state_shared_environment(const Project&, const Settings&, Findings&);
void state_unbounded_cache(const Project&, const Settings&, Findings&);

}  // namespace fnlint
