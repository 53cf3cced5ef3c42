#pragma once

#include "model/finding.h"
#include "model/project.h"
#include "model/settings.h"

namespace fnlint {

// The checks of this room; checks.cpp names the rules that each may report.
void idempotency_deduplication_shared(const Project&, const Settings&, Findings&);
void idempotency(const Project&, const Settings&, Findings&);

}  // namespace fnlint
