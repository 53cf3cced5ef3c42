// CDK apps that no cdk.json names.
#pragma once

#include "core/files.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// The files of a build that make an app of the CDK and run it, where no cdk.json beside or above it
// says what runs: not those of its tests, nor of builds inside it. `path`: the build's file.
std::vector<std::string> apps_of_build(const FileSystem& files, std::string_view path);

}  // namespace fnlint
