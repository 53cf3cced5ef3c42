#pragma once

#include "model/finding.h"
#include "model/project.h"
#include "model/settings.h"

namespace fnlint {

// The checks of this room; checks.cpp names the rules that each may report.
void storage_tmp_leak(const Project&, const Settings&, Findings&);
void storage_tmp_stale(const Project&, const Settings&, Findings&);
void storage_tmp_too_small(const Project&, const Settings&, Findings&);
void storage_write_outside_tmp(const Project&, const Settings&, Findings&);

}  // namespace fnlint
