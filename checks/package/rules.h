#pragma once

#include "model/finding.h"
#include "model/project.h"
#include "model/settings.h"

namespace fnlint {

// The checks of this room; checks.cpp names the rules that each may report.
void image_client_lacking(const Project&, const Settings&, Findings&);
void package_contents(const Project&, const Settings&, Findings&);
void package_dependencies(const Project&, const Settings&, Findings&);
void package_dynamic_import(const Project&, const Settings&, Findings&);
void package_imports(const Project&, const Settings&, Findings&);
void package_permissions(const Project&, const Settings&, Findings&);
void package_secrets(const Project&, const Settings&, Findings&);
void package_shared(const Project&, const Settings&, Findings&);
void package_size(const Project&, const Settings&, Findings&);
void package_zip_direct_upload(const Project&, const Settings&, Findings&);

}  // namespace fnlint
