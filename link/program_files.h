#pragma once

#include "core/files.h"

#include <string>
#include <string_view>

namespace fnlint {

// The file of the project that a JavaScript or TypeScript file imports under this name; empty where
// it is none.
std::string program_file(const FileSystem& files, std::string_view from, std::string_view module);

}  // namespace fnlint
