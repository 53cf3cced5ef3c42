#pragma once

#include "core/files.h"
#include "model/project.h"

namespace fnlint {

// Measures what the project's functions and layers unpack to: directories and local zips, each
// once. Fills LambdaFunction::size and ::layers; what cannot be measured stays unknown, with its
// reason.
void measure_packages(Project& project, const FileSystem& files);

}  // namespace fnlint
