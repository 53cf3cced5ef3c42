// The rules of `npm pack`, which decide what a SAM build deploys of a Node project.
#pragma once

#include "core/files.h"
#include "model/resources.h"

#include <string>

namespace fnlint {

// What `npm pack` takes of a folder with a package.json, which is what sam build copies: the
// manifest's "files", else all that .npmignore (or .gitignore, where there is none) leaves.
void add_npm_patterns(const FileSystem& files, const std::string& folder, CodeLocation& code);

}  // namespace fnlint
