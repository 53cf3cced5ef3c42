// Credentials that are committed beside the code rather than deployed with it.
#pragma once

#include "deploy/dependencies.h"
#include "model/project.h"

namespace fnlint {

// Credentials in what builds and deploys functions, by their form: adds rows to the project's
// secret literals, one of a file at most. `keep` takes the files that have one.
void add_repository_secrets(Project& project, const FileSystem& files, const KeepFile& keep);

}  // namespace fnlint
