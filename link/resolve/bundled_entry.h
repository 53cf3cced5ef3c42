#pragma once

#include "core/files.h"

#include <string>
#include <string_view>

namespace fnlint {

// The source that a package's own scripts bundle, from its folder: of
// "build": "ncc build src/lambda.ts -o dist" it is "src/lambda.ts". Empty: none says so.
[[nodiscard]] std::string bundled_entry(const FileSystem& files, std::string_view folder);

}  // namespace fnlint
