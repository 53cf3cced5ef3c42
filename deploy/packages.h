// The stage that fills the project in with deployment packages.
#pragma once

#include "deploy/dependencies.h"
#include "model/project.h"

#include <functional>
#include <string>

namespace fnlint {

using PathOf = std::function<std::string(FileId file)>;

// What the project's functions and layers hold once they are deployed, as the deploying tool makes
// it: sizes, what is installed or will be, machine code, and what nobody needs. Each place is looked
// at once. Fills size, layers and package of each LambdaFunction; what cannot be known stays so,
// with its reason. `keep` takes the manifests that were read; `path_of` says where a file lies.
void add_packages(Project& project, const FileSystem& files, const KeepFile& keep,
                  const PathOf& path_of);

}  // namespace fnlint
