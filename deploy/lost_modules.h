// Imports of own code that work in the project and fail once it is deployed.
#pragma once

#include "core/files.h"
#include "deploy/packages.h"
#include "model/project.h"

namespace fnlint {

// Modules of the project itself that functions import as they are loaded, and that are not where
// their packages hold them: LambdaFunction::lost_modules. After add_packages(), of which it needs
// the packages and the layers.
void add_lost_modules(Project& project, const FileSystem& files, const PathOf& path_of);

}  // namespace fnlint
