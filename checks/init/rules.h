#pragma once

#include "model/finding.h"
#include "model/project.h"
#include "model/settings.h"

namespace fnlint {

// The checks of this room; checks.cpp names the rules that each may report.
void init_client_in_handler(const Project&, const Settings&, Findings&);
void init_client_lookup(const Project&, const Settings&, Findings&);
void init_imports(const Project&, const Settings&, Findings&);
void init_lazy_import_defeated(const Project&, const Settings&, Findings&);
void init_work_at_import(const Project&, const Settings&, Findings&);

}  // namespace fnlint
