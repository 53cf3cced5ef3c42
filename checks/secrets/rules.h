#pragma once

#include "model/finding.h"
#include "model/project.h"
#include "model/settings.h"

namespace fnlint {

// The checks of this room; checks.cpp names the rules that each may report.
void secrets_cached_forever(const Project&, const Settings&, Findings&);
void secrets_fetched(const Project&, const Settings&, Findings&);
void secrets_literal(const Project&, const Settings&, Findings&);
void secrets_resolved(const Project&, const Settings&, Findings&);
void secrets_template(const Project&, const Settings&, Findings&);

}  // namespace fnlint
